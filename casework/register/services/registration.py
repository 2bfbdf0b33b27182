# SPDX-License-Identifier: EUPL-1.2
"""Giving a matter its diary number (DESIGN decision 1)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.services import log
from casework.organisation.models import Administration, Authority, ServiceArea, User
from casework.register import events
from casework.register.enums import CaseType, Direction
from casework.register.models import (
    Case,
    CaseFollower,
    CaseNumber,
    DiaryEntry,
    NumberSeries,
    RegistrationToken,
)
from casework.register.numbers import RegistryNumber, format_number, parse_lenient
from casework.register.services.projections import save_change, sync


def ensure_series(authority: Authority, code: str = "", name: str = "") -> NumberSeries:
    """The authority's series with that code; the one with the authority's own code unless told."""
    series, _created = NumberSeries.objects.get_or_create(
        code=code or authority.code,
        defaults={"authority": authority, "name": name or f"Diarium {authority.code}"},
    )
    return series


def register_case(
    *, series: NumberSeries, actor: User | None, token: uuid.UUID | None = None, **fields: Any
) -> Case:
    """Register a case under the next number of the series; see :func:`_register_case`.

    Args:
        token: of the sent form; a second sending returns the case of the first, also when the two
            arrive at the same time.
    """
    try:
        with transaction.atomic():
            return _register_case(series=series, actor=actor, token=token, **fields)
    except IntegrityError:
        earlier = _registered_before(token) if token else None
        if earlier is None:
            raise
        return earlier


def _register_case(
    *,
    series: NumberSeries,
    actor: User | None,
    title: str,
    received_date: dt.date,
    case_type: str = CaseType.OTHER,
    party: str = "",
    title_public: str = "",
    party_public: str = "",
    service_area: ServiceArea | None = None,
    officer: User | None = None,
    followers: Iterable[User] = (),
    administrations: Iterable[Administration] = (),
    secrecy_provision: str = "",
    direction: str = Direction.INCOMING,
    token: uuid.UUID | None = None,
) -> Case:
    """Register a case under the next number of the series.

    All checks come first; the number is taken by one statement right before the rows that carry
    it, so its lock is held for these only and a rollback leaves no gap. The year is the opening
    year in Europe/Stockholm and never changes.

    Raises:
        ValidationError: a field is missing, or the date lies ahead.
    """
    if token and (earlier := _registered_before(token)):
        return earlier
    now = timezone.now()
    check_date(received_date)
    case = Case(
        authority=series.authority,
        case_type=case_type,
        title=title.strip(),
        title_public=title_public.strip(),
        party=party.strip(),
        party_public=party_public.strip(),
        received_date=received_date,
        service_area=service_area,
        officer=officer,
        secrecy_provision=secrecy_provision.strip(),
        secrecy_date=timezone.localdate() if secrecy_provision.strip() else None,
        year=timezone.localdate(now).year,
    )
    case.clean_fields(exclude=["entry", "dnr", "serial"])
    case.serial = take_serial(series, case.year)
    number = RegistryNumber(series.code, None, case.year, case.serial, None)
    case.dnr = format_number(series.code, case.year, case.serial)
    return _insert(case, series, number, actor, direction, now, administrations, token, followers)


@transaction.atomic
def register_historic(
    *,
    series: NumberSeries,
    dnr: str,
    actor: User | None,
    title: str,
    received_date: dt.date,
    **fields: Any,
) -> Case:
    """Enter a case whose number another diary gave out long ago; the serial is not counted.

    Raises:
        ValidationError: the text is no registry number, or the series hands out numbers itself.
    """
    readings = parse_lenient(dnr)
    if not readings:
        raise ValidationError(_("Det går inte att läsa som ett diarienummer."), code="number")
    if not series.is_historic:
        raise ValidationError(_("Serien delar ut sina nummer själv."), code="series")
    number = readings[0]
    administrations = fields.pop("administrations", ())
    case = Case(
        authority=series.authority,
        dnr=dnr,
        year=number.year,
        serial=number.serial,
        title=title,
        received_date=received_date,
        **fields,
    )
    case.clean_fields(exclude=["entry"])
    return _insert(
        case,
        series,
        number,
        actor,
        Direction.ESTABLISHED,
        timezone.now(),
        administrations,
        None,
        (),
    )


@transaction.atomic
def add_number(*, case: Case, number: str, actor: User) -> CaseNumber:
    """Let a joint case be found under one more number.

    Raises:
        ValidationError: the text is no registry number.
    """
    readings = parse_lenient(number)
    if not readings:
        raise ValidationError(_("Det går inte att läsa som ett diarienummer."), code="number")
    row = _insert_number(case, number.strip(), readings[0])
    log(
        events.NUMBER_ADDED,
        case,
        actor=actor,
        after={"number": row.display},
    )
    sync(case)
    return row


@transaction.atomic
def set_followers(*, case: Case, users: Iterable[User], actor: User | None) -> None:
    """Say who follows the matter of the case: they open it, but not its secret records (R25)."""
    before = sorted(case.followers.values_list("user_id", flat=True))
    _write_followers(case, users)
    after = sorted(case.followers.values_list("user_id", flat=True))
    if before != after:
        log(
            events.FOLLOWERS_SET,
            case,
            actor=actor,
            before={"followers": before},
            after={"followers": after},
        )
        save_change(case)


def _write_followers(case: Case, users: Iterable[User]) -> None:
    wanted = {user.pk for user in users}
    case.followers.exclude(user__in=wanted).delete()
    CaseFollower.objects.bulk_create(
        [CaseFollower(case=case, user_id=pk) for pk in sorted(wanted)], ignore_conflicts=True
    )


def take_serial(series: NumberSeries, year: int) -> int:
    """The next serial: one statement, whose row lock lasts until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO register_seriescounter (series_id, year, last_serial) VALUES (%s, %s, 1) "
            "ON CONFLICT (series_id, year) "
            "DO UPDATE SET last_serial = register_seriescounter.last_serial + 1 "
            "RETURNING last_serial",
            [series.pk, year],
        )
        (serial,) = cursor.fetchone()
    return serial


def check_date(received_date: dt.date) -> None:
    """Raises ValidationError when the day something was received lies ahead or is absurd."""
    if received_date > timezone.localdate():
        raise ValidationError(
            {"received_date": _("Datumet ligger i framtiden. Ange dagen då det kom in.")}
        )
    if received_date.year < 1900:
        raise ValidationError({"received_date": _("Ange ett datum efter år 1900.")})


def _registered_before(token: uuid.UUID) -> Case | None:
    row = RegistrationToken.objects.select_related("case").filter(token=token).first()
    return row.case if row else None


def _insert(
    case: Case,
    series: NumberSeries,
    number: RegistryNumber,
    actor: User | None,
    direction: str,
    now: dt.datetime,
    administrations: Iterable[Administration],
    token: uuid.UUID | None,
    followers: Iterable[User],
) -> Case:
    case.entry = DiaryEntry.objects.create(
        authority=series.authority,
        series=series,
        year=case.year,
        serial=case.serial,
        dnr=case.dnr,
        key=number.key,
        direction=direction,
        received_date=case.received_date,
        registered_at=now,
        registered_by=actor,
        title=case.title,
        party=case.party,
    )
    case.save(force_insert=True)
    if administrations := list(administrations):
        case.administrations.set(administrations)
    _write_followers(case, followers)
    _insert_number(case, case.dnr, number)
    if token:
        RegistrationToken.objects.create(token=token, case=case)
    log(
        events.CASE_REGISTERED,
        case,
        actor=actor,
        after={
            "dnr": case.dnr,
            "entry": case.entry_id,
            "received_date": case.received_date.isoformat(),
            "title": case.title,
            "party": case.party,
        },
    )
    sync(case)
    return case


def _insert_number(case: Case, display: str, number: RegistryNumber) -> CaseNumber:
    row, _created = CaseNumber.objects.get_or_create(
        case=case,
        display=display,
        defaults={"key": number.key, "loose_key": number.loose_key},
    )
    return row
