# SPDX-License-Identifier: EUPL-1.2
"""What waits for a person, and which initiatives a person may see before they have a case."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from casework.initiatives.enums import FollowerRole
from casework.initiatives.models import Follower
from casework.meetings.selectors import tabled_by
from casework.organisation.enums import BodyKind, Role
from casework.organisation.models import Appointment, Body, User
from casework.organisation.selectors import appointments_of
from casework.planning.enums import RoundState
from casework.planning.models import RoundArea
from casework.process.enums import (
    FINAL_STAGES,
    LIVE_STANDINGS,
    WAITING_FOR_ROUND,
    Stage,
    Standing,
)
from casework.process.line import due_of
from casework.process.machine import ways_of
from casework.process.mandates import KIND_OF, MANDATE_WORDS, mandates_of
from casework.process.models import Candidacy, Process, Step
from casework.process.specs import Mandate
from casework.process.transitions import forward_for, spec_of
from casework.register.models import Case

RELATED = (
    "initiative__case__authority",
    "initiative__case__officer",
    "initiative__administration",
    "initiative__service_area",
    "initiative__originator",
    "candidacy__round__cycle",
)


GOES_ON = Q(initiative__case__voided_at=None, initiative__case__merged_into=None)
"""It has no case yet, or one that is neither void nor joined into another."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for the person: what, what to do, by when, and as whom."""

    process: Process
    task: str
    due: dt.date | None
    holder: str

    @property
    def is_late(self) -> bool:
        """Whether the day has passed."""
        return self.due is not None and self.due < timezone.localdate()


def visible_processes(user: User) -> QuerySet[Process]:
    """The initiatives a person may see: with a case by its audience, before by appointment.

    Before there is a case, an initiative is open to its originator and co-authors, to others who
    follow it once it is sent, from submission to the contact person of its förvaltning, and once
    sent in to the registrars.
    """
    appointments = appointments_of(user)
    administrations = [a.administration_id for a in appointments if a.role == Role.LIAISON]
    unregistered = Q(initiative__originator=user)
    unregistered |= Q(
        initiative__administration__in=administrations,
        stage__in=[Stage.WITH_LIAISON, Stage.RETURNED, Stage.PREPARED, Stage.SENT],
    )
    following = Follower.objects.filter(user=user, until=None)
    writing = following.filter(role=FollowerRole.CO_AUTHOR)
    unregistered |= Q(initiative__in=following.values("initiative")) & ~Q(stage=Stage.DRAFT)
    unregistered |= Q(initiative__in=writing.values("initiative"))
    if any(a.role == Role.REGISTRAR for a in appointments):
        unregistered |= Q(stage=Stage.SENT)
    visible = Case.objects.visible_to(user).filter(pk=OuterRef("initiative__case"))
    opened = Process.objects.filter(Q(initiative__case=None) & unregistered).values("pk")
    return Process.objects.filter(Q(pk__in=opened) | Exists(visible)).select_related(*RELATED)


def initiatives_of_administration(user: User) -> QuerySet[Process]:
    """What the contact person's förvaltningar have given, and where it is (R20, R26, R46)."""
    administrations = [a.administration_id for a in appointments_of(user) if a.role == Role.LIAISON]
    return (
        visible_processes(user)
        .filter(initiative__administration__in=administrations)
        .exclude(stage=Stage.DRAFT)
        .order_by("-initiative__pk")
    )


def waiting_for(user: User) -> list[Waiting]:
    """What waits for the person today, most urgent first."""
    rules = Q(initiative__originator=user, stage__in=[Stage.DRAFT, Stage.RETURNED])
    for appointment in appointments_of(user):
        rules |= _rule(appointment)
    held = _held(user)
    rows = visible_processes(user).filter(rules, GOES_ON)
    found = [_waiting(process, held) for process in rows]
    return sorted(found, key=lambda w: (w.due or dt.date.max, w.process.entered_at))


def waiting_instead(user: User, absent: User) -> list[Waiting]:
    """What waits for somebody who is away, of what their stand-in may see and has not already.

    One's own initiatives and one's seat in a body are one's own: only what waits for an officer or
    a contact person is stood in for.
    """
    rules = Q(pk__in=[])
    for appointment in appointments_of(absent):
        if appointment.role in STOOD_IN_FOR:
            rules |= _rule(appointment)
    mine = Q(initiative__originator=user, stage__in=[Stage.DRAFT, Stage.RETURNED])
    for appointment in appointments_of(user):
        mine |= _rule(appointment)
    rows = visible_processes(user).filter(rules, GOES_ON).exclude(pk__in=_keys(mine))
    held = _held(absent)
    found = [_waiting(process, held) for process in rows]
    return sorted(found, key=lambda w: (w.due or dt.date.max, w.process.entered_at))


STOOD_IN_FOR = frozenset({Role.OFFICER, Role.LIAISON})


def _keys(rules: Q) -> QuerySet:
    return Process.objects.filter(rules).order_by().values("pk")


def waiting_for_round() -> QuerySet[Process]:
    """The initiatives that stand in no round and are picked up by the next that opens (R53)."""
    live = Candidacy.objects.filter(initiative=OuterRef("initiative"), stage__in=LIVE_STANDINGS)
    return (
        Process.objects.filter(GOES_ON, ~Exists(live), stage__in=WAITING_FOR_ROUND)
        .select_related(*RELATED)
        .order_by("pk")
    )


_WAITS_AS = {
    BodyKind.SERVICE_AREA_GROUP: Standing.WITH_GROUP,
    BodyKind.COMMITTEE: Standing.WITH_COMMITTEE,
    BodyKind.DEVELOPMENT_COUNCIL: Standing.IN_PROPOSAL,
    BodyKind.CITY_COUNCIL: Standing.RECOMMENDED,
}
"""Where a candidacy stands when a body of that kind is to decide on it."""


def ready_for(body: Body) -> list[Case]:
    """What a body can take up: tabled last time first, then those handed to it, oldest first.

    Of every open round, for a group of those in which it has an area; nobody's right is asked.
    """
    stage = _WAITS_AS.get(BodyKind(body.kind))
    if stage is None:
        return []
    rows = Candidacy.objects.filter(stage=stage, round__state=RoundState.OPEN)
    if body.kind == BodyKind.SERVICE_AREA_GROUP:
        area = RoundArea.objects.filter(
            round=OuterRef("round"), service_area=OuterRef("initiative__service_area"), group=body
        )
        rows = rows.filter(Exists(area))
    rows = rows.select_related("initiative__case").order_by("entered_at", "pk")
    cases = [row.initiative.case for row in rows if row.initiative.case is not None]
    first = {pk: place for place, pk in enumerate(tabled_by(body))}
    return sorted(cases, key=lambda case: first.get(case.pk, len(first)))


def before_committee(user: User) -> list[Process]:
    """What waits for the committee for e-services, of what the person may see (R15, R42)."""
    rows = visible_processes(user).filter(
        candidacy__stage=Standing.WITH_COMMITTEE, candidacy__round__state=RoundState.OPEN
    )
    return list(rows.order_by("candidacy__entered_at", "pk"))


def earlier_of(process: Process) -> list[Step]:
    """What the group asked and was answered, and why it was put off: what it returns with (R32)."""
    asked = ["request_completion", "complete"]
    put_off = ["defer", "leave_out", "defer_decision", "postpone"]
    steps = process.initiative.steps.filter(transition__in=[*asked, *put_off])
    return list(steps.order_by("pk"))


def history_of(process: Process) -> list[Candidacy]:
    """The rounds in which the initiative has stood, the newest first."""
    return list(
        Candidacy.objects.filter(initiative=process.initiative_id).select_related(
            "round__cycle", "target__cycle"
        )
    )


def waiting_at(body: Body) -> int:
    """How many initiatives stand before a body today; a number alone, nobody's right is asked."""
    mandates = frozenset(mandate for mandate, kind in KIND_OF.items() if kind == body.kind)
    rows = Candidacy.objects.filter(
        stage__in=_standings(mandates) & LIVE_STANDINGS, round__state=RoundState.OPEN
    )
    if body.service_area_id:
        rows = rows.filter(initiative__service_area=body.service_area_id)
    return rows.count()


def _standings(mandates: frozenset[Mandate]) -> set[str]:
    """From where the holders of some mandates take the next step."""
    return {
        source
        for way in ways_of(Candidacy).values()
        if way.spec.mandate in mandates and not way.spec.is_negative
        for source in way.sources
    }


def _rule(appointment: Appointment) -> Q:
    """What waits for the holder of an appointment, read from the specs of the transitions."""
    mandates = mandates_of(appointment)
    life = {
        source
        for way in ways_of(Process).values()
        if way.spec.mandate in mandates and not way.spec.is_negative
        for source in way.sources
        if source not in FINAL_STAGES
    }
    standing = _standings(mandates)
    if not life and not standing:
        return Q(pk__in=[])
    rule = Q(stage__in=life) | Q(candidacy__stage__in=standing)
    return rule & _scope(appointment)


def _scope(appointment: Appointment) -> Q:
    role, body = appointment.role, appointment.body
    if role == Role.LIAISON:
        return Q(initiative__administration=appointment.administration_id)
    if role == Role.OFFICER:
        mine = Q(initiative__case__officer=appointment.user_id)
        nobodys = Q(initiative__case__officer=None, initiative__case__isnull=False)
        return (mine | nobodys) & Q(initiative__case__authority=appointment.authority_id)
    if body is not None and body.service_area_id:
        return Q(initiative__service_area=body.service_area_id)
    return Q()


def _held(user: User) -> frozenset[Mandate]:
    return frozenset().union(*(mandates_of(row) for row in appointments_of(user)))


def _waiting(process: Process, held: frozenset[Mandate]) -> Waiting:
    name = forward_for(process, held)
    if name is None:
        return Waiting(process, "", due_of(process), "")
    spec = spec_of(name)
    return Waiting(process, spec.task_words(), due_of(process), str(MANDATE_WORDS[spec.mandate]))
