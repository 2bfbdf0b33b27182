# SPDX-License-Identifier: EUPL-1.2
"""The only writers of appointments."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.services import log
from casework.organisation import events
from casework.organisation.enums import BODY_KINDS_OF_ROLE, SCOPE_OF_ROLE, BodyKind, Role
from casework.organisation.models import Administration, Appointment, Authority, Body, User

DESK_GROUP = "Skrivbordet"
ADMINISTRATOR_GROUP = "Administratörer"
COMMITTEE_SIZE = 5


@transaction.atomic
def appoint(
    user: User,
    role: str,
    scope: Body | Administration | Authority,
    *,
    appointed_by: str,
    actor: User | None = None,
    expertise: str = "",
    valid_from: dt.date | None = None,
    valid_until: dt.date | None = None,
) -> Appointment:
    """Give ``user`` a role in a body, an administration or an authority for a period (R11).

    Raises:
        ValidationError: the role does not belong to that kind of scope, the committee already has
            its five members (R13), or one of them is not a member of the council.
    """
    field = SCOPE_OF_ROLE[role]
    if scope._meta.model_name != field.value:
        raise ValidationError(_("Rollen hör inte hemma där."), code="scope")
    kinds = BODY_KINDS_OF_ROLE.get(role)
    if kinds and isinstance(scope, Body) and scope.kind not in kinds:
        raise ValidationError(_("Rollen hör inte till det organet."), code="scope")
    start = valid_from or timezone.localdate()
    if role == Role.COMMITTEE_MEMBER:
        assert isinstance(scope, Body)
        _check_committee(user, scope, start)
    appointment = Appointment(
        user=user,
        role=role,
        expertise=expertise,
        appointed_by=appointed_by,
        valid_from=start,
        valid_until=valid_until,
        **{field.value: scope},
    )
    appointment.full_clean()
    appointment.save()
    user.groups.add(desk_group())
    if role == Role.ADMINISTRATOR:
        user.groups.add(Group.objects.get_or_create(name=ADMINISTRATOR_GROUP)[0])
    log(
        events.APPOINTED,
        appointment,
        actor=actor,
        after={"user": user.pk, "role": str(role), "scope": str(scope), "by": appointed_by},
    )
    return appointment


@transaction.atomic
def end_appointment(appointment: Appointment, *, on: dt.date, actor: User) -> Appointment:
    """Let an appointment end with the day ``on``; the row stays as history."""
    before = {"valid_until": str(appointment.valid_until or "")}
    appointment.valid_until = on
    appointment.full_clean()
    appointment.save(update_fields=["valid_until"])
    log(
        events.APPOINTMENT_ENDED,
        appointment,
        actor=actor,
        before=before,
        after={"valid_until": str(on)},
    )
    return appointment


@transaction.atomic
def save_configuration(form: Any, *, actor: User) -> Any:
    """Save a validated model form about the city's own data, with what changed in the journal."""
    is_new = form.instance.pk is None
    before = {name: str(form.initial.get(name, "")) for name in form.changed_data}
    instance = form.save()
    log(
        events.ADDED if is_new else events.CHANGED,
        instance,
        actor=actor,
        before={} if is_new else before,
        after={name: str(form.cleaned_data.get(name, "")) for name in form.changed_data},
    )
    return instance


def desk_group() -> Group:
    """The group whose members may open the desk; what they see there is decided by access."""
    group, created = Group.objects.get_or_create(name=DESK_GROUP)
    if created:
        group.permissions.set(
            Permission.objects.filter(
                codename="access_admin", content_type__app_label="wagtailadmin"
            )
        )
    return group


def _check_committee(user: User, committee: Body, day: dt.date) -> None:
    """R13: exactly five members, all of them members of the development council."""
    seated = Appointment.objects.in_force(day).filter(body=committee, role=Role.COMMITTEE_MEMBER)
    if seated.exclude(user=user).count() >= COMMITTEE_SIZE:
        raise ValidationError(_("Utskottet har redan sina fem ledamöter."), code="full")
    in_council = Appointment.objects.in_force(day).filter(
        user=user,
        role=Role.COUNCIL_MEMBER,
        body__kind=BodyKind.DEVELOPMENT_COUNCIL,
    )
    if not in_council.exists():
        raise ValidationError(
            _("Den som sitter i utskottet ska vara ledamot i utvecklingsrådet."), code="council"
        )
