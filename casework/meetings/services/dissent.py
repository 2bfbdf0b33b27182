# SPDX-License-Identifier: EUPL-1.2
"""Reservations and special statements, by those who took part (R62, R70; KL 4:27, 5:68)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.digests import digests_of
from casework.journal.services import log
from casework.meetings import events
from casework.meetings.enums import DissentKind, MeetingState
from casework.meetings.models import Decision, Dissent, DissentPerson
from casework.meetings.permissions import may_dissent, may_lead, takes_part
from casework.organisation.enums import ELECTED_KINDS
from casework.organisation.models import User


@dataclass(frozen=True, slots=True)
class DissentBy:
    """One who dissents: an account where there is one, the name as printed, and the party."""

    user: User | None = None
    name: str = ""
    party: str = ""


@transaction.atomic
def note_dissent(
    *,
    decision: Decision,
    kind: str,
    persons: Sequence[DissentBy],
    actor: User,
    proposal: str = "",
    statement: str = "",
) -> Dissent:
    """Note a dissent, announced before the meeting ends by those who took part (R70).

    The written statement may follow until the minutes are approved: :func:`write_statement`. To a
    decision that is entered as history, and in an elected body by its chair or secretary,
    persons without accounts may be noted.

    Raises:
        PermissionDenied: neither one of the dissenting nor the body's chair or secretary.
        ValidationError: nobody is named, somebody did not take part, or the meeting has ended.
    """
    decision = Decision.objects.select_related("body", "case", "meeting").get(pk=decision.pk)
    if decision.is_historic:
        if decision.recorded_by_id != actor.pk and not may_lead(actor, decision.body):
            raise PermissionDenied(_("Det får bara den som förde in det äldre beslutet göra."))
    else:
        _require_dissenter(decision, persons, actor)
    if kind not in DissentKind.values:
        raise ValidationError({"kind": _("Välj reservation eller särskilt uttalande.")})
    if not persons or any(person.user is None and not person.name.strip() for person in persons):
        raise ValidationError({"persons": _("Ange vem som har en avvikande mening.")})
    if not decision.is_historic:
        _check_taking_part(decision, persons)
    dissent = Dissent.objects.create(
        decision=decision,
        kind=kind,
        proposal=proposal.strip(),
        statement=statement.strip(),
        announced_at=timezone.now(),
    )
    behind = DissentPerson.objects.bulk_create(
        DissentPerson(
            dissent=dissent,
            name=person.name.strip() or str(person.user),
            party=person.party.strip(),
            user=person.user,
        )
        for person in persons
    )
    log(
        events.DISSENTED,
        dissent,
        actor=actor,
        about=decision.case,
        after={
            "kind": str(dissent.get_kind_display()),
            "kind_code": str(dissent.kind),
            "who": dissent.who,
            "decision": decision.pk,
            "proposal": dissent.proposal,
            "statement": dissent.statement,
        },
        rows=digests_of(dissent, *behind),
    )
    return dissent


@transaction.atomic
def write_statement(*, dissent: Dissent, statement: str, actor: User) -> Dissent:
    """Hand in the written statement of a dissent, until the minutes are approved.

    Raises:
        PermissionDenied: neither one of the dissenting nor the body's chair or secretary.
        ValidationError: it is empty, or the minutes are approved.
    """
    row = (
        Dissent.objects.select_for_update(of=("self",))
        .select_related("decision__meeting", "decision__body", "decision__case")
        .get(pk=dissent.pk)
    )
    decision = row.decision
    if not (row.persons.filter(user=actor).exists() or may_lead(actor, decision.body)):
        raise PermissionDenied(_("Det får bara den som har den avvikande meningen göra."))
    if not statement.strip():
        raise ValidationError({"statement": _("Skriv motiveringen.")})
    if decision.meeting is None or decision.meeting.approved_on:
        raise ValidationError(
            {"statement": _("Protokollet är justerat. Motiveringen kan inte ändras.")}
        )
    before, row.statement = row.statement, statement.strip()
    row.save(update_fields=["statement"])
    log(
        events.STATEMENT,
        row,
        actor=actor,
        about=decision.case,
        before={"statement": before},
        after={"statement": row.statement},
        rows=digests_of(row),
    )
    return row


def _require_dissenter(decision: Decision, persons: Sequence[DissentBy], actor: User) -> None:
    """Those with a seat note their own; others' are noted by who leads the body's meetings."""
    day = decision.meeting.day if decision.meeting else decision.day
    own = {person.user.pk if person.user else None for person in persons} == {actor.pk}
    if not (own and takes_part(actor, decision.body, day)) and not may_lead(
        actor, decision.body, day
    ):
        raise PermissionDenied(
            _(
                "Du kan anmäla din egen avvikande mening. Andras för ordföranden eller "
                "sekreteraren in."
            )
        )


def _check_taking_part(decision: Decision, persons: Sequence[DissentBy]) -> None:
    meeting = decision.meeting
    if meeting is None:
        raise ValidationError(
            {"decision": _("Mot ett beslut på delegation anmäls ingen avvikande mening.")}
        )
    if meeting.state != MeetingState.OPEN:
        raise ValidationError(
            {"decision": _("Mötet är avslutat. En avvikande mening anmäls innan dess.")}
        )
    for person in persons:
        if person.user is None and decision.body.kind in ELECTED_KINDS:
            continue  # the secretary knows who was there; not all who are elected have accounts
        if person.user is None or not may_dissent(person.user, decision):
            name = person.user or person.name
            raise ValidationError(
                {"persons": _("%(name)s tog inte del i beslutet.") % {"name": name}}
            )
