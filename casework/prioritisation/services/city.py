# SPDX-License-Identifier: EUPL-1.2
"""The city-wide proposal (R34, R35), the committee, the recommendation (R36), the decision (R37)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.initiatives.models import Initiative
from casework.journal.services import log
from casework.meetings.models import Decision
from casework.meetings.services import record_decision
from casework.organisation.enums import BodyKind
from casework.organisation.models import Body, User
from casework.planning.models import Round
from casework.planning.selectors import city_frame
from casework.planning.services import set_frame
from casework.prioritisation import events, permissions
from casework.prioritisation.enums import ListKind, Verdict
from casework.prioritisation.models import Funding, ListItem, OrderedList
from casework.prioritisation.selectors import areas_not_done, in_stage, mergeable, newest
from casework.prioritisation.services.lists import copy_as_draft, draft_of, fix, write_order
from casework.process.enums import Opinion, Standing
from casework.process.models import Candidacy, Step
from casework.process.services import (
    Act,
    Details,
    ImpossibleTransition,
    defer_by,
    earliest_day,
    lock_processes,
    missing_for,
    take_step,
)

OFFICE = "stadsledningskontoret"


@dataclass(frozen=True, slots=True)
class CouncilVerdict:
    """What the city council decided of one candidacy: a row of the recorder's page."""

    candidacy: int
    verdict: str
    amount_tkr: int | None = None
    reason: str = ""
    target: Round | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """What utvecklingsrådet says of one candidacy."""

    opinion: str
    reason: str


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
    write_order(
        draft, order, mergeable(round), actor=actor, reasons=reasons or {}, edition=edition
    )
    if frame_tkr != city_frame(round):
        set_frame(round=round, tkr=frame_tkr, actor=actor)
    return draft


def what_is_missing(round: Round) -> list[str]:
    """Why the proposal cannot be made yet, each reason once (R24, R34, R42)."""
    found: dict[str, None] = {}
    for candidacy in mergeable(round):
        for sentence in missing_for(candidacy.initiative.process, "merge"):
            found[sentence] = None
    if areas := areas_not_done(round):
        names = ", ".join(str(area.service_area) for area in areas)
        found[_("Ännu inte klara: %(names)s.") % {"names": names}] = None
    with_committee = in_stage(round, Standing.WITH_COMMITTEE).count()
    if with_committee:
        found[
            ngettext(
                "%(count)s e-tjänst är fortfarande hos utskottet.",
                "%(count)s e-tjänster är fortfarande hos utskottet.",
                with_committee,
            )
            % {"count": with_committee}
        ] = None
    return list(found)


@transaction.atomic
def hand_over(*, round: Round, actor: User) -> OrderedList:
    """Merge the areas' lists into one and hand it to utvecklingsrådet (R34, R35), all or nothing.

    Raises:
        PermissionDenied: only the executive office merges.
        ImpossibleTransition: a group is not done, an expertise is missing, or an e-service has
            not passed the committee.
        ValidationError: there is nothing to hand over, or something has no place.
    """
    permissions.require(permissions.is_office(actor), _(OFFICE))
    draft = draft_of(round, ListKind.CITY)
    if missing := what_is_missing(round):
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
    log(
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
    """The committee's opinion on an e-service, decided by exactly five (R13, R15)."""
    return take_step(
        process=initiative.process,
        name="give_committee_opinion",
        actor=actor,
        reason=reason,
        act=act,
        details=Details(opinion=_opinion(opinion)),
    )


def leave_out(
    *, initiative: Initiative, actor: User, reason: str, target: Round | None = None
) -> Step:
    """The office leaves a ranked one out of this round's proposal, for a later round."""
    return defer_by(
        name="leave_out", initiative=initiative, actor=actor, reason=reason, target=target
    )


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
    proposal = newest(round, ListKind.CITY)
    candidacies = list(in_stage(round, Standing.IN_PROPOSAL))
    if proposal is None or not candidacies:
        raise ImpossibleTransition(_("Det finns inget förslag att ta ställning till."))
    for candidacy in candidacies:
        said = advice.get(candidacy.pk)
        if said is None or not said.reason.strip():
            raise ValidationError(
                {
                    f"reason-{candidacy.pk}": _("Skriv skälet för %(dnr)s.")
                    % {"dnr": candidacy.initiative.case.dnr if candidacy.initiative.case else ""}
                }
            )
        _opinion(said.opinion)
    own = draft_of(round, ListKind.COUNCIL)
    place = dict(proposal.items.values_list("candidacy", "place"))
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
    decisions = _decisions(
        candidacies,
        BodyKind.DEVELOPMENT_COUNCIL,
        actor,
        act,
        [_("Rekommendationen för %(round)s fastställs.") % {"round": round}],
    )
    lock_processes([candidacy.initiative for candidacy in candidacies])
    for candidacy, decision in zip(candidacies, decisions, strict=True):
        said = advice[candidacy.pk]
        ListItem.objects.filter(list=hidden_aware, candidacy=candidacy).update(
            opinion=said.opinion
        )
        take_step(
            process=candidacy.initiative.process,
            name="recommend",
            actor=actor,
            reason=said.reason,
            decision=decision,
            details=Details(opinion=said.opinion),
        )
    own.refresh_from_db()
    own.statement, own.frame_tkr = statement.strip(), proposal.frame_tkr
    fix(own, actor=actor, meeting=act.meeting if act else None)
    log(events.RECOMMENDED, own, actor=actor, after={"list": str(round)}, reason=statement)
    return own


@transaction.atomic
def refer_back(
    *, round: Round, actor: User, reason: str, act: Act | None = None
) -> OrderedList:
    """The council sends the proposal back to the office (återremiss); a new version begins.

    Raises:
        PermissionDenied: only the council's members and secretary.
        ValidationError: there is no proposal, or the reason is missing.
    """
    permissions.require(permissions.sits_in_council(actor), _("utvecklingsrådet"))
    proposal = newest(round, ListKind.CITY)
    candidacies = list(in_stage(round, Standing.IN_PROPOSAL))
    if proposal is None or not candidacies:
        raise ImpossibleTransition(_("Det finns inget förslag att återremittera."))
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv vad som ska göras om.")})
    decisions = _decisions(
        candidacies,
        BodyKind.DEVELOPMENT_COUNCIL,
        actor,
        act,
        [_("Förslaget för %(round)s återremitteras till stadsledningskontoret.") % {"round": round}],
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
    copy = copy_as_draft(proposal, reason=reason.strip())
    log(events.REFERRED_BACK, copy, actor=actor, after={"list": str(round)}, reason=reason)
    return copy


@transaction.atomic
def decide(
    *,
    round: Round,
    actor: User,
    verdicts: Sequence[CouncilVerdict],
    reference: str,
    act: Act,
) -> list[Step]:
    """Note what kommunfullmäktige decided of many initiatives in one act (R7, R37, R38, R63).

    Args:
        reference: of the decision, such as "KF 2026-11-23 § 12".

    Raises:
        PermissionDenied: only the city council's own secretary or chair.
        ValidationError: a reason, an amount or the reference is missing.
    """
    permissions.require(
        permissions.writes_for_city_council(actor), _("kommunfullmäktiges sekreterare")
    )
    if not reference.strip():
        raise ValidationError(
            {"reference": _("Ange var beslutet står, till exempel ”KF 2026-11-23 § 12”.")}
        )
    wanted = {row.candidacy: row for row in verdicts}
    candidacies = list(in_stage(round, Standing.RECOMMENDED).filter(pk__in=wanted))
    if len(candidacies) != len(wanted) or not wanted:
        raise ImpossibleTransition(
            _("Välj initiativ som utvecklingsrådet har behandlat och som inte är avgjorda.")
        )
    for candidacy in candidacies:
        _check_verdict(candidacy, wanted[candidacy.pk])
    decisions = _decisions(
        candidacies,
        BodyKind.CITY_COUNCIL,
        actor,
        act,
        None,
        {c.pk: [_point(c, wanted[c.pk])] for c in candidacies},
    )
    lock_processes([candidacy.initiative for candidacy in candidacies])
    steps = [
        _take(candidacy, wanted[candidacy.pk], decision, actor, reference.strip(), round)
        for candidacy, decision in zip(candidacies, decisions, strict=True)
    ]
    log(
        events.DECIDED,
        round,
        actor=actor,
        after={
            "list": str(round),
            "verdicts": {str(row.candidacy): row.verdict for row in verdicts},
            "reference": reference.strip(),
        },
    )
    return steps


def _take(
    candidacy: Candidacy,
    row: CouncilVerdict,
    decision: Decision,
    actor: User,
    reference: str,
    round: Round,
) -> Step:
    details = Details(
        occasion=round.occasion,
        budget_year=round.cycle.budget_year,
        reference=reference,
        amount_tkr=row.amount_tkr,
    )
    Funding.objects.create(
        candidacy=candidacy, decision=decision, verdict=row.verdict, amount_tkr=row.amount_tkr
    )
    if row.verdict == Verdict.DEFER:
        return defer_by(
            name="defer_decision",
            initiative=candidacy.initiative,
            actor=actor,
            reason=row.reason,
            target=row.target,
            decision=decision,
            details=details,
        )
    return take_step(
        process=candidacy.initiative.process,
        name=row.verdict,
        actor=actor,
        reason=row.reason,
        decision=decision,
        details=details,
    )


def _check_verdict(candidacy: Candidacy, row: CouncilVerdict) -> None:
    dnr = candidacy.initiative.case.dnr if candidacy.initiative.case else ""
    if row.verdict not in Verdict.values:
        raise ValidationError(
            {f"verdict-{candidacy.pk}": _("Välj beslut för %(dnr)s.") % {"dnr": dnr}}
        )
    if row.verdict != Verdict.APPROVE and not row.reason.strip():
        raise ValidationError(
            {f"reason-{candidacy.pk}": _("Skriv skälet för %(dnr)s.") % {"dnr": dnr}}
        )
    if row.verdict == Verdict.APPROVE_IN_PART:
        asked = candidacy.initiative.cost_tkr or 0
        if row.amount_tkr is None or not 0 < row.amount_tkr or (asked and row.amount_tkr >= asked):
            raise ValidationError(
                {
                    f"amount-{candidacy.pk}": _(
                        "Ange beloppet för %(dnr)s i tusental kronor, mindre än hela kostnaden."
                    )
                    % {"dnr": dnr}
                }
            )


def _point(candidacy: Candidacy, row: CouncilVerdict) -> str:
    title = f"”{candidacy.initiative.title}”"
    if row.verdict in {Verdict.APPROVE, Verdict.APPROVE_IN_PART}:
        if row.amount_tkr:
            amount = f"{row.amount_tkr:,}".replace(",", "\u00a0")
            return _("%(title)s beviljas %(amount)s tkr.") % {"title": title, "amount": amount}
        return _("%(title)s beviljas medel.") % {"title": title}
    if row.verdict == Verdict.DEFER:
        return _("%(title)s skjuts upp till en senare omgång.") % {"title": title}
    return _("%(title)s beviljas inte medel.") % {"title": title}


def _decisions(
    candidacies: Sequence[Candidacy],
    kind: str,
    actor: User,
    act: Act | None,
    points: Sequence[str] | None,
    points_by: Mapping[int, Sequence[str]] | None = None,
) -> list[Decision]:
    """The body's decision on each case, in the order of the candidacies: one act."""
    body = Body.objects.in_force().filter(kind=kind).first()
    if body is None:
        raise ImpossibleTransition(_("Organet som ska besluta finns inte."))
    act = act or Act()
    days = [earliest_day(candidacy.initiative.process) for candidacy in candidacies]
    not_before: dt.date | None = max((day for day in days if day), default=None)
    if points_by is None:
        cases = [c.initiative.case for c in candidacies if c.initiative.case]
        return record_decision(
            cases=cases,
            body=body,
            actor=actor,
            meeting=act.meeting,
            delegation=act.delegation,
            day=act.day,
            paragraph=act.paragraph,
            points=list(points or ()),
            not_before=not_before,
        )
    found: list[Decision] = []
    paragraph = act.paragraph
    for candidacy in candidacies:
        assert candidacy.initiative.case is not None
        (decision,) = record_decision(
            cases=[candidacy.initiative.case],
            body=body,
            actor=actor,
            meeting=act.meeting,
            delegation=act.delegation,
            day=act.day,
            paragraph=paragraph,
            points=list(points_by[candidacy.pk]),
            not_before=not_before,
        )
        paragraph = paragraph or decision.paragraph
        found.append(decision)
    return found


def _opinion(value: str) -> str:
    if value not in Opinion.values:
        raise ValidationError({"opinion": _("Välj om det förordas eller inte.")})
    return value
