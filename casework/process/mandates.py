# SPDX-License-Identifier: EUPL-1.2
"""Who may decide what (R47): the mandate behind each transition, as a rule and as names.

A mandate comes from an appointment in force today, or from being the originator. A person who may
not see the case may not decide it either, except in an act on a whole list (``is_list_act``).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.access.tokens import PUBLIC, person_token, tokens_of_appointment
from casework.initiatives.enums import FollowerRole
from casework.initiatives.models import Initiative
from casework.initiatives.permissions import is_author
from casework.organisation.enums import BodyKind, Role
from casework.organisation.models import Appointment, Authority, Body, User
from casework.organisation.selectors import appointments_of
from casework.planning.models import RoundArea
from casework.process.models import Candidacy, Process
from casework.process.specs import Mandate
from casework.process.transitions import names_from, spec_of

BODY_OF: dict[Mandate, str] = {
    Mandate.COMMITTEE: BodyKind.COMMITTEE,
    Mandate.EXECUTIVE_OFFICE: BodyKind.EXECUTIVE_OFFICE,
    Mandate.COUNCIL: BodyKind.DEVELOPMENT_COUNCIL,
    Mandate.CITY_COUNCIL: BodyKind.CITY_COUNCIL,
}

KIND_OF: dict[Mandate, str] = BODY_OF | {
    Mandate.GROUP: BodyKind.SERVICE_AREA_GROUP,
    Mandate.GROUP_CHAIR: BodyKind.SERVICE_AREA_GROUP,
}
"""The kind of body in which a mandate is held; the others are held elsewhere."""

MANDATE_WORDS: dict[Mandate, Promise] = {
    Mandate.ORIGINATOR: gettext_lazy("Förslagsställaren"),
    Mandate.AUTHOR: gettext_lazy("Förslagsställaren"),
    Mandate.LIAISON: gettext_lazy("Kontaktpersonen"),
    Mandate.REGISTRAR: gettext_lazy("Registratorn"),
    Mandate.OFFICER: gettext_lazy("Handläggaren"),
    Mandate.GROUP: gettext_lazy("Tjänsteområdesgruppen"),
    Mandate.GROUP_CHAIR: gettext_lazy("Gruppens ordförande"),
    Mandate.COMMITTEE: gettext_lazy("Utskottet för e-tjänster"),
    Mandate.EXECUTIVE_OFFICE: gettext_lazy("Stadsledningskontoret"),
    Mandate.COUNCIL: gettext_lazy("Utvecklingsrådet"),
    Mandate.CITY_COUNCIL: gettext_lazy("Kommunfullmäktige"),
}
"""The mandates as headings; :func:`words` says who holds one over a certain initiative."""


def body_for(mandate: Mandate, initiative: Initiative, candidacy: Candidacy | None) -> Body | None:
    """The body that decides: the area's group in that round, or the city's one of its kind."""
    if mandate in {Mandate.GROUP, Mandate.GROUP_CHAIR}:
        if candidacy is not None:
            part = (
                RoundArea.objects.filter(
                    round=candidacy.round_id, service_area=initiative.service_area_id
                )
                .select_related("group__service_area")
                .first()
            )
            if part and part.group and part.group.is_in_force():
                return part.group
        return (
            Body.objects.in_force()
            .filter(kind=BodyKind.SERVICE_AREA_GROUP, service_area=initiative.service_area_id)
            .select_related("service_area")
            .first()
        )
    kind = BODY_OF.get(mandate)
    return Body.objects.in_force().filter(kind=kind).first() if kind else None


def appointments_for(process: Process, mandate: Mandate) -> QuerySet[Appointment]:
    """The appointments in force that carry a mandate over this initiative."""
    return (
        Appointment.objects.in_force()
        .filter(_rule(process, mandate), user__is_active=True)
        .select_related("user", "body__service_area", "administration", "authority")
        .order_by("pk")
    )


def holder(process: Process, mandate: Mandate, user: User) -> Appointment | None:
    """The appointment by which ``user`` holds the mandate, if any.

    Read from the person's own appointments, which are remembered as long as the request lives;
    the rule itself is the one that :func:`appointments_for` asks of the database.
    """
    held = [row for row in appointments_of(user) if row.role in ROLES_OF[mandate]]
    if not held:
        return None
    initiative, case = process.initiative, process.initiative.case
    if mandate is Mandate.LIAISON:
        held = [row for row in held if row.administration_id == initiative.administration_id]
    elif mandate in DIARY_MANDATES:
        authority = case.authority_id if case else _pk(diary_authority())
        held = [row for row in held if row.authority_id == authority]
        if mandate is Mandate.OFFICER and case and case.officer_id not in (None, user.pk):
            return None
    else:
        body = body_for(mandate, initiative, process.live_candidacy)
        held = [row for row in held if body is not None and row.body_id == body.pk]
    return held[0] if held else None


def seat_in(body: Body | None, user: User, mandate: Mandate) -> Appointment | None:
    """The person's appointment in the body that carries the mandate, if any."""
    if body is None or not body.is_in_force():
        return None
    return next(
        (
            row
            for row in appointments_of(user)
            if row.body_id == body.pk and row.role in ROLES_OF[mandate]
        ),
        None,
    )


def may(process: Process, name: str, user: User) -> bool:
    """Whether the person has the mandate for the transition and may see the case."""
    spec = spec_of(name)
    if not user.is_authenticated or not user.is_active:
        return False
    if not spec.is_list_act and not _sees(process, user):
        return False
    if spec.mandate is Mandate.ORIGINATOR:
        return process.initiative.originator_id == user.pk
    if spec.mandate is Mandate.AUTHOR:
        return is_author(user, process.initiative)
    return holder(process, spec.mandate, user) is not None


def require(process: Process, name: str, user: User) -> tuple[str, Body | None]:
    """The words of the person's mandate and the body behind it.

    Raises:
        PermissionDenied: the person has no mandate; the message says who has.
    """
    mandate = spec_of(name).mandate
    if not may(process, name, user):
        raise PermissionDenied(
            _("Du får inte fatta det här beslutet. Det får %(who)s.")
            % {"who": words(process, mandate)}
        )
    if mandate in {Mandate.ORIGINATOR, Mandate.AUTHOR}:
        own = process.initiative.originator_id == user.pk
        return (_("Förslagsställare") if own else _("Medförfattare")), None
    appointment = holder(process, mandate, user)
    assert appointment is not None  # may() found it
    return _as_told(appointment), appointment.body


def _as_told(appointment: Appointment) -> str:
    """The mandate as it stands in the event list: the role where it adds something, and where."""
    role, body = appointment.role, appointment.body
    if body is None:
        return f"{appointment.get_role_display()}, {appointment.scope}"
    if role == Role.SECRETARY:
        return _("%(body)s, infört av sekreteraren") % {"body": body}
    if role == Role.EXECUTIVE_OFFICE:
        return str(body)
    place = _("ordförande") if role in CHAIR_ROLES else _("ledamot")
    return _("%(body)s, %(place)s") % {"body": body, "place": place}


CHAIR_ROLES = frozenset(
    {Role.GROUP_CHAIR, Role.COUNCIL_CHAIR, Role.COMMITTEE_CHAIR, Role.BOARD_CHAIR}
)


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who may decide: by which appointment, and until when (R47).

    Attributes:
        by: the appointment in words; for an originator what they are to the initiative.
        until: the last day of the appointment, or of what it belongs to; None until further notice.
    """

    user: User
    by: str
    until: dt.date | None = None

    def __str__(self) -> str:
        return str(self.user)


def holders(process: Process, mandate: Mandate) -> list[Holder]:
    """Who holds the mandate and may see the case, each once, by name."""
    initiative = process.initiative
    if mandate in {Mandate.ORIGINATOR, Mandate.AUTHOR}:
        found = [Holder(initiative.originator, _("Förslagsställare"))]
        if mandate is Mandate.AUTHOR:
            rows = initiative.current_followers().filter(role=FollowerRole.CO_AUTHOR)
            found += [Holder(row.user, _("Medförfattare")) for row in rows.select_related("user")]
        return found
    appointments = list(appointments_for(process, mandate))
    case = initiative.case
    if case is not None:
        audience = case.stored_audience()
        appointments = [
            row for row in appointments if opens(audience, row) or case.is_open_to(row.user)
        ]
    each = {
        row.user_id: Holder(row.user, _as_told(row), row.ends_on) for row in reversed(appointments)
    }
    return sorted(each.values(), key=str)


def people(process: Process, mandate: Mandate) -> list[User]:
    """The persons who hold the mandate and may see the case, each once, by name."""
    return [row.user for row in holders(process, mandate)]


def words(process: Process, mandate: Mandate) -> str:
    """Who holds the mandate, in words that stand in a running sentence."""
    initiative = process.initiative
    if mandate in {Mandate.ORIGINATOR, Mandate.AUTHOR}:
        return _("den som lämnade initiativet")
    if mandate is Mandate.LIAISON:
        return _("kontaktpersonen för %(name)s") % {"name": initiative.administration}
    if mandate is Mandate.REGISTRAR:
        return _("registratorn")
    if mandate is Mandate.OFFICER:
        case = initiative.case
        if case is not None and case.officer is not None:
            return _("%(name)s, handläggare på stadsledningskontoret") % {"name": case.officer}
        return _("handläggaren på stadsledningskontoret")
    body = body_for(mandate, initiative, process.live_candidacy)
    if body is None:
        if mandate in {Mandate.GROUP, Mandate.GROUP_CHAIR}:
            return _("tjänsteområdesgruppen")
        return str(MANDATE_WORDS[mandate]).lower()
    if mandate is Mandate.GROUP_CHAIR:
        return _("ordföranden i %(body)s") % {"body": body.in_sentence()}
    return body.in_sentence()


def open_transitions(process: Process, user: User) -> list[str]:
    """The names of the transitions that lead on from here and that the person may decide.

    Conditions are not asked: a page shows such a transition with what is still missing.
    """
    return [name for name in names_from(process) if may(process, name, user)]


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
    body = body_for(mandate, initiative, process.live_candidacy)
    if body is None:
        return Q(pk__in=[])
    return Q(role__in=ROLES_OF[mandate], body=body)


DIARY_MANDATES = frozenset({Mandate.REGISTRAR, Mandate.OFFICER})
"""The mandates held at the authority that keeps the diary."""

ROLES_OF: dict[Mandate, tuple[str, ...]] = {
    Mandate.LIAISON: (Role.LIAISON,),
    Mandate.REGISTRAR: (Role.REGISTRAR,),
    Mandate.OFFICER: (Role.OFFICER,),
    Mandate.GROUP: (Role.GROUP_CHAIR, Role.GROUP_MEMBER, Role.SECRETARY),
    Mandate.GROUP_CHAIR: (Role.GROUP_CHAIR,),
    Mandate.COMMITTEE: (Role.COMMITTEE_CHAIR, Role.COMMITTEE_MEMBER, Role.SECRETARY),
    Mandate.EXECUTIVE_OFFICE: (Role.EXECUTIVE_OFFICE, Role.CITY_MANAGER),
    Mandate.COUNCIL: (Role.COUNCIL_CHAIR, Role.COUNCIL_MEMBER, Role.SECRETARY),
    Mandate.CITY_COUNCIL: (Role.SECRETARY, Role.BOARD_CHAIR),
}
"""The roles that carry a mandate, where they are held in the right place. Whether a body may
decide now is the meeting's to say."""


def mandates_of(appointment: Appointment) -> frozenset[Mandate]:
    """The mandates that an appointment carries: a secretary holds that of the own body alone."""
    kind = appointment.body.kind if appointment.body else None
    return frozenset(
        mandate
        for mandate, roles in ROLES_OF.items()
        if appointment.role in roles and KIND_OF.get(mandate) == kind
    )


def _sees(process: Process, user: User) -> bool:
    case = process.initiative.case
    return case is None or case.is_open_to(user)


def opens(audience: frozenset[str], row: Appointment) -> bool:
    """Whether the appointment alone lets its holder in; asks nothing of the database."""
    own = tokens_of_appointment(row) | {PUBLIC, person_token(row.user_id)}
    return not audience.isdisjoint(own)


def _pk(authority: Authority | None) -> int | None:
    return authority.pk if authority else None
