# SPDX-License-Identifier: EUPL-1.2
"""What stands on the room's screen: the points of the agenda, and the matter that is dealt with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.initiatives.basis import levels_of
from casework.initiatives.enums import BenefitGroup, BenefitLevel
from casework.initiatives.models import Initiative
from casework.initiatives.selectors import Basis
from casework.meetings.models import AgendaItem
from casework.meetings.services import TABLE
from casework.process.models import Process
from casework.process.selectors import earlier_of
from casework.process.transitions import spec_of
from ui.forms import Prose
from ui.present import told

TEXT_FIRST = ("need", "proposal", "effect")
"""The answers that are read from two metres away."""


def label_of(outcome: str) -> str:
    """The verb on an outcome's button."""
    return _("Bordlägg") if outcome == TABLE else str(spec_of(outcome).label)


def told_of(outcome: str) -> str:
    """What is told of it, after "Initiativet"."""
    return _("bordläggs till nästa möte") if outcome == TABLE else str(spec_of(outcome).told)


class TablingForm(forms.Form):
    """Why the case waits, if anybody says so."""

    reason = Prose(label=_l("Skäl"), required=False)

    def arguments(self) -> dict[str, Any]:
        """What is noted."""
        return {"reason": self.cleaned_data["reason"]}


@dataclass(frozen=True, slots=True)
class Point:
    """A line of the agenda: the initiative, and what is noted on it."""

    initiative: Initiative
    item: AgendaItem | None
    is_tabled: bool = False

    @property
    def noted(self) -> str:
        """The outcome that is noted, in words; empty before that."""
        return label_of(self.item.outcome) if self.item and self.item.outcome else ""

    @property
    def is_open(self) -> bool:
        """Whether the group has said nothing of it yet."""
        return not self.noted and not self.is_tabled


def earlier_words(process: Process) -> list[tuple[str, str]]:
    """What it returns with: a heading with the day, and the text."""
    headings = {
        "request_completion": _("Gruppen frågade"),
        "complete": _("Kontaktpersonen svarade"),
    }
    return [
        (f"{headings.get(step.transition) or told(step.transition)} {step.decided_on}", step.reason)
        for step in earlier_of(process)
    ]


def dnr(initiative: Initiative) -> str:
    """Its case's number."""
    return initiative.case.dnr if initiative.case else ""


def following(point: Point, points: list[Point], done_with: list[Initiative]) -> str:
    """The query of the next initiative that nothing is said of; none when that was the last."""
    rest = [p for p in points if p.is_open and p.initiative not in done_with]
    after = [p for p in rest if points.index(p) > points.index(point)]
    found = next(iter(after or rest), None)
    return f"?initiativ={found.initiative.pk}" if found else ""


def plain(value: Any) -> Any:
    """A field's value as JSON."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.pk if isinstance(value, models.Model) else value or ""


def focus(form: Any) -> None:
    """Let the cursor stand in the reason, or in the questions: the text is what is typed now."""
    for name in ("reason", "questions"):
        if name in form.fields:
            form.fields[name].widget.attrs["autofocus"] = True


def act_fields(form: Any) -> list[Any]:
    """The fields of how the body decides, which are folded while a meeting goes on."""
    return [form[name] for name in ("meeting", "delegation", "paragraph") if name in form.fields]


def texts(current: Initiative, basis: Basis) -> list[tuple[str, str]]:
    """Need, proposal and effect, with the form's own words for them."""
    labels = {row.key: row.label for row in current.form_version.questions.all()}
    return [
        (labels[key], basis.words[key])
        for key in TEXT_FIRST
        if basis.words.get(key) and key in labels
    ]


def benefits(current: Initiative, basis: Basis) -> list[dict[str, Any]]:
    """A row for each of the five groups: how large, in a sign and in words (R49)."""
    if not basis.benefits:
        return []
    question = current.form_version.questions.filter(key="benefit_scale").first()
    words, most = levels_of(question), max(BenefitLevel.values)
    rows = []
    for group in BenefitGroup:
        level = basis.level(group.value)
        rows.append(
            {
                "group": group.label,
                "level": level,
                "sign": "●" * (level or 0) + "○" * (most - (level or 0)),
                "words": words[level] if level is not None else "",
            }
        )
    return rows
