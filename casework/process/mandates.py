# SPDX-License-Identifier: EUPL-1.2
"""Who may decide what (R47): the mandate behind each transition, as a rule and as names.

A mandate comes from an appointment in force today, or from being the originator. A person who may
not see the case may not decide it either.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from casework.organisation.enums import BodyKind, Role
from casework.organisation.models import Appointment, Authority, Body, User
from casework.process.catalogue import TRANSITIONS, Mandate
from casework.process.enums import Stage
from casework.process.models import Process
from casework.register.models import Case


def appointments_for(process: Process, mandate: Mandate) -> QuerySet[Appointment]:
    """The appointments in force that carry a mandate over this initiative."""
    return (
        Appointment.objects.in_force()
        .filter(_rule(process, mandate), user__is_active=True)
        .select_related("user", "body__service_area", "administration", "authority")
    )


def holder(process: Process, mandate: Mandate, user: User) -> Appointment | None:
    """The appointment by which ``user`` holds the mandate, if any."""
    return appointments_for(process, mandate).filter(user=user).first()


def may(process: Process, name: str, user: User) -> bool:
    """Whether the person has the mandate for the transition and may see the case."""
    mandate = TRANSITIONS[name].mandate
    if not user.is_authenticated or not user.is_active or not _sees(process, user):
        return False
    if mandate is Mandate.ORIGINATOR:
        return process.initiative.originator_id == user.pk
    return holder(process, mandate, user) is not None


def require(process: Process, name: str, user: User) -> tuple[str, Body | None]:
    """The words of the person's mandate and the body behind it.

    Raises:
        PermissionDenied: the person has no mandate; the message says who has.
    """
    if not may(process, name, user):
        raise PermissionDenied(
            _("Du får inte fatta det här beslutet. Det får %(who)s.")
            % {"who": words(process, TRANSITIONS[name].mandate)}
        )
    mandate = TRANSITIONS[name].mandate
    if mandate is Mandate.ORIGINATOR:
        return _("Förslagsställare"), None
    appointment = holder(process, mandate, user)
    assert appointment is not None  # may() found it
    body = appointment.body or decision_body(mandate)
    return _as_told(appointment, body), body


def _as_told(appointment: Appointment, body: Body | None) -> str:
    """The mandate as it stands in the event list: the role where it adds something, and where."""
    role, scope = appointment.role, str(appointment.scope)
    if role == Role.DECISION_RECORDER and body:
        return _("%(body)s; infört av beslutsregistrerare") % {"body": body}
    if role in {Role.GROUP_CHAIR, Role.GROUP_MEMBER, Role.COUNCIL_MEMBER, Role.COMMITTEE_MEMBER}:
        place = _("ordföranden") if role == Role.GROUP_CHAIR else _("ledamot")
        return f"{scope}, {place}"
    if role == Role.EXECUTIVE_OFFICE:
        return scope
    return f"{appointment.get_role_display()}, {scope}"


def people(process: Process, mandate: Mandate) -> list[User]:
    """The persons who hold the mandate and may see the case, each once, by name."""
    if mandate is Mandate.ORIGINATOR:
        return [process.initiative.originator]
    found = {row.user_id: row.user for row in appointments_for(process, mandate)}
    return sorted((u for u in found.values() if _sees(process, u)), key=str)


def words(process: Process, mandate: Mandate) -> str:
    """Who holds the mandate, in words that stand in a running sentence."""
    initiative = process.initiative
    if mandate is Mandate.ORIGINATOR:
        return _("den som lämnade initiativet")
    if mandate is Mandate.LIAISON:
        return _("kontaktpersonen för %(name)s") % {"name": initiative.administration}
    if mandate is Mandate.REGISTRAR:
        return _("registratorn")
    if mandate is Mandate.OFFICER:
        return _("handläggaren på stadsledningskontoret")
    if mandate is Mandate.GROUP:
        area = initiative.service_area
        return _("tjänsteområdesgruppen för %(area)s") % {"area": area or _("området")}
    if mandate is Mandate.COMMITTEE:
        return _("utskottet för e-tjänster")
    if mandate is Mandate.EXECUTIVE_OFFICE:
        return _("stadsledningskontoret")
    if mandate is Mandate.COUNCIL:
        return _("utvecklingsrådet")
    return _("kommunfullmäktige; den som för in beslutet")


def open_transitions(process: Process, user: User) -> Iterable[str]:
    """The names of the transitions that lead on from here and that the person may decide.

    Conditions are not asked: a page shows such a transition with what is still missing.
    """
    return [name for name in names_from(process) if may(process, name, user)]


def names_from(process: Process) -> list[str]:
    """The names of the transitions that lead on from the present stage, in catalogue order.

    Of the two ways from a fixed ranking only one is an initiative's: an e-service goes to the
    committee, everything else into the city-wide proposal (R42).
    """
    by_committee = process.initiative.is_eservice and process.stage == Stage.RANKED
    other_way = "merge" if by_committee else "hand_to_committee"
    return [name for name in TRANSITIONS if process.stage in SOURCES[name] and name != other_way]


def decision_body(mandate: Mandate) -> Body | None:
    """The city council, for decisions that an officer records on its behalf (R7)."""
    if mandate is not Mandate.RECORDER:
        return None
    return Body.objects.in_force().filter(kind=BodyKind.CITY_COUNCIL).first()


def diary_authority() -> Authority | None:
    """The authority that keeps the diary of the model: the one of the executive office (R22)."""
    office = (
        Body.objects.in_force()
        .filter(kind=BodyKind.EXECUTIVE_OFFICE)
        .select_related("authority")
        .first()
    )
    return office.authority if office else None


def _rule(process: Process, mandate: Mandate) -> Q:
    initiative = process.initiative
    case = initiative.case
    authority = case.authority if case else diary_authority()
    if mandate is Mandate.LIAISON:
        return Q(role=Role.LIAISON, administration=initiative.administration_id)
    if mandate is Mandate.REGISTRAR:
        return Q(role=Role.REGISTRAR, authority=authority)
    if mandate is Mandate.OFFICER:
        rule = Q(role=Role.OFFICER, authority=authority)
        return rule & Q(user=case.officer_id) if case and case.officer_id else rule
    if mandate is Mandate.GROUP:
        return Q(
            role__in=[Role.GROUP_MEMBER, Role.GROUP_CHAIR],
            body__service_area__isnull=False,
            body__service_area=initiative.service_area_id,
        )
    if mandate is Mandate.COMMITTEE:
        return Q(role=Role.COMMITTEE_MEMBER, body__kind=BodyKind.COMMITTEE)
    if mandate is Mandate.EXECUTIVE_OFFICE:
        return Q(role=Role.EXECUTIVE_OFFICE, body__kind=BodyKind.EXECUTIVE_OFFICE)
    if mandate is Mandate.COUNCIL:
        return Q(role=Role.COUNCIL_MEMBER, body__kind=BodyKind.DEVELOPMENT_COUNCIL)
    if mandate is Mandate.RECORDER:
        return Q(role=Role.DECISION_RECORDER, authority=authority)
    return Q(pk__in=[])


def _sees(process: Process, user: User) -> bool:
    case_id = process.initiative.case_id
    return case_id is None or Case.objects.visible_to(user).filter(pk=case_id).exists()


def _sources() -> dict[str, frozenset[str]]:
    graph = {}
    for name in TRANSITIONS:
        transitions = getattr(Process, name)._django_fsm.transitions
        graph[name] = frozenset(str(source) for source in transitions)
    return graph


SOURCES = _sources()
