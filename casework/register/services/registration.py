# SPDX-License-Identifier: EUPL-1.2
"""Giving a matter its diary number (docs/mechanisms/numbers.md)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.digests import digests_of
from casework.journal.services import Place, lock_chain, log, take_place
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
from casework.register.permissions import require_register, require_registrar
from casework.register.services.changes import save_change
from casework.register.services.projections import open_new_case
from casework.register.state import told_case

_NOT_TYPED = frozenset({"entry", "authority", "service_area", "officer", "merged_into"})


def ensure_series(authority: Authority, code: str = "", name: str = "") -> NumberSeries:
    """The authority's series with that code; the one with the authority's own code unless told."""
    series, _created = NumberSeries.objects.get_or_create(
        code=code or authority.code,
        defaults={"authority": authority, "name": name or f"Diarium {authority.code}"},
    )
    return series


def register_case(
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
    """Register a case under the next number of the series (OSL 5:1, 5:2).

    All checks come first and all that needs no number is prepared; the number is taken by one
    statement right before the rows that carry it, so its lock is held for these only and a
    rollback leaves no gap. The year is the opening year in Europe/Stockholm and never changes.

    Args:
        token: of the sent form; a second sending returns the case of the first, also when the two
            arrive at the same time.

    Raises:
        PermissionDenied: the person does not keep the diary of the series.
        ValidationError: a field is missing, or the date lies ahead.
    """
    require_register(actor, series)
    if token and (earlier := _registered_before(token)):
        return earlier
    now = timezone.now()
    check_date(received_date)
    provision = secrecy_provision.strip()
    case = Case(
        authority_id=series.authority_id,
        case_type=case_type,
        title=title.strip(),
        title_public=title_public.strip(),
        party=party.strip(),
        party_public=party_public.strip(),
        received_date=received_date,
        service_area=service_area,
        officer=officer,
        secrecy_provision=provision,
        secrecy_date=timezone.localdate(now) if provision else None,
        year=timezone.localdate(now).year,
    )
    # Rows that it points to were read a moment ago; to ask for each again costs a statement.
    case.clean_fields(exclude={*_NOT_TYPED, "dnr", "serial"})
    beside = _Beside(
        [row.pk for row in administrations], sorted({user.pk for user in followers}), token
    )
    try:
        with transaction.atomic():
            place = take_place(f"{series.code}/{case.year}")
            case.serial = take_serial(series, case.year)
            case.dnr = format_number(series.code, case.year, case.serial)
            number = RegistryNumber(series.code, None, case.year, case.serial, None)
            return _insert(case, series, number, actor, direction, now, beside, place)
    except IntegrityError:
        twin = _registered_before(token) if token else None
        if twin is None:
            raise
        return twin


@transaction.atomic
def register_historic(
    *,
    series: NumberSeries,
    dnr: str,
    actor: User | None,
    title: str,
    received_date: dt.date,
    administrations: Iterable[Administration] = (),
    **fields: Any,
) -> Case:
    """Enter a case whose number another diary gave out long ago; the serial is not counted.

    Raises:
        PermissionDenied: the person does not keep the diary of the series.
        ValidationError: the text is no registry number, or the series hands out numbers itself.
    """
    require_register(actor, series)
    readings = parse_lenient(dnr)
    if not readings:
        raise ValidationError(_("Det går inte att läsa som ett diarienummer."), code="number")
    if not series.is_historic:
        raise ValidationError(_("Serien delar ut sina nummer själv."), code="series")
    number = readings[0]
    case = Case(
        authority_id=series.authority_id,
        dnr=dnr,
        year=number.year,
        serial=number.serial,
        title=title,
        received_date=received_date,
        **fields,
    )
    case.clean_fields(exclude=_NOT_TYPED)
    beside = _Beside([row.pk for row in administrations], [], None)
    place = take_place(f"{series.code}/{case.year}")
    now = timezone.now()
    return _insert(case, series, number, actor, Direction.ESTABLISHED, now, beside, place)


@transaction.atomic
def add_number(*, case: Case, number: str, actor: User | None) -> CaseNumber:
    """Let a joint case be found under one more number.

    Raises:
        PermissionDenied: the person is not the registrar of the case's authority.
        ValidationError: the text is no registry number, or it is that of another case.
    """
    require_registrar(actor, case)
    readings = parse_lenient(number)
    if not readings:
        raise ValidationError(
            {"number": _("Det går inte att läsa som ett diarienummer.")}, code="number"
        )
    display = number.strip()
    if existing := case.numbers.filter(display=display).first():
        return existing
    other = Case.objects.exclude(pk=case.pk).filter(entry__key=readings[0].key)
    if readings[0].authority and other.exists():
        # Two cases with one number would be two answers to one question (OSL 5:1).
        raise ValidationError(
            {"number": _("Ett annat ärende har det numret. För samman ärendena i stället.")},
            code="taken",
        )
    row = number_row(case, display, readings[0])
    held = list(case.numbers.order_by("pk").values_list("display", flat=True))
    row.save(force_insert=True)
    save_change(
        case=case,
        actor=actor,
        event=events.NUMBER_ADDED,
        before={"numbers": held},
        after={"number": row.display, "numbers": [*held, row.display]},
        rows=digests_of(row),
    )
    return row


@transaction.atomic
def set_followers(*, case: Case, users: Iterable[User], actor: User | None) -> None:
    """Say who follows the matter of the case: they open it, but not its secret records (R25).

    Called by the room whose service asked for the right.
    """
    lock_chain(case.chain)
    before = sorted(case.followers.values_list("user_id", flat=True))
    after = sorted({user.pk for user in users})
    if before == after:
        return
    case.followers.exclude(user__in=after).delete()
    added = sorted(set(after) - set(before))
    CaseFollower.objects.bulk_create([CaseFollower(case=case, user_id=pk) for pk in added])
    save_change(
        case=case,
        actor=actor,
        event=events.FOLLOWERS_SET,
        before={"followers": before},
        after={"followers": after},
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


@dataclass(frozen=True, slots=True)
class _Beside:
    """What is registered with a case, beside its own columns."""

    administrations: list[int]
    followers: list[int]
    token: uuid.UUID | None


def _insert(
    case: Case,
    series: NumberSeries,
    number: RegistryNumber,
    actor: User | None,
    direction: str,
    now: dt.datetime,
    beside: _Beside,
    place: Place,
) -> Case:
    """Write the rows that carry the number, in as few statements as there are tables.

    ``bulk_create`` of one row is the insert and nothing else: no question before it, no signal.
    """
    entry = DiaryEntry(
        authority_id=series.authority_id,
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
    DiaryEntry.objects.bulk_create([entry])
    case.entry = entry
    Case.objects.bulk_create([case])
    row = number_row(case, case.dnr, number)
    CaseNumber.objects.bulk_create([row])
    if beside.administrations:
        through = Case.administrations.through
        through.objects.bulk_create(
            [through(case_id=case.pk, administration_id=pk) for pk in set(beside.administrations)]
        )
    if beside.followers:
        CaseFollower.objects.bulk_create(
            [CaseFollower(case=case, user_id=pk) for pk in beside.followers]
        )
    if beside.token:
        RegistrationToken.objects.bulk_create([RegistrationToken(token=beside.token, case=case)])
    open_new_case(case, beside.administrations, beside.followers)
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
        rows={
            **digests_of(entry, row),
            **told_case(case, set(beside.administrations), beside.followers),
        },
        place=place,
    )
    return case


def number_row(case: Case, display: str, number: RegistryNumber) -> CaseNumber:
    """A number under which the case is found, not yet saved."""
    return CaseNumber(case=case, display=display, key=number.key, loose_key=number.loose_key)
