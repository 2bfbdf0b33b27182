# SPDX-License-Identifier: EUPL-1.2
"""Seats in the committee, and the seats in the council that they rest on (R13)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.organisation.enums import (
    COMMITTEE_SEATS,
    COMMITTEE_SIZE,
    COUNCIL_SEATS,
    BodyKind,
)
from casework.organisation.models import Appointment, User

FOREVER = dt.date(9999, 12, 31)


def check_committee(row: Appointment) -> None:
    """R13: never more than five on any day, and each a seat in the council the whole time."""
    end = row.valid_until or FOREVER
    others = (
        Appointment.objects.standing()
        .filter(body=row.body, role__in=COMMITTEE_SEATS)
        .filter(Q(valid_until=None) | Q(valid_until__gte=row.valid_from), valid_from__lte=end)
        .exclude(pk=row.pk)
        .exclude(user=row.user)
    )
    periods = list(others.values_list("user", "valid_from", "valid_until"))
    days = {row.valid_from, *(start for _user, start, _end in periods if start > row.valid_from)}
    for day in days:
        seated = {user for user, start, until in periods if start <= day <= (until or FOREVER)}
        if len(seated) >= COMMITTEE_SIZE:
            raise ValidationError(
                {
                    "valid_from": _(
                        "Utskottet har redan sina fem ledamöter den %(day)s. Avsluta först ett "
                        "av uppdragen."
                    )
                    % {"day": day.isoformat()}
                }
            )
    if not sits_throughout(row.user, row.valid_from, end):
        raise ValidationError(
            {
                "user": _(
                    "Den som sitter i utskottet ska vara ledamot i utvecklingsrådet under hela "
                    "tiden."
                )
            }
        )


def sits_throughout(
    user: User, start: dt.date, end: dt.date, without: Appointment | None = None
) -> bool:
    """Whether the person's seats in the council cover a period without a gap."""
    seats = Appointment.objects.standing().filter(
        user=user, role__in=COUNCIL_SEATS, body__kind=BodyKind.DEVELOPMENT_COUNCIL
    )
    if without is not None:
        seats = seats.exclude(pk=without.pk)
    periods = [(row.valid_from, row.valid_until or FOREVER) for row in seats.order_by("valid_from")]
    if without is not None and without.taken_back_on is None:
        periods.append((without.valid_from, without.valid_until or FOREVER))
        periods.sort()
    reached = start
    for begins, ends in periods:
        if begins > reached:
            break
        if ends >= end:
            return True
        if ends >= reached:
            reached = ends + dt.timedelta(days=1)
    return False


def check_council_seat_is_free(row: Appointment) -> None:
    """A council seat is not shortened or taken back while a committee seat rests on it (R13)."""
    if row.role not in COUNCIL_SEATS:
        return
    needing = Appointment.objects.standing().filter(user=row.user, role__in=COMMITTEE_SEATS)
    for seat in needing.select_related("body"):
        end = seat.valid_until or FOREVER
        if end < timezone.localdate():
            continue
        start = max(seat.valid_from, timezone.localdate())
        if not sits_throughout(row.user, start, end, without=row):
            raise ValidationError(
                {
                    "valid_until": _(
                        "%(name)s sitter i %(body)s och måste då vara ledamot i "
                        "utvecklingsrådet. Avsluta först det uppdraget."
                    )
                    % {"name": row.user, "body": seat.body.in_sentence() if seat.body else ""}
                }
            )
