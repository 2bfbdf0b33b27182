# SPDX-License-Identifier: EUPL-1.2
"""Appointing, changing and ending: one set of rules for all three (R11–R14, R16)."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.digests import digests_of
from casework.journal.services import log
from casework.organisation import events
from casework.organisation.enums import (
    APPOINTER_OF_ROLE,
    BODY_KINDS_OF_ROLE,
    COMMITTEE_SEATS,
    SCOPE_OF_ROLE,
    Expertise,
    Role,
)
from casework.organisation.models import Administration, Appointment, Authority, Body, User
from casework.organisation.permissions import require_administrator
from casework.organisation.selectors import forget_appointments
from casework.organisation.services.committee import (
    FOREVER,
    check_committee,
    check_council_seat_is_free,
)

DESK_GROUP = "desk"
ADMINISTRATOR_GROUP = "administrators"


@transaction.atomic
def appoint(
    *,
    user: User,
    role: str,
    scope: Body | Administration | Authority,
    actor: User | None,
    appointer: User | None = None,
    reference: str = "",
    expertise: str = "",
    valid_from: dt.date | None = None,
    valid_until: dt.date | None = None,
) -> Appointment:
    """Give a person a role in a body, an administration or an authority for a period (R11).

    Args:
        appointer: who decided it; for the model's bodies stadsdirektören or the council's chair.
        actor: who notes it; nobody when the software sets up a city.
        valid_from: today unless told.

    Raises:
        PermissionDenied: only the administrator notes appointments.
        ValidationError: one of the rules does not hold; the message stands at its field. Nobody
            appoints herself, and no appointment begins before the day on which it is noted.
    """
    require_administrator(actor)
    field = SCOPE_OF_ROLE[role]
    if scope._meta.model_name != field.value:
        raise ValidationError(
            {field.value: _("Den rollen hör till %(what)s. Välj en sådan.") % {"what": field.label}}
        )
    appointment = Appointment(
        user=user,
        role=role,
        expertise=expertise,
        appointer=appointer,
        appointed_on=timezone.localdate(),
        reference=reference.strip(),
        valid_from=valid_from or timezone.localdate(),
        valid_until=valid_until,
        **{field.value: scope},
    )
    if actor is not None:
        _check_hand(user, actor)
        _check_not_backdated(appointment.valid_from)
    _check(appointment, by_software=actor is None)
    appointment.save()
    _open_desk(user, role)
    forget_appointments(user)
    log(
        events.APPOINTED,
        appointment,
        actor=actor,
        after=_told(appointment),
        rows=digests_of(appointment),
    )
    return appointment


@transaction.atomic
def change_appointment(
    *,
    appointment: Appointment,
    actor: User | None,
    expertise: str | None = None,
    appointer: User | None = None,
    reference: str | None = None,
    valid_from: dt.date | None = None,
    valid_until: dt.date | None = None,
) -> Appointment:
    """Change an appointment's period, expertise or appointer; by the same rules.

    Another person, role or place is another appointment: end this one and appoint anew.

    Raises:
        PermissionDenied: only the administrator.
        ValidationError: one of the rules does not hold; the message stands at its field.
    """
    require_administrator(actor)
    row = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    _check_not_taken_back(row)
    before = _told(row)
    if actor is not None:
        _check_hand(row.user, actor)
        if valid_from is not None and valid_from < row.valid_from:
            _check_not_backdated(valid_from)
        _check_not_revived(row, valid_until)
    if expertise is not None:
        row.expertise = expertise
    if appointer is not None:
        row.appointer = appointer
    if reference is not None:
        row.reference = reference.strip()
    row.valid_from = valid_from or row.valid_from
    row.valid_until = valid_until
    _check(row, by_software=actor is None)
    check_council_seat_is_free(row)
    if actor is not None:
        _check_somebody_administers(row)
    row.save()
    forget_appointments(row.user)
    log(
        events.APPOINTMENT_CHANGED,
        row,
        actor=actor,
        before=before,
        after=_told(row),
        rows=digests_of(row),
    )
    return row


@transaction.atomic
def end_appointment(*, appointment: Appointment, on: dt.date, actor: User | None) -> Appointment:
    """Let an appointment end with the day ``on``; the row stays as history.

    Raises:
        PermissionDenied: only the administrator.
        ValidationError: it has not begun by then, it ends sooner already, or a seat in the
            committee needs it.
    """
    require_administrator(actor)
    row = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    _check_not_taken_back(row)
    if row.valid_until == on:
        return row
    before = _told(row)
    if row.valid_until is not None and on > row.valid_until:
        raise ValidationError(
            {
                "valid_until": _("Uppdraget slutar redan %(day)s. Det kan inte avslutas senare.")
                % {"day": row.valid_until.isoformat()}
            }
        )
    if on < row.valid_from and row.valid_from > timezone.localdate():
        raise ValidationError(
            {
                "valid_until": _("Uppdraget börjar först %(day)s. Ta tillbaka det i stället.")
                % {"day": row.valid_from.isoformat()}
            }
        )
    if on < row.valid_from - dt.timedelta(days=1):
        raise ValidationError(
            {"valid_until": _("Uppdraget började %(day)s.") % {"day": row.valid_from.isoformat()}}
        )
    if on < row.valid_from:
        row.valid_from = on
    row.valid_until = on
    check_council_seat_is_free(row)
    if actor is not None:
        _check_somebody_administers(row)
    row.save(update_fields=["valid_from", "valid_until"])
    forget_appointments(row.user)
    log(
        events.APPOINTMENT_ENDED,
        row,
        actor=actor,
        before=before,
        after=_told(row),
        rows=digests_of(row),
    )
    return row


@transaction.atomic
def take_back_appointment(*, appointment: Appointment, reason: str, actor: User) -> Appointment:
    """Take back an appointment before it begins; the row stays, and never counts.

    It has no day on which it held, so it cannot end: an end would say that somebody sat then.

    Raises:
        PermissionDenied: only the administrator.
        ValidationError: it has begun, there is no reason, or a seat in the committee needs it.
    """
    require_administrator(actor)
    row = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if row.taken_back_on is not None:
        return row
    if row.valid_from <= timezone.localdate():
        raise ValidationError(
            _("Uppdraget började %(day)s. Avsluta det i stället.")
            % {"day": row.valid_from.isoformat()}
        )
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv varför uppdraget tas tillbaka.")})
    row.taken_back_on = timezone.localdate()
    check_council_seat_is_free(row)
    _check_somebody_administers(row)
    row.save(update_fields=["taken_back_on"])
    forget_appointments(row.user)
    log(
        events.APPOINTMENT_TAKEN_BACK,
        row,
        actor=actor,
        after=_told(row) | {"taken_back_on": row.taken_back_on.isoformat()},
        reason=reason.strip(),
        rows=digests_of(row),
    )
    return row


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


def _open_desk(user: User, role: str) -> None:
    user.groups.add(desk_group())
    if role == Role.ADMINISTRATOR:
        user.groups.add(Group.objects.get_or_create(name=ADMINISTRATOR_GROUP)[0])


def _check_hand(user: User, actor: User) -> None:
    """Nobody gives herself a role, nor lengthens one."""
    if user == actor:
        raise ValidationError(
            {"user": _("Du kan inte ge dig själv ett uppdrag. Be en annan administratör.")}
        )


def _check_not_backdated(day: dt.date) -> None:
    """A role opens secret cases, so it begins no earlier than the day on which it is noted."""
    if day < timezone.localdate():
        raise ValidationError({"valid_from": _("Uppdraget kan börja tidigast i dag.")})


def _check_not_taken_back(row: Appointment) -> None:
    if row.taken_back_on is not None:
        raise ValidationError(
            _("Uppdraget togs tillbaka %(day)s. Inför ett nytt uppdrag i stället.")
            % {"day": row.taken_back_on.isoformat()}
        )


def _check_not_revived(row: Appointment, until: dt.date | None) -> None:
    """What has ended stays ended: who sat on the days since then is history."""
    if row.valid_until is None or row.valid_until >= timezone.localdate():
        return
    if until is None or until > row.valid_until:
        raise ValidationError(
            {
                "valid_until": _("Uppdraget slutade %(day)s. Inför ett nytt uppdrag i stället.")
                % {"day": row.valid_until.isoformat()}
            }
        )


def _check_is_new(row: Appointment) -> None:
    """A person has a role in a place once at a time, also when the form is sent twice."""
    same = {
        name: getattr(row, name)
        for name in ("user", "role", "body", "administration", "authority", "expertise")
    }
    others = Appointment.objects.overlapping(row.valid_from, row.valid_until).filter(**same)
    if other := others.exclude(pk=row.pk).first():
        raise ValidationError(
            {
                "user": _("%(name)s har redan det uppdraget, från %(day)s.")
                % {"name": row.user, "day": other.valid_from.isoformat()}
            }
        )


def _check(row: Appointment, *, by_software: bool) -> None:
    """All rules, each with its sentence at its field."""
    if row.valid_until is not None and row.valid_until < row.valid_from:
        raise ValidationError({"valid_until": _("Uppdraget kan inte sluta innan det börjar.")})
    kinds = BODY_KINDS_OF_ROLE.get(row.role)
    if row.body is not None:
        if kinds and row.body.kind not in kinds:
            raise ValidationError({"body": _("Rollen finns inte i det organet.")})
        if row.body.valid_until is not None and (
            (row.valid_until or FOREVER) > row.body.valid_until
        ):
            raise ValidationError(
                {
                    "body": _("%(body)s upphörde %(day)s. Uppdraget kan inte gälla längre.")
                    % {"body": row.body, "day": row.body.valid_until.isoformat()}
                }
            )
    if row.role == Role.EXPERT and row.expertise == Expertise.NONE:
        raise ValidationError({"expertise": _("Välj vilken sakkunskap den sakkunniga har.")})
    _check_appointer(row, by_software=by_software)
    if not by_software:
        _check_is_new(row)
    if row.role in COMMITTEE_SEATS:
        check_committee(row)
    row.full_clean()


def _check_appointer(row: Appointment, *, by_software: bool) -> None:
    """R11, R14: stadsdirektören appoints to the groups and the council, its chair the committee."""
    role = APPOINTER_OF_ROLE.get(row.role)
    if role is None or (by_software and row.appointer is None):
        return
    if row.appointer is None:
        raise ValidationError(
            {"appointer": _("Ange vem som har utsett: %(who)s.") % {"who": _in_sentence(role)}}
        )
    holds = Appointment.objects.in_force(row.appointed_on).filter(user=row.appointer, role=role)
    if not holds.exists():
        raise ValidationError(
            {
                "appointer": _("%(name)s är inte %(who)s. Till den här rollen utser %(who)s.")
                % {"name": row.appointer, "who": _in_sentence(role)}
            }
        )


def _in_sentence(role: Role) -> str:
    if role is Role.CITY_MANAGER:
        return _("stadsdirektören")
    return _("utvecklingsrådets ordförande")


def _check_somebody_administers(row: Appointment) -> None:
    """The last administrator does not end her own: nobody could appoint the next one."""
    taken_back = row.taken_back_on is not None
    if row.role != Role.ADMINISTRATOR or (row.valid_until is None and not taken_back):
        return
    last = row.valid_from if taken_back else row.valid_until
    assert last is not None
    others = Appointment.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True)
    others = others.exclude(pk=row.pk).overlapping(last + dt.timedelta(days=1), None)
    if not others.exists():
        raise ValidationError(
            {
                "valid_until": _(
                    "Staden skulle stå utan administratör efter den dagen. Utse en till först."
                )
            }
        )


def _told(row: Appointment) -> dict[str, str | int | None]:
    return {
        "user": str(row.user),
        "user_id": row.user_id,
        "role": str(row.get_role_display()),
        "role_code": row.role,
        "scope": str(row.scope),
        "expertise": row.expertise,
        "appointer": row.appointer_id,
        "reference": row.reference,
        "valid_from": row.valid_from.isoformat(),
        "valid_until": row.valid_until.isoformat() if row.valid_until else None,
    }
