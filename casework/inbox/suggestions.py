# SPDX-License-Identifier: EUPL-1.2
"""Which case an item may belong to, and why; what it asks for: a suggestion, never a right.

Anybody can write a number in a mail. So nothing is filed by it: it puts a case in front of a
person, who is told whether the sender is known to that case. Only cases that the person may see are
named, with the internal face.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.inbox.enums import ItemState
from casework.inbox.models import InboxItem
from casework.organisation.models import User
from casework.register.models import Case, CaseNumber
from casework.register.models.cases import CaseQuerySet
from casework.register.numbers import (
    RegistryNumber,
    find_in_text,
    format_number,
    parse_lenient,
)

MOST = 3
SENDER_KNOWN = dt.timedelta(days=3 * 365)
"""So long what a sender wrote in before says something of what they write now."""
_READ_OF_TEXT = 20_000
_MOST_NUMBERS = 20

IN_TITLE = _("Numret i ämnet")
IN_TEXT = _("Numret i texten")
SAME_SENDER = _("Samma avsändare")
SIMILAR = _("Liknande innehåll")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A case, why it is suggested, and whether the sender is known to it."""

    case: Case
    why: tuple[str | Promise, ...]
    is_known_sender: bool


def suggested_cases(
    user: User, item: InboxItem, alike: Callable[[], Iterable[int]] = tuple
) -> list[Suggestion]:
    """The cases that the item may belong to, the likeliest first; open ones before closed.

    Args:
        user: who sorts; only what they see is suggested.
        alike: asked for the keys of cases that a search finds alike, the most alike first, where
            neither a number nor a sender speaks for any.
    """
    rows = []
    for case in _spoken_for(user, item):
        why: list[str | Promise] = []
        if case.is_in_title:
            why.append(IN_TITLE)
        elif case.is_in_text:
            why.append(IN_TEXT)
        if case.is_of_sender:
            why.append(SAME_SENDER)
        rows.append(Suggestion(case, tuple(why), _is_known(item, case)))
    if rows:
        return sorted(rows, key=_order)[:MOST]
    similar = list(alike())
    seen = sorted(
        _seen(user, item, similar) if similar else (), key=lambda case: similar.index(case.pk)
    )
    cases = sorted(seen[:MOST], key=lambda case: case.closed_at is not None)
    return [Suggestion(case, (SIMILAR,), _is_known(item, case)) for case in cases]


_ANSWERS = re.compile(r"^(?:(?:sv|re|vb|fwd?|aw|ang)\s*:\s*)+", re.IGNORECASE)
_GREETING = re.compile(
    r"(?:hej(?:san)?|god(?:dag| dag| morgon)|till .{1,60})[ ,!.]*", re.IGNORECASE
)
_END = re.compile(
    r"-- ?|(?:(?:med )?(?:v\wnliga?|b\wsta|m\wnga) h\wlsning\w*|h\wlsning\w*|mvh)\b.*",
    re.IGNORECASE,
)
ORDER_LENGTH = 4_000


def plain_title(item: InboxItem) -> str:
    """The subject without the signs that programs put in front of an answer."""
    return _ANSWERS.sub("", item.title)


def asked_for(item: InboxItem) -> str:
    """What an item asks for, as an order may hold it: without greeting, signature and sender.

    Who asks is nothing that an order keeps (TF 2:18); a person reads it before it is one.
    """
    names = [name.casefold() for name in (item.sender_name, item.sender_address) if name]
    kept: list[str] = []
    for line in item.text.splitlines():
        plain = line.strip()
        if _END.fullmatch(plain):
            break
        if plain.startswith(">") or any(name in plain.casefold() for name in names):
            continue
        if not kept and (not plain or _GREETING.fullmatch(plain)):
            continue
        kept.append(plain)
    title = "" if any(name in item.title.casefold() for name in names) else plain_title(item)
    return "\n\n".join(part for part in (title, "\n".join(kept).strip()) if part)[:ORDER_LENGTH]


def number_asked_for(item: InboxItem) -> str:
    """The first number that stands in an item, in our own spelling; nothing where there is none."""
    in_title, in_text = _numbers(item)
    for found in [*in_title, *in_text]:
        shown = format_number(found.authority or "", found.year, found.serial, found.record)
        return shown.strip()
    return ""


def _seen(user: User, item: InboxItem, wanted: Any) -> CaseQuerySet:
    """Those of the wanted cases in which the person could register the item, the newest first."""
    shown = Case.objects.shown_to(user).filter(
        pk__in=wanted,
        authority=item.authority_id,
        is_internal=True,
        voided_at=None,
        merged_into=None,
    )
    return shown.order_by("-pk")


def _spoken_for(user: User, item: InboxItem) -> Iterable[Any]:
    """The cases for which a number or the sender speaks, each with which of them does.

    What machines and mass senders sent before says nothing of what they send now.
    """
    in_title, in_text = _numbers(item)
    carrying, earlier = _carrying([*in_title, *in_text]), InboxItem.objects.none()
    if item.sender_address and not item.nature:
        earlier = InboxItem.objects.filter(
            sender_address=item.sender_address,
            authority=item.authority_id,
            state=ItemState.FILED,
            done_at__gte=timezone.now() - SENDER_KNOWN,
        ).order_by()
    # Both from their own index: a choice between two queries would look at every case.
    by = [rows.values("case") for rows in (carrying, earlier) if not rows.query.is_empty()]
    if not by:
        return ()
    wanted = by[0].union(*by[1:]) if len(by) > 1 else by[0]
    here = {"case": OuterRef("pk")}
    return _seen(user, item, wanted).annotate(
        is_in_title=Exists(_carrying(in_title).filter(**here)),
        is_in_text=Exists(_carrying(in_text).filter(**here)),
        is_of_sender=Exists(earlier.filter(**here)),
    )


def _carrying(numbers: list[RegistryNumber]) -> QuerySet[CaseNumber]:
    if not numbers:
        return CaseNumber.objects.none()
    exact = Q(key__in=[x.key for x in numbers if x.authority])
    loose = Q(loose_key__in=[x.loose_key for x in numbers if not x.authority])
    return CaseNumber.objects.filter(exact | loose)


def _is_known(item: InboxItem, case: Any) -> bool:
    named = {item.sender_name.casefold(), item.sender_address.casefold()} - {""}
    return getattr(case, "is_of_sender", False) or case.party.casefold() in named


def _order(row: Suggestion) -> tuple[int, bool, int]:
    """A number before a sender; open cases first; the newest first."""
    strength = {IN_TITLE: 0, IN_TEXT: 1, SAME_SENDER: 2}[row.why[0]]  # type: ignore[index]
    return strength, row.case.closed_at is not None, -row.case.pk


def _numbers(item: InboxItem) -> tuple[list[RegistryNumber], list[RegistryNumber]]:
    """The numbers in the subject and in the text; a subject may be nothing but a number."""
    whole = parse_lenient(item.title.strip())[:1]
    in_title = list(dict.fromkeys([*whole, *find_in_text(item.title)]))
    in_text = find_in_text(item.text[:_READ_OF_TEXT])
    return in_title[:_MOST_NUMBERS], in_text[:_MOST_NUMBERS]
