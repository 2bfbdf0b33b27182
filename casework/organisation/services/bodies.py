# SPDX-License-Identifier: EUPL-1.2
"""A body ceases, and the appointments in it with it (R16)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.digests import digests_of
from casework.journal.services import log
from casework.organisation import events
from casework.organisation.enums import COMMITTEE_SEATS, COUNCIL_SEATS, BodyKind
from casework.organisation.models import Appointment, Body, User
from casework.organisation.permissions import require_administrator
from casework.organisation.services.committee import sits_throughout


@transaction.atomic
def end_body(*, body: Body, on: dt.date, actor: User | None, reason: str = "") -> Body:
    """Let a body cease after the day ``on``; the rows stay as history.

    Raises:
        PermissionDenied: only the administrator.
        ValidationError: it would end before it began, it ceases sooner already, an appointment in
            it begins later, or seats in the committee need their seats in the council longer (R13).
    """
    require_administrator(actor)
    row = Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    if on < row.valid_from:
        raise ValidationError({"valid_until": _("Organet kan inte upphöra innan det börjar.")})
    if row.valid_until == on:
        return row
    if row.valid_until is not None and on > row.valid_until:
        raise ValidationError(
            {
                "valid_until": _(
                    "%(body)s upphör redan %(day)s. Lägg upp ett nytt organ i stället."
                )
                % {"body": row.name, "day": row.valid_until.isoformat()}
            }
        )
    standing = row.appointments.filter(taken_back_on=None)
    later = standing.filter(valid_from__gt=on).select_related("user")
    if names := _names(later):
        raise ValidationError(
            {
                "valid_until": _(
                    "Uppdrag börjar efter den dagen: %(names)s. Ta tillbaka dem först."
                )
                % {"names": names}
            }
        )
    before = {"valid_until": row.valid_until.isoformat() if row.valid_until else None}
    row.valid_until = on
    row.save(update_fields=["valid_until"])
    lasting = standing.filter(Q(valid_until=None) | Q(valid_until__gt=on))
    ended = sorted(lasting.values_list("pk", flat=True))
    lasting.update(valid_until=on)
    for appointment in row.appointments.filter(pk__in=ended).select_related("user"):
        log(
            events.APPOINTMENT_ENDED,
            appointment,
            actor=actor,
            after={
                "user": str(appointment.user),
                "user_id": appointment.user_id,
                "role": str(appointment.get_role_display()),
                "role_code": appointment.role,
                "body": row.name,
                "valid_until": on.isoformat(),
            },
            rows=digests_of(appointment),
        )
    if row.kind == BodyKind.DEVELOPMENT_COUNCIL:
        _check_committee_keeps_council(row)
    log(
        events.BODY_ENDED,
        row,
        actor=actor,
        before=before,
        after={"name": row.name, "valid_until": on.isoformat(), "appointments": ended},
        reason=reason,
    )
    return row


def _check_committee_keeps_council(council: Body) -> None:
    """R13, with the council ended: each committee seat still rests on a council seat."""
    today = timezone.localdate()
    former = Appointment.objects.filter(body=council, role__in=COUNCIL_SEATS)
    seats = (
        Appointment.objects.filter(role__in=COMMITTEE_SEATS, user__in=former.values("user"))
        .overlapping(today, None)
        .select_related("user")
    )
    lost = [
        seat
        for seat in seats
        if not sits_throughout(
            seat.user, max(seat.valid_from, today), seat.valid_until or dt.date(9999, 12, 31)
        )
    ]
    if lost:
        raise ValidationError(
            {
                "valid_until": _(
                    "Den som sitter i utskottet ska vara ledamot i utvecklingsrådet. Avsluta "
                    "först uppdraget i utskottet för %(names)s."
                )
                % {"names": _names(lost)}
            }
        )


def _names(rows: list[Appointment] | models.QuerySet[Appointment]) -> str:
    return ", ".join(sorted({str(row.user) for row in rows}))
