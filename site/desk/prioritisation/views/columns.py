# SPDX-License-Identifier: EUPL-1.2
"""The columns by which initiatives are compared: what stands in a cell, what rows go by (R44)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Subquery, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.initiatives.basis import YEARS
from casework.initiatives.enums import BenefitGroup
from casework.initiatives.models import BenefitLine, CostLine
from casework.initiatives.selectors import Basis
from casework.planning.models import Round
from casework.prioritisation.enums import ListKind, ListState
from casework.prioritisation.models import ListItem
from casework.process.enums import stage_words
from casework.process.models import Candidacy
from casework.register.models import Case


@dataclass(slots=True)
class Compared:
    """An initiative as a row of the table."""

    candidacy: Candidacy
    basis: Basis
    title: str
    place: int | None
    links: list[Any]

    @property
    def case(self) -> Case | None:
        """Its case."""
        return self.candidacy.initiative.case

    @property
    def stage(self) -> str:
        """Where it is, in words."""
        return stage_words(self.candidacy.stage)

    def asked(self, year: int) -> int | None:
        """What it asks for in one of its years; the year after the last stands for those after."""
        plan = self.basis.plan
        if plan is None:
            return None
        return plan.years[year - 1].asked if year <= YEARS else plan.after


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table.

    Attributes:
        needed: whether an empty cell is a gap in the basis.
        order: what rows are put in order by, of a candidacy; None where nobody would.
    """

    key: str
    label: str | Promise
    value: Callable[[Compared], Any]
    is_number: bool = False
    needed: bool = True
    order: Callable[[Round], Any] | None = None


def columns() -> list[Column]:
    """The table's columns after number and title."""
    groups = [
        Column(
            f"nytta-{group.value}", group.label, _level(group.value), is_number=True,
            order=_by_level(group.value),
        )
        for group in BenefitGroup
    ]  # fmt: skip
    years = [
        Column(
            f"ar-{year}", _("År %(year)s") % {"year": year}, _asked(year), is_number=True,
            order=_by_asked(year),
        )
        for year in range(1, YEARS + 1)
    ]  # fmt: skip
    return [
        Column(
            "plats", _l("Plats"), lambda row: row.place, is_number=True, needed=False,
            order=_by_place,
        ),
        Column(
            "forvaltning", _l("Förvaltning"), administration_of,
            order=lambda _round: F("initiative__administration__name"),
        ),
        *groups,
        Column(
            "nytta", _l("Nytta, summa"), lambda row: row.basis.benefit_sum, is_number=True,
            order=_by_benefit,
        ),
        *years,
        Column(
            "darefter", _l("Därefter, per år"), _asked(YEARS + 1), is_number=True,
            order=_by_asked(YEARS + 1),
        ),
        Column("mal", _l("Mål"), lambda row: row.basis.words.get("goals", "")),
        Column("risk", _l("Risk"), lambda row: row.basis.words.get("risk", "").partition(":")[0]),
        Column(
            "krav", _l("Lag och säkerhet"), lambda row: row.basis.words.get("flags", ""),
            needed=False,
        ),
        Column("beroenden", _l("Beroenden"), dependencies, needed=False),
    ]  # fmt: skip


def _by_level(group: str) -> Callable[[Round], Any]:
    rows = BenefitLine.objects.filter(initiative=OuterRef("initiative"), group=group)
    return lambda _round: Subquery(rows.values("level")[:1])


def _by_benefit(_round: Round) -> Any:
    rows = BenefitLine.objects.filter(initiative=OuterRef("initiative")).order_by()
    return Subquery(rows.values("initiative").annotate(all=Sum("level")).values("all"))


def _by_asked(year: int) -> Callable[[Round], Any]:
    rows = CostLine.objects.filter(initiative=OuterRef("initiative"), year=year)
    asked = F("one_off_tkr") + F("running_tkr") - F("own_tkr") - F("external_tkr")
    return lambda _round: Subquery(rows.values(asked=asked)[:1])


def _by_place(round_: Round) -> Any:
    rows = ListItem.objects.filter(
        candidacy=OuterRef("pk"), list__round=round_, list__kind=ListKind.AREA,
        list__state=ListState.FIXED,
    )  # fmt: skip
    return Subquery(rows.values("place")[:1])


def _level(group: str) -> Callable[[Compared], int | None]:
    return lambda row: row.basis.level(group)


def _asked(year: int) -> Callable[[Compared], int | None]:
    return lambda row: row.asked(year)


def administration_of(row: Compared) -> str:
    """Its förvaltning."""
    return str(row.candidacy.initiative.administration)


def dependencies(row: Compared) -> str:
    """What it needs, rules out and builds on, a line each."""
    return "\n".join(f"{link.get_kind_display()} {link.target.dnr}" for link in row.links)
