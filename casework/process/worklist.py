# SPDX-License-Identifier: EUPL-1.2
"""What waits for a person, and which initiatives a person may see before they have a case."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from casework.access.tokens import tokens_of
from casework.organisation.enums import BodyKind, Role
from casework.organisation.models import Appointment, User
from casework.process.catalogue import TRANSITIONS, task_of
from casework.process.enums import Stage
from casework.process.mandates import names_from
from casework.process.models import Process
from casework.register.models import Case

RELATED = (
    "initiative__case",
    "initiative__administration",
    "initiative__service_area",
    "cycle",
)
WITH_OFFICER = (
    Stage.REGISTERED,
    Stage.IN_PREPARATION,
    Stage.COMPLETION,
    Stage.APPROVED,
    Stage.IMPLEMENTING,
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for the person: what, what to do, by when."""

    process: Process
    task: str
    due: dt.date | None

    @property
    def is_late(self) -> bool:
        """Whether the day has passed."""
        return self.due is not None and self.due < timezone.localdate()


def visible_processes(user: User) -> QuerySet[Process]:
    """The initiatives a person may see: with a case by its audience, before by the same tokens.

    Before there is a case, an initiative is open to its originator, from submission to the contact
    person of its förvaltning, and once sent in to the registrars.
    """
    tokens = tokens_of(user)
    own = [t.removeprefix("administration:") for t in tokens if t.startswith("administration:")]
    unregistered = Q(initiative__originator=user)
    unregistered |= Q(
        initiative__administration__in=own,
        stage__in=[Stage.WITH_LIAISON, Stage.RETURNED, Stage.PREPARED, Stage.SENT],
    )
    if any(token.startswith("registrar:") for token in tokens):
        unregistered |= Q(stage=Stage.SENT)
    visible = Case.objects.visible_to(user).filter(pk=OuterRef("initiative__case"))
    return Process.objects.filter(
        Q(Q(initiative__case=None) & unregistered) | Exists(visible)
    ).select_related(*RELATED)


def waiting_for(user: User) -> list[Waiting]:
    """What waits for the person today, most urgent first."""
    rules = Q(initiative__originator=user, stage__in=[Stage.DRAFT, Stage.RETURNED])
    for appointment in Appointment.objects.in_force().filter(user=user).select_related("body"):
        rules |= _rule(appointment)
    found = [_waiting(process) for process in visible_processes(user).filter(rules)]
    return sorted(found, key=lambda w: (w.due or dt.date.max, w.process.entered_at))


def _rule(appointment: Appointment) -> Q:
    role, body = appointment.role, appointment.body
    nothing = Q(pk__in=[])
    if role == Role.LIAISON:
        return Q(
            initiative__administration=appointment.administration_id,
            stage__in=[Stage.WITH_LIAISON, Stage.PREPARED],
        )
    if role == Role.REGISTRAR:
        return Q(stage=Stage.SENT)
    if role == Role.OFFICER:
        mine = Q(initiative__case__officer=appointment.user_id)
        nobodys = Q(initiative__case__officer=None)
        return Q(mine | nobodys, initiative__case__isnull=False, stage__in=WITH_OFFICER)
    if role in (Role.GROUP_CHAIR, Role.GROUP_MEMBER) and body:
        return Q(
            initiative__service_area=body.service_area_id,
            stage__in=[Stage.WITH_GROUP, Stage.ADMITTED],
        )
    if role == Role.EXECUTIVE_OFFICE:
        return Q(stage__in=[Stage.RANKED, Stage.COMMITTEE_DONE])
    if role == Role.COMMITTEE_MEMBER:
        return Q(stage=Stage.WITH_COMMITTEE)
    if role == Role.COUNCIL_MEMBER and body and body.kind == BodyKind.DEVELOPMENT_COUNCIL:
        return Q(stage=Stage.CITY_PROPOSAL)
    if role == Role.DECISION_RECORDER:
        return Q(stage=Stage.RECOMMENDED)
    return nothing


def _waiting(process: Process) -> Waiting:
    forward = [n for n in names_from(process) if not TRANSITIONS[n].is_negative]
    task = task_of(forward[0]) if forward else ""
    return Waiting(process, task, _due(process))


def _due(process: Process) -> dt.date | None:
    cycle = process.cycle
    if cycle is None:
        return None
    if process.stage in (Stage.WITH_GROUP, Stage.ADMITTED, Stage.IN_PREPARATION, Stage.REGISTERED):
        return cycle.groups_until
    if process.stage in (Stage.RANKED, Stage.COMMITTEE_DONE, Stage.CITY_PROPOSAL):
        return cycle.council_on
    if process.stage == Stage.RECOMMENDED:
        return cycle.decision_on
    return None
