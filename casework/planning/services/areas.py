# SPDX-License-Identifier: EUPL-1.2
"""The areas of a round: who takes part, with what share, and the money (R17, R34)."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.services import log
from casework.organisation.enums import BodyKind
from casework.organisation.models import Body, ServiceArea, User
from casework.planning import events
from casework.planning.enums import FrameKind, RoundState, SuggestionBy
from casework.planning.models import Frame, Round, RoundArea
from casework.planning.permissions import require_planner


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
    *,
    area: RoundArea,
    actor: User,
    share: int,
    group: Body | None = None,
    suggestion_by: str = "",
) -> RoundArea:
    """Change an area's share, group and way of suggesting in a round.

    The share is fixed before any list is: from when the first group of the round has fixed its
    list, nobody can choose shares by what they would lead to (R34).

    Args:
        suggestion_by: how the group's suggestion is made; as it was unless told.

    Raises:
        ValidationError: the share is none or cannot change any more, the group is another area's,
            the list is fixed, or the way is none.
    """
    require_planner(actor)
    area = (
        RoundArea.objects.select_for_update(of=("self",))
        .select_related("round__cycle", "service_area")
        .get(pk=area.pk)
    )
    round_ = Round.objects.select_for_update(of=("self",)).get(pk=area.round_id)
    if share < 1:
        raise ValidationError({"share": _("Andelen ska vara minst 1.")})
    if share != area.share and round_.shares_locked_at is not None:
        raise ValidationError(
            {
                "share": _(
                    "Andelarna låstes när det första området fastställde sin lista. "
                    "De kan inte ändras i den här omgången."
                )
            },
            code="locked",
        )
    if group is not None and group.service_area_id != area.service_area_id:
        raise ValidationError({"group": _("Gruppen hör till ett annat tjänsteområde.")})
    way = suggestion_by or area.suggestion_by
    if way not in SuggestionBy.values:
        raise ValidationError({"suggestion_by": _("Välj hur gruppens förslag tas fram.")})
    if way != area.suggestion_by and area.is_fixed:
        raise ValidationError({"suggestion_by": _("Listan är redan fastställd.")}, code="fixed")
    before = {"share": area.share, "group": area.group_id, "suggestion_by": area.suggestion_by}
    area.share, area.group, area.suggestion_by = share, group or area.group, way
    area.save(update_fields=["share", "group", "suggestion_by"])
    log(
        events.AREA_CHANGED,
        area,
        actor=actor,
        before=before,
        after={
            "share": share,
            "group": area.group_id,
            "suggestion_by": way,
            "round": area.round.slug,
            "area": str(area.service_area),
        },
    )
    return area


@transaction.atomic
def set_merge_rule(*, round: Round, adjusted: bool, actor: User) -> Round:
    """Let the lists be merged by the plain or the adjusted form of uddatalsmetoden (R34).

    Raises:
        ValidationError: a list is fixed already, so the rule stands.
    """
    require_planner(actor)
    row = Round.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=round.pk)
    if row.adjusted_divisor == adjusted:
        return row
    if row.shares_locked_at is not None:
        raise ValidationError(
            _("Regeln låstes när det första området fastställde sin lista."), code="locked"
        )
    before = {"adjusted_divisor": row.adjusted_divisor}
    row.adjusted_divisor = adjusted
    row.save(update_fields=["adjusted_divisor"])
    after = {"adjusted_divisor": adjusted, "round": row.slug}
    log(events.MERGE_RULE_SET, row, actor=actor, before=before, after=after)
    return row


def lock_shares(round: Round) -> dict[str, int]:
    """Fix the shares and the rule of a round, with its first fixed list.

    Part of a group's act, which has asked for the right and tells of it; it locks the round before
    anything else but the area (docs/mechanisms/locking.md).

    Returns:
        The shares by service area's key, when this call fixed them; nothing when they were fixed.
    """
    locked = Round.objects.filter(pk=round.pk, shares_locked_at=None)
    if not locked.update(shares_locked_at=timezone.now()):
        return {}
    shares = RoundArea.objects.filter(round=round).values_list("service_area", "share")
    return {str(area): share for area, share in shares}


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
    year: int = 1,
) -> None:
    """Set or clear a frame of a round, in thousands of kronor.

    Args:
        round: the round.
        tkr: the amount; None takes the frame away.
        actor: who plans.
        service_area: the area's frame; the whole city's unless told.
        kind: which part of the costs it holds.
        year: of the cost plans, the first unless told.

    Raises:
        ValidationError: the round is closed, or the amount is negative.
    """
    require_planner(actor)
    if round.state == RoundState.CLOSED:
        raise ValidationError(_("Omgången är stängd och kan inte ändras."), code="closed")
    if tkr is not None and tkr < 0:
        raise ValidationError({"frame": _("Ramen kan inte vara negativ.")})
    rows = Frame.objects.filter(round=round, service_area=service_area, kind=kind, year=year)
    old = rows.values_list("tkr", flat=True).first()
    if old == tkr:
        return
    if tkr is None:
        rows.delete()
    else:
        Frame.objects.update_or_create(
            round=round, service_area=service_area, kind=kind, year=year, defaults={"tkr": tkr}
        )
    log(
        events.FRAME_SET,
        round,
        actor=actor,
        before={"tkr": old},
        after={
            "tkr": tkr,
            "area": str(service_area or ""),
            "kind": kind,
            "year": year,
            "round": round.slug,
        },
    )


def take_in_areas(round_: Round, shares: Mapping[int, int] | None = None) -> None:
    """Let the areas in force take part in a new round, with their groups."""
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
