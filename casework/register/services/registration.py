# SPDX-License-Identifier: EUPL-1.2
"""Giving a matter its diary number (docs/mechanisms/numbers.md)."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Sequence
from typing import Any, NotRequired, TypedDict

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.digests import digests_of
from casework.journal.inserting import committed_with_last, keys_in, keys_of, send_with_last
from casework.journal.services import Place, lock_chain, take_place, take_place_and
from casework.organisation.models import Administration, Authority, ServiceArea, Unit, User
from casework.register import events
from casework.register.enums import CaseType, Direction
from casework.register.models import (
    Case,
    CaseFollower,
    CaseNumber,
    ClassCode,
    DiaryEntry,
    NumberSeries,
    Record,
)
from casework.register.numbers import RegistryNumber, format_number, parse_lenient
from casework.register.permissions import require_register, require_registrar
from casework.register.selectors import registered_before
from casework.register.services.changes import save_change
from casework.register.services.new_cases import NewCase, insert_cases, number_row

_NOT_TYPED = frozenset(
    {"entry", "authority", "service_area", "officer", "unit", "class_code", "merged_into"}
)


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
    unit: Unit | None = None,
    class_code: ClassCode | None = None,
    due_on: dt.date | None = None,
    followers: Iterable[User] = (),
    administrations: Iterable[Administration] = (),
    secrecy_provision: str = "",
    secrecy_note: str = "",
    secrecy_authority: str = "",
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
    if token and (earlier := registered_before(token)):
        return earlier
    new = prepared(
        series, actor, timezone.now(), followers=followers, administrations=administrations,
        direction=direction, token=token, title=title, received_date=received_date,
        case_type=case_type, party=party, title_public=title_public, party_public=party_public,
        service_area=service_area, officer=officer, unit=unit, class_code=class_code,
        due_on=due_on, secrecy_provision=secrecy_provision, secrecy_note=secrecy_note,
        secrecy_authority=secrecy_authority,
    )  # fmt: skip
    try:
        with committed_with_last():
            place, _entries = give_numbers([new])
            insert_cases([new], place)
    except IntegrityError:
        twin = registered_before(token) if token else None
        if twin is None:
            raise
        return twin
    return new.case


class CaseFields(TypedDict):
    """What is said of a case when it is registered; see :func:`register_case`."""

    title: str
    received_date: dt.date
    case_type: NotRequired[str]
    party: NotRequired[str]
    title_public: NotRequired[str]
    party_public: NotRequired[str]
    service_area: NotRequired[ServiceArea | None]
    officer: NotRequired[User | None]
    unit: NotRequired[Unit | None]
    class_code: NotRequired[ClassCode | None]
    due_on: NotRequired[dt.date | None]
    followers: NotRequired[Iterable[User]]
    administrations: NotRequired[Iterable[Administration]]
    secrecy_provision: NotRequired[str]
    secrecy_note: NotRequired[str]
    secrecy_authority: NotRequired[str]
    direction: NotRequired[str]


def register_cases(
    *, series: NumberSeries, actor: User | None, drafts: Iterable[CaseFields]
) -> list[Case]:
    """Register many cases under the next numbers of the series, as if one after the other.

    Each gets what :func:`register_case` gives, by as few statements as one. The series' lock is
    held for all of them, so a caller who has thousands comes several times.

    Raises:
        PermissionDenied: the person does not keep the diary of the series.
        ValidationError: a field is missing, or a date lies ahead; none is registered then.
    """
    require_register(actor, series)
    now = timezone.now()
    news = [prepared(series, actor, now, **draft) for draft in drafts]
    if news:
        with committed_with_last():
            place, _entries = give_numbers(news)
            insert_cases(news, place)
    return [new.case for new in news]


def prepared(
    series: NumberSeries,
    actor: User | None,
    now: dt.datetime,
    *,
    title: str,
    received_date: dt.date,
    case_type: str = CaseType.OTHER,
    party: str = "",
    title_public: str = "",
    party_public: str = "",
    service_area: ServiceArea | None = None,
    officer: User | None = None,
    unit: Unit | None = None,
    class_code: ClassCode | None = None,
    due_on: dt.date | None = None,
    followers: Iterable[User] = (),
    administrations: Iterable[Administration] = (),
    secrecy_provision: str = "",
    secrecy_note: str = "",
    secrecy_authority: str = "",
    direction: str = Direction.INCOMING,
    token: uuid.UUID | None = None,
) -> NewCase:
    """A checked case without its number."""
    check_date(received_date)
    provision = secrecy_provision.strip()
    if provision:
        checked_provision(provision, "secrecy_provision")
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
        unit=unit,
        class_code=class_code,
        due_on=due_on,
        secrecy_provision=provision,
        secrecy_note=secrecy_note.strip() if provision else "",
        secrecy_authority=secrecy_authority.strip() if provision else "",
        secrecy_date=timezone.localdate(now) if provision else None,
        year=timezone.localdate(now).year,
    )
    # Rows that it points to were read a moment ago; to ask for each again costs a statement.
    case.clean_fields(exclude={*_NOT_TYPED, "dnr", "serial"})
    return NewCase(
        case,
        series,
        actor,
        registered_at=now,
        direction=direction,
        administrations=sorted({row.pk for row in administrations}),
        followers=sorted({user.pk for user in followers}),
        token=token,
    )


def give_numbers(
    news: Sequence[NewCase], records: Sequence[Record] = ()
) -> tuple[Place, list[int]]:
    """Take the numbers right before the rows that carry them, and the rows' keys with them.

    Args:
        news: all of one series and one year.
        records: that are registered with them, each with an entry of the journal of its own.

    Returns the chain's place and the keys of the records' entries.
    """
    series, year = news[0].series, news[0].case.year
    count, lines = len(news), len(news) + len(records)
    wanted: list[tuple[type[models.Model], int]] = [
        (DiaryEntry, lines), (Case, count), (CaseNumber, count), (Record, len(records)),
    ]  # fmt: skip
    place, (last, *keys) = take_place_and(
        f"{series.code}/{year}", [(_LAST_SERIAL, [series.pk, year]), *keys_of(wanted)]
    )
    first = (last or 0) + 1
    send_with_last((_SET_SERIAL, [series.pk, year, first + count - 1]))
    entries, cases, numbers, rest = keys_in(keys, wanted)
    for record, key in zip(records, rest, strict=True):
        record.pk = key
    for serial, (new, *own) in enumerate(zip(news, entries, cases, numbers, strict=False), first):
        new.give_keys(*own)
        new.give_number(
            RegistryNumber(series.code, None, year, serial, None),
            format_number(series.code, year, serial),
        )
    return place, entries[count:]


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
    new = NewCase(
        case,
        series,
        actor,
        registered_at=timezone.now(),
        direction=Direction.ESTABLISHED,
        administrations=sorted({row.pk for row in administrations}),
    )
    new.give_number(number, dnr)
    place = take_place(f"{series.code}/{case.year}")
    insert_cases([new], place)
    return case


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


_LAST_SERIAL = "(SELECT last_serial FROM register_seriescounter WHERE series_id = %s AND year = %s)"
_SET_SERIAL = (
    "INSERT INTO register_seriescounter (series_id, year, last_serial) VALUES (%s, %s, %s) "
    "ON CONFLICT (series_id, year) DO UPDATE SET last_serial = excluded.last_serial"
)
"""Both under the lock of the series' chain, whose key they share."""


CHAPTER_AND_SECTION = re.compile(r"\d+\s*(?::|kap)\D*\d+")


def checked_provision(text: str, field: str = "provision") -> str:
    """A provision as it is written: a law with chapter and section, in any spelling (OSL 5:5).

    Raises:
        ValidationError: it names neither, so nobody could look it up.
    """
    provision = text.strip()
    if not CHAPTER_AND_SECTION.search(provision):
        raise ValidationError(
            {field: _("Ange bestämmelsen med kapitel och paragraf, till exempel OSL 18:8.")}
        )
    return provision


def check_date(received_date: dt.date) -> None:
    """Raises ValidationError when the day something was received lies ahead or is absurd."""
    if received_date > timezone.localdate():
        raise ValidationError(
            {"received_date": _("Datumet ligger i framtiden. Ange dagen då det kom in.")}
        )
    if received_date.year < 1900:
        raise ValidationError({"received_date": _("Ange ett datum efter år 1900.")})
