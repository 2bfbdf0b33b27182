# SPDX-License-Identifier: EUPL-1.2
"""The development council's recommendation, and what it refers back (R36, R59)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casework.meetings.services import Own
from casework.organisation.enums import BodyKind
from casework.organisation.models import User
from casework.planning.models import Round
from casework.prioritisation import events, permissions
from casework.prioritisation.enums import ListKind
from casework.prioritisation.models import ListItem, OrderedList
from casework.prioritisation.selectors import handed_over, in_stage, proposal_places
from casework.prioritisation.services.lists import copy_as_draft, draft_of, fix, tell, write_order
from casework.prioritisation.services.points import decisions_on
from casework.process.enums import Opinion, Standing
from casework.process.models import Candidacy
from casework.process.services import (
    Act,
    Details,
    ImpossibleTransition,
    lock_processes,
    point_of,
    take_step,
)


@dataclass(frozen=True, slots=True)
class Advice:
    """What utvecklingsrådet says of one candidacy."""

    opinion: str
    reason: str


@transaction.atomic
def recommend(
    *,
    round: Round,
    actor: User,
    advice: Mapping[int, Advice],
    order: Sequence[int] | None = None,
    statement: str = "",
    act: Act | None = None,
) -> OrderedList:
    """The council's recommendation to the city's leadership, per initiative and on the whole.

    Args:
        advice: by candidacy's primary key, for everything in the proposal (R12, R36).
        order: the council's own order, where it changes the office's.
        statement: on the whole.

    Raises:
        PermissionDenied: only the council's members and secretary.
        ValidationError: an initiative lacks an opinion or a reason, or the order is another's.
    """
    permissions.require(permissions.sits_in_council(actor), _("utvecklingsrådet"))
    proposals = handed_over(round)
    candidacies = list(in_stage(round, Standing.IN_PROPOSAL))
    if not proposals or not candidacies:
        raise ImpossibleTransition(_("Det finns inget förslag att ta ställning till."))
    _check_advice(candidacies, advice)
    own = draft_of(round, ListKind.COUNCIL)
    place = proposal_places(round)
    expected = sorted(candidacies, key=lambda c: place.get(c.pk, 9_999))
    wanted = list(order) if order is not None else [c.pk for c in expected]
    by_pk = {c.pk: c for c in expected}
    hidden_aware = write_order(
        own,
        [pk for pk in wanted if pk in by_pk],
        expected,
        actor=actor,
        reasons={pk: said.reason for pk, said in advice.items()},
    )
    placed = dict(hidden_aware.items.values_list("candidacy", "place"))
    candidacies.sort(key=lambda candidacy: placed[candidacy.pk])
    decisions = decisions_on(
        candidacies,
        BodyKind.DEVELOPMENT_COUNCIL,
        actor,
        act,
        lead=_("Rekommendationen för %(round)s fastställs.") % {"round": round},
        overall=statement,
        own={pk: _own(advice[pk], place) for pk, place in placed.items()},
    )
    lock_processes([candidacy.initiative for candidacy in candidacies])
    for candidacy, decision in zip(candidacies, decisions, strict=True):
        said = advice[candidacy.pk]
        ListItem.objects.filter(list=hidden_aware, candidacy=candidacy).update(opinion=said.opinion)
        take_step(
            process=candidacy.initiative.process,
            name="recommend",
            actor=actor,
            reason=said.reason,
            decision=decision,
            details=Details(opinion=said.opinion),
        )
    own.refresh_from_db()
    own.statement, own.frame_tkr = statement.strip(), proposals[-1].frame_tkr
    fix(own, actor=actor, meeting=act.meeting if act else None)
    tell(events.RECOMMENDED, own, actor=actor, after={"list": str(round)}, reason=statement)
    return own


def _own(said: Advice, place: int) -> Own:
    """What the minutes tell of one initiative: opinion, place and why (R36, R59)."""
    points = [
        point_of("recommend", said.opinion),
        _("Dess plats i rekommendationen är nummer %(place)s.") % {"place": place},
    ]
    return Own(points, said.reason)


def _check_advice(candidacies: Iterable[Candidacy], advice: Mapping[int, Advice]) -> None:
    """Raises ValidationError with all that is missing, at the field of each row."""
    faults: dict[str, str] = {}
    for candidacy in candidacies:
        said = advice.get(candidacy.pk)
        case = candidacy.initiative.case
        told = {"dnr": case.dnr if case else ""}
        if said is None or said.opinion not in Opinion.values:
            faults[f"opinion-{candidacy.pk}"] = _("Välj om %(dnr)s förordas eller inte.") % told
        if said is None or not said.reason.strip():
            faults[f"reason-{candidacy.pk}"] = _("Skriv skälet för %(dnr)s.") % told
    if faults:
        raise ValidationError(faults)


@transaction.atomic
def refer_back(*, round: Round, actor: User, reason: str, act: Act | None = None) -> OrderedList:
    """The council sends the proposal back to the office (återremiss); a new version begins.

    Raises:
        PermissionDenied: only the council's members and secretary.
        ValidationError: there is no proposal, or the reason is missing.
    """
    permissions.require(permissions.sits_in_council(actor), _("utvecklingsrådet"))
    proposals = handed_over(round)
    candidacies = list(in_stage(round, Standing.IN_PROPOSAL))
    if not proposals or not candidacies:
        raise ImpossibleTransition(_("Det finns inget förslag att återremittera."))
    if not reason.strip():
        raise ValidationError({"back_reason": _("Skriv vad som ska göras om.")})
    decisions = decisions_on(
        candidacies,
        BodyKind.DEVELOPMENT_COUNCIL,
        actor,
        act,
        points=[
            _("Förslaget för %(round)s återremitteras till stadsledningskontoret.")
            % {"round": round}
        ],
        reason=reason,
    )
    lock_processes([candidacy.initiative for candidacy in candidacies])
    for candidacy, decision in zip(candidacies, decisions, strict=True):
        take_step(
            process=candidacy.initiative.process,
            name="refer_back",
            actor=actor,
            reason=reason,
            decision=decision,
        )
    copy = copy_as_draft(proposals[-1], reason=reason.strip())
    tell(events.REFERRED_BACK, copy, actor=actor, after={"list": str(round)}, reason=reason)
    return copy
