# SPDX-License-Identifier: EUPL-1.2
"""The city-wide proposal: merged, ordered, handed over; the committee's opinion (R34, R35, R42)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.consultation.selectors import with_both_expertises
from casework.initiatives.models import Initiative
from casework.organisation.models import User
from casework.planning.models import Round
from casework.planning.selectors import city_frame
from casework.planning.services import set_frame
from casework.prioritisation import events, permissions
from casework.prioritisation.enums import ListKind, Suggestion
from casework.prioritisation.models import ListItem, OrderedList
from casework.prioritisation.selectors import (
    Waiting,
    areas_not_done,
    in_stage,
    mergeable,
    waiting_for_proposal,
)
from casework.prioritisation.services.lists import draft_of, fix, tell, write_order
from casework.prioritisation.services.points import known_opinion
from casework.prioritisation.services.suggesting import require_reasons
from casework.prioritisation.suggestions import SUGGESTED_FIELDS, Suggested, merge_suggestion
from casework.process import conditions, mandates
from casework.process.enums import Standing
from casework.process.models import Candidacy, Step
from casework.process.services import (
    Act,
    Details,
    ImpossibleTransition,
    defer_by,
    lock_processes,
    take_step,
)
from casework.register.models import Case

OFFICE = "stadsledningskontoret"
NAMED = 20
"""So many cases are named by one sentence."""


@transaction.atomic
def save_proposal(
    *,
    round: Round,
    order: Sequence[int],
    actor: User,
    reasons: Mapping[int, str] | None = None,
    frame_tkr: int | None = None,
    edition: int | None = None,
) -> OrderedList:
    """Keep the office's order, reasons and frame so far, for the whole office.

    Raises:
        PermissionDenied: only the executive office merges.
        ValidationError: the order is not what waits, or somebody was first.
    """
    permissions.require(permissions.is_office(actor), _(OFFICE))
    draft = draft_of(round, ListKind.CITY)
    draft.suggestion_by = Suggestion.MERGE
    write_order(
        draft,
        order,
        mergeable(round),
        actor=actor,
        reasons=reasons or {},
        edition=edition,
        suggested=merge_suggestion(round),
    )
    if frame_tkr != city_frame(round):
        set_frame(round=round, tkr=frame_tkr, actor=actor)
    return draft


def what_is_missing(round: Round, user: User, waiting: Waiting | None = None) -> list[str]:
    """Why the proposal cannot be made yet, each reason once (R24, R34, R42).

    Args:
        user: who reads it; the cases that a reason concerns are named where the person sees them.
        waiting: what waits, where the caller has read it already.
    """
    waiting = waiting or waiting_for_proposal(round)
    found: dict[str, None] = {}
    if areas := areas_not_done(round):
        found[conditions.explain(conditions.all_groups_done)] = None
        names = ", ".join(str(area.service_area) for area in areas)
        found[_("Ännu inte klara: %(names)s.") % {"names": names}] = None
    prepared = with_both_expertises(Candidacy.objects.filter(round=round).values("initiative"))
    lacking = {
        conditions.both_expertises: [
            point.case for point in waiting.ready if point.initiative not in prepared
        ],
        conditions.committee_passed: [
            point.case for point in waiting.ready if point.pk in waiting.without_opinion
        ],
    }
    for condition, cases in lacking.items():
        if cases:
            found[_about(conditions.explain(condition), cases, user)] = None
    if waiting.with_committee:
        found[
            ngettext(
                "%(count)s e-tjänst är fortfarande hos utskottet.",
                "%(count)s e-tjänster är fortfarande hos utskottet.",
                waiting.with_committee,
            )
            % {"count": waiting.with_committee}
        ] = None
    return list(found)


def _about(sentence: str, cases: Iterable[int | None], user: User) -> str:
    """A sentence with the first of the cases that it concerns, as far as the person sees them."""
    some = list(cases)[: 10 * NAMED]
    seen = Case.objects.visible_to(user).filter(pk__in=some).order_by("year", "serial")
    numbers = list(seen.values_list("dnr", flat=True)[: NAMED + 1])
    if not numbers:
        return sentence
    told = {"sentence": sentence.rstrip("."), "numbers": ", ".join(numbers[:NAMED])}
    if len(numbers) > NAMED:
        return _("%(sentence)s: %(numbers)s med flera.") % told
    return _("%(sentence)s: %(numbers)s.") % told


@transaction.atomic
def hand_over(*, round: Round, actor: User) -> OrderedList:
    """Merge the areas' lists into one and hand it to utvecklingsrådet (R34, R35), all or nothing.

    Raises:
        PermissionDenied: only the executive office merges.
        ImpossibleTransition: a group is not done, an expertise is missing, or an e-service has
            not passed the committee.
        ValidationError: there is nothing to hand over, something has no place, or stands elsewhere
            than the merge puts it without a reason.
    """
    permissions.require(permissions.is_office(actor), _(OFFICE))
    draft = draft_of(round, ListKind.CITY)
    if missing := what_is_missing(round, actor):
        raise ImpossibleTransition(missing)
    candidacies = mergeable(round)
    if not candidacies:
        raise ValidationError(_("Det finns inga rangordnade initiativ att ta in i förslaget."))
    placed = dict(draft.items.values_list("candidacy", "reason"))
    if set(placed) != {candidacy.pk for candidacy in candidacies}:
        raise ValidationError(
            _("Något initiativ har ingen plats i förslaget än. Spara ordningen först."),
            code="place",
        )
    _merge_anew(draft)
    require_reasons(draft, actor)
    lock_processes([candidacy.initiative for candidacy in candidacies])
    for candidacy in candidacies:
        take_step(
            process=candidacy.initiative.process,
            name="merge",
            actor=actor,
            reason=placed[candidacy.pk],
        )
    draft.frame_tkr = city_frame(round)
    fix(draft, actor=actor)
    tell(
        events.HANDED_OVER,
        draft,
        actor=actor,
        after={
            "order": [c.pk for c in candidacies],
            "frame_tkr": draft.frame_tkr,
            "list": str(round),
        },
    )
    return draft


def _merge_anew(draft: OrderedList) -> None:
    """What the merge says now, on a draft that was saved before the last list was fixed."""
    suggested = merge_suggestion(draft.round)
    items = list(draft.items.all())
    for item in items:
        suggested.get(item.candidacy_id, Suggested(None)).note_on(item)
    ListItem.objects.bulk_update(items, SUGGESTED_FIELDS)
    draft.suggestion_by = Suggestion.MERGE


@transaction.atomic
def hand_eservices_to_committee(*, round: Round, actor: User) -> int:
    """Send every ranked e-service that needs it to the committee (R42); returns how many."""
    permissions.require(permissions.is_office(actor), _(OFFICE))
    waiting = [
        candidacy
        for candidacy in in_stage(round, Standing.RANKED).filter(initiative__is_eservice=True)
        if not candidacy.has_committee_opinion
    ]
    lock_processes([candidacy.initiative for candidacy in waiting])
    for candidacy in waiting:
        take_step(process=candidacy.initiative.process, name="hand_to_committee", actor=actor)
    return len(waiting)


def give_committee_opinion(
    *,
    initiative: Initiative,
    actor: User,
    opinion: str,
    reason: str,
    act: Act | None = None,
) -> Step:
    """The committee's opinion on an e-service, decided by exactly five (R13, R15).

    Raises:
        PermissionDenied: the person has no seat in the committee and does not write for it.
        ValidationError: the opinion is none, or the committee could not decide so.
    """
    mandates.require(initiative.process, "give_committee_opinion", actor)
    return take_step(
        process=initiative.process,
        name="give_committee_opinion",
        actor=actor,
        reason=reason,
        act=act,
        details=Details(opinion=known_opinion(opinion)),
    )


def leave_out(
    *, initiative: Initiative, actor: User, reason: str, target: Round | None = None
) -> Step:
    """The office leaves a ranked one out of this round's proposal, for a later round."""
    return defer_by(
        name="leave_out", initiative=initiative, actor=actor, reason=reason, target=target
    )
