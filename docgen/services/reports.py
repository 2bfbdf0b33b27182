# SPDX-License-Identifier: EUPL-1.2
"""Writing reports: begin, save, load a historic one. Each in one transaction with its journal."""

from __future__ import annotations

import json
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from casework.journal.events import EventType
from casework.journal.services import log
from casework.organisation.enums import BodyKind
from casework.organisation.models import Body, User
from casework.register.models import Case
from docgen import content as c
from docgen import events
from docgen.founding import founding_content, stable_id
from docgen.models import Report
from docgen.services.building import case_facts, fill

_HEADINGS = Path(__file__).parent.parent / "templates_docx" / "tjansteutlatande.json"


@cache
def template_data() -> dict[str, Any]:
    """The template's own data: its version and the standard headings."""
    data: dict[str, Any] = json.loads(_HEADINGS.read_text("utf-8"))
    return data


def report_of(case: Case) -> Report | None:
    """The case's report; the newest when there are several."""
    return case.reports.order_by("-pk").first()


def newest(report: Report) -> Report:
    """The report as last saved; asked anew, since the row in hand may be older."""
    row = Report.objects.select_related("case", "latest_revision").get(pk=report.pk)
    found: Report = row.get_latest_revision_as_object()
    return found


@transaction.atomic
def create_report(case: Case, user: User) -> Report:
    """The case's report, begun with what is known when there is none yet."""
    Case.objects.select_for_update().get(pk=case.pk)  # a double click makes one report
    existing = report_of(case)
    if existing is not None:
        return existing
    report = Report(case=case, live=False, has_unpublished_changes=True, facts=case_facts(case))
    fill(report, _first_content(case, user))
    report.save()
    _save_revision(report, user)
    _log(events.REPORT_CREATED, report, user)
    return report


@transaction.atomic
def save_draft(report: Report, user: User | None) -> Revision:
    """Save the report as it stands in memory, as a new revision."""
    report.live = False
    report.save()
    revision = _save_revision(report, user)
    note_saved(report, user, revision)
    return revision


def note_saved(report: Report, user: User | None, revision: Revision) -> None:
    """Write the saving of a revision in the journal; the editor calls it in its transaction."""
    _log(events.REPORT_SAVED, report, user, {"revision": revision.pk})


@transaction.atomic
def refresh_facts(report: Report, user: User | None) -> Report:
    """The newest revision, with the case's numbers, remiss and links as they are now."""
    last = newest(report)
    if last.facts_fixed:
        return last
    facts = case_facts(last.case)
    if last.facts != facts:
        last.facts = facts
        save_draft(last, user)
    return last


@transaction.atomic
def load_founding_report(case: Case, data: dict[str, Any], user: User | None = None) -> Report:
    """Load a historic case's report from the preset's data; run again it changes nothing."""
    existing = report_of(case)
    if existing is not None:
        return existing
    content = founding_content(data)
    report = Report(
        case=case,
        live=False,
        has_unpublished_changes=True,
        # What a historic report says about remiss and links is part of it, whatever is known now.
        facts={
            "dnr": list(content.dnr),
            "consultation": c.to_json(content.consultation),
            "links": [c.to_json(link) for link in content.links],
        },
        facts_fixed=True,
    )
    fill(report, content)
    report.save()
    _save_revision(report, user)
    _log(events.REPORT_CREATED, report, user)
    return report


def _save_revision(report: Report, user: User | None) -> Revision:
    revision: Revision = report.save_revision(user=user, clean=False, log_action=True)
    return revision


def _log(
    event: EventType, report: Report, user: User | None, after: dict[str, Any] | None = None
) -> None:
    log(
        event,
        report,
        actor=user,
        about=report.case,
        after={"report": report.pk, **(after or {})},
    )


def _paragraphs(text: str) -> str:
    pieces = [piece.strip() for piece in text.replace("\r\n", "\n").split("\n\n")]
    return "".join(
        f"<p>{escape(piece, quote=False)}</p>".replace("\n", "<br/>") for piece in pieces if piece
    )


def _labelled(label: str, text: str) -> str:
    return _paragraphs(f"{label}: {text.strip()}") if text.strip() else ""


def _first_content(case: Case, user: User) -> c.ReportContent:
    """What can be said from the start: the case, its initiative and the standard headings."""
    office = Body.objects.filter(
        authority=case.authority, kind=BodyKind.EXECUTIVE_OFFICE, valid_until=None
    ).first()
    sender = office.name if office else case.authority.name
    officer = case.officer or user
    texts = _texts(case, sender)

    def new_id(*path: object) -> str:
        return stable_id(case.dnr, "report", *path)

    return c.ReportContent(
        title=case.title,
        dnr=(case.dnr,),
        administration=sender,
        date=timezone.localdate(),
        officers=(
            c.Officer(
                new_id("officer"), str(officer), getattr(officer, "phone", ""), officer.email
            ),
        ),
        recipients=(c.Recipient(new_id("recipient"), case.authority.name),),
        decisions=(
            c.DecisionGroup(
                new_id("decision"),
                case.authority.name,
                (
                    c.DecisionPoint(
                        new_id("decision", 1),
                        f"{_genitive(sender)} tjänsteutlåtande om {case.title} godkänns.",
                    ),
                ),
                f"{sender} föreslår att {_in_sentence(case.authority.name)} beslutar följande",
            ),
        ),
        signatories=(c.Signatory(new_id("signatory"), str(officer), officer.title),),
        sections=tuple(
            c.Section(
                new_id("section", n),
                row["heading"].format(office=_genitive(sender)),
                texts.get(row["key"], ""),
                row["level"],
                row["key"],
            )
            for n, row in enumerate(template_data()["headings"])
            if row["level"] == 1 or texts.get(row["key"])
        ),
    )


def _genitive(name: str) -> str:
    return name if name.endswith(("s", "x", "z")) else f"{name}s"


def _in_sentence(name: str) -> str:
    return name[:1].lower() + name[1:]


def _texts(case: Case, sender: str) -> dict[str, str]:
    """First texts for the standard sections, from the initiative's own answers."""
    preparation = f"<p>Ärendet har beretts av {escape(_in_sentence(sender))}.</p>"
    initiative = getattr(case, "initiative", None)
    if initiative is None:
        return {"summary": _paragraphs(case.summary), "preparation": preparation}
    affected = sorted(str(x) for x in initiative.affected.all())
    origin = f"<p>Initiativet kommer från {escape(_in_sentence(str(initiative.administration)))}."
    if affected:
        origin += f" Det berör {escape(', '.join(_in_sentence(x) for x in affected))}."
    benefit = "".join(
        f"<li><b>{escape(group)}:</b> {escape(gain, quote=False)}</li>"
        for group, gain in initiative.benefit_list()
        if gain
    )
    cost = initiative.cost_tkr
    amount = f"{cost:,}".replace(",", "\u00a0") if cost is not None else ""
    return {
        "summary": _paragraphs(initiative.proposal or initiative.need),
        "background": origin + "</p>" + _paragraphs(initiative.need),
        "matter": _paragraphs(initiative.proposal)
        + _labelled("Koppling till stadens mål", initiative.goal)
        + _labelled("Beroenden", initiative.dependencies),
        "benefit": (f"<ul>{benefit}</ul>" if benefit else "")
        + _labelled("Förväntad effekt", initiative.effect),
        "cost": f"<p>Kostnaden uppskattas till {amount}\u00a0tkr.</p>" if amount else "",
        "preparation": preparation,
    }
