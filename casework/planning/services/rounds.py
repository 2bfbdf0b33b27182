# SPDX-License-Identifier: EUPL-1.2
"""Budget years and their rounds. What moves initiatives in and out of rounds is process'."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.initiatives.models import FormVersion
from casework.journal.services import log
from casework.organisation.models import User
from casework.planning import events
from casework.planning.enums import Occasion, RoundState, VersionState
from casework.planning.models import CriteriaVersion, Cycle, Frame, Round
from casework.planning.permissions import require_planner
from casework.planning.selectors import label_of
from casework.planning.services.areas import take_in_areas

DATES = ("opens_on", "ideas_until", "groups_until", "council_on", "decision_on")
"""The dates that every round has, in their order."""

ALL_DATES = (
    "opens_on", "ideas_until", "prepared_until", "assessed_until", "groups_until",
    "committee_until", "proposal_until", "council_on", "board_on", "decision_on",
)  # fmt: skip
"""With the stations between, which a city may leave to be spread."""

CALENDAR: dict[str, tuple[tuple[int, int, int], ...]] = {
    Occasion.BUDGET: ((-2, 5, 16), (-1, 5, 15), (-1, 6, 30), (-1, 9, 15), (-1, 11, 30)),
    Occasion.T1: ((0, 1, 1), (0, 2, 28), (0, 3, 31), (0, 4, 30), (0, 6, 15)),
    Occasion.T2: ((0, 5, 1), (0, 6, 30), (0, 8, 31), (0, 9, 30), (0, 10, 31)),
}
"""The usual calendar of a budget year as (years from it, month, day), in the order of DATES.

Kommunfullmäktige decides the budget by the end of November (KL 11:10 as most cities plan it);
every date can be changed while the round is not closed.
"""


@transaction.atomic
def open_cycle(*, budget_year: int, actor: User | None) -> Cycle:
    """Lay up a budget year with its three rounds, planned by the usual calendar (R53).

    A year that is there stays as it is. Opening a round is a decision of its own.

    Raises:
        PermissionDenied: the person does not plan.
        ValidationError: the year is absurd.
    """
    require_planner(actor)
    if not 2000 <= budget_year <= 2199:
        raise ValidationError({"budget_year": _("Skriv budgetåret med fyra siffror.")})
    cycle, created = Cycle.objects.get_or_create(budget_year=budget_year)
    if not created:
        return cycle
    form = FormVersion.objects.in_use()
    criteria = CriteriaVersion.objects.filter(state=VersionState.IN_USE).first()
    for occasion, days in CALENDAR.items():
        dates = {
            field: dt.date(budget_year + years, month, day)
            for field, (years, month, day) in zip(DATES, days, strict=True)
        }
        round_ = Round.objects.create(
            cycle=cycle, occasion=occasion, form_version=form, criteria_version=criteria, **dates
        )
        take_in_areas(round_)
    log(events.CYCLE_OPENED, cycle, actor=actor, after={"budget_year": budget_year})
    return cycle


@transaction.atomic
def copy_cycle(*, cycle: Cycle, budget_year: int, actor: User) -> Cycle:
    """Lay up a year after the pattern of another: same days, shares, frames; a year apart.

    Raises:
        ValidationError: that year exists already.
    """
    require_planner(actor)
    if Cycle.objects.filter(budget_year=budget_year).exists():
        raise ValidationError(
            {"budget_year": _("Budgetåret %(year)s finns redan.") % {"year": budget_year}}
        )
    apart = budget_year - cycle.budget_year
    copy = Cycle.objects.create(budget_year=budget_year)
    for old in cycle.rounds.prefetch_related("areas", "frames"):
        new = Round.objects.create(
            cycle=copy,
            occasion=old.occasion,
            form_version=FormVersion.objects.in_use() or old.form_version,
            criteria_version=old.criteria_version,
            **{
                field: _years_on(day, apart)
                for field in ALL_DATES
                if (day := getattr(old, field)) is not None
            },
        )
        shares = {area.service_area_id: area.share for area in old.areas.all()}
        take_in_areas(new, shares)
        Frame.objects.bulk_create(
            Frame(
                round=new,
                service_area_id=row.service_area_id,
                year=row.year,
                kind=row.kind,
                tkr=row.tkr,
            )
            for row in old.frames.all()
        )
    log(
        events.CYCLE_OPENED,
        copy,
        actor=actor,
        after={"budget_year": budget_year, "copied_from": cycle.budget_year},
    )
    return copy


@transaction.atomic
def change_round(
    *,
    round: Round,
    actor: User,
    dates: Mapping[str, dt.date | None],
    form_version: FormVersion | None = None,
    criteria_version: CriteriaVersion | None = None,
) -> Round:
    """Change a round's dates, and its form and criteria while it is only planned (R51).

    Raises:
        ValidationError: the dates are out of order, the round is closed, its rules are in use, or
            what it is to have is a draft.
    """
    require_planner(actor)
    row = Round.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=round.pk)
    if row.state == RoundState.CLOSED:
        raise ValidationError(_("Omgången är stängd och kan inte ändras."), code="closed")
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for field, day in dates.items():
        was = getattr(row, field) if field in ALL_DATES else day
        if was != day and (day is not None or field not in DATES):
            before[field], after[field] = was and was.isoformat(), day and day.isoformat()
            setattr(row, field, day)
    given = [field for field in ALL_DATES if getattr(row, field) is not None]
    for field, later in pairwise(given):
        if getattr(row, field) > getattr(row, later):
            raise ValidationError(
                {later: _("Datumet ligger före ”%(other)s”.") % {"other": label_of(field)}}
            )
    for field, value in (("form_version", form_version), ("criteria_version", criteria_version)):
        if value is None or getattr(row, f"{field}_id") == value.pk:
            continue
        if row.state != RoundState.PLANNED:
            raise ValidationError({field: _("Omgången är öppen; den behåller sin version.")})
        if value.state == VersionState.DRAFT:
            raise ValidationError({field: _("Versionen är ett utkast. Ta den i bruk först.")})
        before[field], after[field] = getattr(row, f"{field}_id"), value.pk
        setattr(row, field, value)
    row.save()
    log(events.ROUND_CHANGED, row, actor=actor, before=before, after={**after, "round": row.slug})
    return row


@transaction.atomic
def mark_open(*, round: Round, actor: User | None) -> Round:
    """Open a planned round; process lets those in who wait for one.

    Raises:
        ValidationError: it is open or closed already, or no area takes part.
    """
    require_planner(actor)
    row = Round.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=round.pk)
    if row.state != RoundState.PLANNED:
        raise ValidationError(
            _("Omgången är redan %(state)s.") % {"state": row.get_state_display().lower()},
            code="state",
        )
    if not row.areas.exists():
        raise ValidationError(_("Omgången har inga tjänsteområden."), code="areas")
    row.state, row.opened_at = RoundState.OPEN, timezone.now()
    row.save(update_fields=["state", "opened_at"])
    log(events.ROUND_OPENED, row, actor=actor, after={"round": row.slug})
    return row


@transaction.atomic
def mark_closed(*, round: Round, actor: User | None) -> Round:
    """Close an open round; process sees to it first that nothing is left in it.

    Raises:
        ValidationError: it is not open.
    """
    require_planner(actor)
    row = Round.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=round.pk)
    if row.state != RoundState.OPEN:
        raise ValidationError(_("Bara en öppen omgång kan stängas."), code="state")
    row.state, row.closed_at = RoundState.CLOSED, timezone.now()
    row.save(update_fields=["state", "closed_at"])
    log(events.ROUND_CLOSED, row, actor=actor, after={"round": row.slug})
    return row


def _years_on(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28)
