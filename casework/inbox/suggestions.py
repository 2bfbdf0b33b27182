# SPDX-License-Identifier: EUPL-1.2
"""Which case an item may belong to, and why: a suggestion, never a right.

Anybody can write a number in a mail. So nothing is filed by it: it puts a case in front of a
person, who is told whether the sender is known to that case. Only cases that the person may see are
named, with the internal face.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.inbox.enums import ItemState
from casework.inbox.models import InboxItem
from casework.organisation.models import User
from casework.register.models import Case
from casework.register.numbers import RegistryNumber, find_in_text, parse_lenient

MOST = 3
_READ_OF_TEXT = 20_000
_MOST_NUMBERS = 20
_OF_SENDER = 20

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


def suggested_cases(user: User, item: InboxItem, similar: Iterable[int] = ()) -> list[Suggestion]:
    """The cases that the item may belong to, the likeliest first; open ones before closed.

    Args:
        user: who sorts; only what they see is suggested.
        similar: keys of cases that a search found alike, the most alike first.
    """
    in_title, in_text = _numbers(item)
    of_sender = _of_sender(item)
    similar = list(similar)
    found = {
        case.pk: case
        for case in Case.objects.shown_to(user)
        .filter(
            pk__in=set([*_carrying(user, [*in_title, *in_text]), *of_sender, *similar]),
            authority=item.authority_id,
            is_internal=True,
            voided_at=None,
            merged_into=None,
        )
        .select_related("officer")
        .prefetch_related("numbers")
    }
    known = set(of_sender)
    rows = []
    for pk, case in found.items():
        keys = {key for number in case.numbers.all() for key in (number.key, number.loose_key)}
        why = list(_reasons(pk, keys, in_title, in_text, known, set(similar)))
        if why:
            rows.append(Suggestion(case, tuple(why), _is_known(item, case, known)))
    return sorted(rows, key=lambda row: _order(row, similar))[:MOST]


def _reasons(
    pk: int,
    keys: set[str],
    in_title: list[RegistryNumber],
    in_text: list[RegistryNumber],
    of_sender: set[int],
    similar: set[int],
) -> Iterator[str | Promise]:
    if any(_names(number, keys) for number in in_title):
        yield IN_TITLE
    elif any(_names(number, keys) for number in in_text):
        yield IN_TEXT
    if pk in of_sender:
        yield SAME_SENDER
    if pk in similar:
        yield SIMILAR


def _names(number: RegistryNumber, keys: set[str]) -> bool:
    return number.key in keys if number.authority else number.loose_key in keys


def _is_known(item: InboxItem, case: Case, of_sender: set[int]) -> bool:
    named = {item.sender_name.casefold(), item.sender_address.casefold()} - {""}
    return case.pk in of_sender or case.party.casefold() in named


def _order(row: Suggestion, similar: list[int]) -> tuple[int, bool, int, int]:
    """A number before a sender, a sender before a likeness; open cases first; the newest first."""
    strength = {IN_TITLE: 0, IN_TEXT: 1, SAME_SENDER: 2, SIMILAR: 3}[row.why[0]]  # type: ignore[index]
    place = similar.index(row.case.pk) if row.case.pk in similar else len(similar)
    return strength, row.case.closed_at is not None, place, -row.case.pk


def _numbers(item: InboxItem) -> tuple[list[RegistryNumber], list[RegistryNumber]]:
    """The numbers in the subject and in the text; a subject may be nothing but a number."""
    whole = parse_lenient(item.title.strip())[:1]
    in_title = list(dict.fromkeys([*whole, *find_in_text(item.title)]))
    in_text = find_in_text(item.text[:_READ_OF_TEXT])
    return in_title[:_MOST_NUMBERS], in_text[:_MOST_NUMBERS]


def _carrying(user: User, numbers: list[RegistryNumber]) -> list[int]:
    """The cases that carry one of the numbers, of those that the person sees."""
    if not numbers:
        return []
    exact = Q(numbers__key__in=[x.key for x in numbers if x.authority])
    loose = Q(numbers__loose_key__in=[x.loose_key for x in numbers if not x.authority])
    rows = Case.objects.visible_to(user).filter(exact | loose)
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:_MOST_NUMBERS])


def _of_sender(item: InboxItem) -> list[int]:
    """The cases that earlier mail from the same address was registered in, the newest first."""
    if not item.sender_address:
        return []
    rows = InboxItem.objects.filter(
        sender_address=item.sender_address,
        authority=item.authority_id,
        state=ItemState.FILED,
    )
    return list(rows.order_by("-done_at").values_list("case_id", flat=True)[:_OF_SENDER])
