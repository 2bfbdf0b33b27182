# SPDX-License-Identifier: EUPL-1.2
"""The only writers of the calendar. What moves initiatives in and out of rounds is process'."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.initiatives.models import FormVersion
from casework.journal.services import log
from casework.organisation.enums import BodyKind
from casework.organisation.models import Body, ServiceArea, User
from casework.planning import events
from casework.planning.enums import FrameKind, Occasion, RoundState, VersionState
from casework.planning.models import (
    CriteriaVersion,
    Criterion,
    Cycle,
    Frame,
    Round,
    RoundArea,
)
from casework.planning.permissions import require_planner
from casework.planning.selectors import label_of

DATES = ("opens_on", "ideas_until", "groups_until", "council_on", "decision_on")

CALENDAR: dict[str, tuple[tuple[int, int, int], ...]] = {
    Occasion.BUDGET: ((-2, 5, 16), (-1, 5, 15), (-1, 6, 30), (-1, 9, 15), (-1, 11, 30)),
    Occasion.T1: ((0, 1, 1), (0, 2, 28), (0, 3, 31), (0, 4, 30), (0, 6, 15)),
    Occasion.T2: ((0, 5, 1), (0, 6, 30), (0, 8, 31), (0, 9, 30), (0, 10, 31)),
}
"""The usual calendar of a budget year as (years from it, month, day), in the order of DATES.

Kommunfullmäktige decides the budget by the end of November (KL 11:10 as most cities plan it);
every date can be changed while the round is not closed.
"""


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion as it is to be: key, words, help and weight."""

    key: str
    label: str
    help: str = ""
    weight: int = 1


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
        _take_in_areas(round_)
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
            **{field: _years_on(getattr(old, field), apart) for field in DATES},
        )
        shares = {area.service_area_id: area.share for area in old.areas.all()}
        _take_in_areas(new, shares)
        Frame.objects.bulk_create(
            Frame(round=new, service_area_id=row.service_area_id, kind=row.kind, tkr=row.tkr)
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
    dates: dict[str, dt.date],
    form_version: FormVersion | None = None,
    criteria_version: CriteriaVersion | None = None,
) -> Round:
    """Change a round's dates, and its form and criteria while it is only planned (R51).

    Raises:
        ValidationError: the dates are out of order, the round is closed, or its rules are in use.
    """
    require_planner(actor)
    row = Round.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=round.pk)
    if row.state == RoundState.CLOSED:
        raise ValidationError(_("Omgången är stängd och kan inte ändras."), code="closed")
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for field, day in dates.items():
        if field in DATES and getattr(row, field) != day:
            before[field], after[field] = getattr(row, field).isoformat(), day.isoformat()
            setattr(row, field, day)
    for field, later in pairwise(DATES):
        if getattr(row, field) > getattr(row, later):
            raise ValidationError(
                {later: _("Datumet ligger före ”%(other)s”.") % {"other": label_of(field)}}
            )
    for field, value in (("form_version", form_version), ("criteria_version", criteria_version)):
        if value is None or getattr(row, f"{field}_id") == value.pk:
            continue
        if row.state != RoundState.PLANNED:
            raise ValidationError({field: _("Omgången är öppen; den behåller sin version.")})
        before[field], after[field] = getattr(row, f"{field}_id"), value.pk
        setattr(row, field, value)
    row.save()
    log(events.ROUND_CHANGED, row, actor=actor, before=before, after={**after, "round": row.slug})
    return row


@transaction.atomic
def add_area(*, round: Round, service_area: ServiceArea, actor: User | None) -> RoundArea:
    """Let an area take part in a round, also one that is open already (R17)."""
    require_planner(actor)
    if round.state == RoundState.CLOSED:
        raise ValidationError(_("Omgången är stängd och kan inte ändras."), code="closed")
    row, created = RoundArea.objects.get_or_create(
        round=round, service_area=service_area, defaults={"group": _group_of(service_area, round)}
    )
    if created:
        log(
            events.AREA_ADDED,
            row,
            actor=actor,
            after={"round": round.slug, "area": str(service_area)},
        )
    return row


@transaction.atomic
def change_area(
    *, area: RoundArea, actor: User, share: int, group: Body | None = None
) -> RoundArea:
    """Change an area's share and group in a round.

    Raises:
        ValidationError: the share is none, or the group is another area's.
    """
    require_planner(actor)
    if share < 1:
        raise ValidationError({"share": _("Andelen ska vara minst 1.")})
    if group is not None and group.service_area_id != area.service_area_id:
        raise ValidationError({"group": _("Gruppen hör till ett annat tjänsteområde.")})
    before = {"share": area.share, "group": area.group_id}
    area.share, area.group = share, group or area.group
    area.save(update_fields=["share", "group"])
    log(
        events.AREA_CHANGED,
        area,
        actor=actor,
        before=before,
        after={
            "share": share,
            "group": area.group_id,
            "round": area.round.slug,
            "area": str(area.service_area),
        },
    )
    return area


@transaction.atomic
def take_in_new_area(*, service_area: ServiceArea, actor: User | None) -> int:
    """Let a new area take part in every round that is not closed; returns in how many."""
    require_planner(actor)
    found = Round.objects.exclude(state=RoundState.CLOSED).select_related("cycle")
    for round_ in found:
        add_area(round=round_, service_area=service_area, actor=actor)
    return len(found)


@transaction.atomic
def set_frame(
    *,
    round: Round,
    tkr: int | None,
    actor: User | None,
    service_area: ServiceArea | None = None,
    kind: str = FrameKind.TOTAL,
) -> None:
    """Set or clear a frame of a round, in thousands of kronor.

    Raises:
        ValidationError: the round is closed, or the amount is negative.
    """
    require_planner(actor)
    if round.state == RoundState.CLOSED:
        raise ValidationError(_("Omgången är stängd och kan inte ändras."), code="closed")
    if tkr is not None and tkr < 0:
        raise ValidationError({"frame": _("Ramen kan inte vara negativ.")})
    rows = Frame.objects.filter(round=round, service_area=service_area, kind=kind)
    old = rows.values_list("tkr", flat=True).first()
    if old == tkr:
        return
    if tkr is None:
        rows.delete()
    else:
        Frame.objects.update_or_create(
            round=round, service_area=service_area, kind=kind, defaults={"tkr": tkr}
        )
    log(
        events.FRAME_SET,
        round,
        actor=actor,
        before={"tkr": old},
        after={"tkr": tkr, "area": str(service_area or ""), "kind": kind, "round": round.slug},
    )


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


@transaction.atomic
def save_criteria(
    *,
    name: str,
    rows: list[CriterionRow],
    actor: User | None,
    version: CriteriaVersion | None = None,
) -> CriteriaVersion:
    """Save a draft of the criteria; a version in use is never changed, a new draft is made (R51).

    Raises:
        ValidationError: there is no criterion, or a key is there twice.
    """
    require_planner(actor)
    keys = [row.key for row in rows]
    if not rows or len(keys) != len(set(keys)):
        raise ValidationError(_("Ange minst ett kriterium, och varje nyckel en gång."))
    if version is None or version.state != VersionState.DRAFT:
        newest = CriteriaVersion.objects.first()
        version = CriteriaVersion.objects.create(
            version=(newest.version if newest else 0) + 1, name=name
        )
    version.name = name
    version.save(update_fields=["name"])
    version.criteria.all().delete()
    Criterion.objects.bulk_create(
        Criterion(
            version=version,
            key=row.key,
            label=row.label,
            help=row.help,
            weight=row.weight,
            position=position,
        )
        for position, row in enumerate(rows, start=1)
    )
    log(events.CRITERIA_SAVED, version, actor=actor, after={"version": str(version)})
    return version


@transaction.atomic
def take_criteria_into_use(*, version: CriteriaVersion, actor: User | None) -> CriteriaVersion:
    """Let a draft be the criteria from today; rounds that are open keep theirs (R51)."""
    require_planner(actor)
    if version.state != VersionState.DRAFT:
        raise ValidationError(_("Versionen är redan tagen i bruk."), code="state")
    CriteriaVersion.objects.filter(state=VersionState.IN_USE).update(state=VersionState.RETIRED)
    version.state, version.valid_from = VersionState.IN_USE, timezone.localdate()
    version.save(update_fields=["state", "valid_from"])
    Round.objects.filter(state=RoundState.PLANNED).update(criteria_version=version)
    log(events.CRITERIA_TAKEN_INTO_USE, version, actor=actor, after={"version": str(version)})
    return version


def _take_in_areas(round_: Round, shares: dict[int, int] | None = None) -> None:
    groups = {
        body.service_area_id: body
        for body in Body.objects.in_force(round_.groups_until).filter(
            kind=BodyKind.SERVICE_AREA_GROUP
        )
    }
    RoundArea.objects.bulk_create(
        RoundArea(
            round=round_,
            service_area=area,
            group=groups.get(area.pk),
            share=(shares or {}).get(area.pk, 1),
        )
        for area in ServiceArea.objects.in_force(round_.groups_until)
    )


def _group_of(area: ServiceArea, round_: Round) -> Body | None:
    return (
        Body.objects.in_force(round_.groups_until)
        .filter(kind=BodyKind.SERVICE_AREA_GROUP, service_area=area)
        .first()
    )


def _years_on(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28)
