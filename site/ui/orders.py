# SPDX-License-Identifier: EUPL-1.2
"""Orders that people move on a page: by buttons, dragging, Alt and arrows, to a typed place."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

PER_PAGE = 50
"""So many rows of a long order stand on one page of it."""


def posted_order(request: HttpRequest, known: Sequence[int]) -> list[int]:
    """The order that was sent, after the move whose button was pressed: ``up-12``, ``to-12``.

    A page may show a part of a long order: what was sent takes the places that it had together,
    what was not sent stays where it stands. What is not known is left out.

    Args:
        known: the whole order as it is now.
    """
    places = {pk: index for index, pk in enumerate(known)}
    texts = (text for text in request.POST.getlist("order") if text.isdecimal())
    sent = [pk for pk in dict.fromkeys(map(int, texts)) if pk in places]
    order = list(known)
    for place, pk in zip(sorted(places[pk] for pk in sent), sent, strict=True):
        order[place] = pk
    way, key = _move(request)
    if key not in places:
        return order
    index = order.index(key)
    if way == "to":
        text = _typed_place(request, key)
        other = int(text) - 1 if text.isdecimal() else index
    else:
        other = index - 1 if way == "up" else index + 1
    if 0 <= other < len(order):
        order.insert(other, order.pop(index))
    return order


def require_place(request: HttpRequest, known: Sequence[int]) -> None:
    """Ask for a place that there is, where a row was moved to a typed one.

    Raises:
        ValidationError: by the field, ``to-<key>``.
    """
    way, key = _move(request)
    text = _typed_place(request, key)
    if way == "to" and not (text.isdecimal() and 1 <= int(text) <= len(known)):
        told = _("Skriv en plats från 1 till %(last)s.") % {"last": len(known)}
        raise ValidationError({f"to-{key}": told})


def posted_places(request: HttpRequest) -> dict[int, str]:
    """The place that was typed for the row that was moved to it, as typed."""
    way, key = _move(request)
    return {key: request.POST.get(f"to-{key}", "")} if way == "to" else {}


def moved(request: HttpRequest, url: str, order: Sequence[int] = ()) -> str:
    """The page again, with the focus on the button that moved a row.

    Args:
        order: of an order that is shown in parts, as it is now: the part is shown on which the
            moved row stands, else the one that was asked for, else the same again.
    """
    way, key = _move(request)
    part = request.POST.get("part") or request.GET.get("sida") or ""
    number = int(part) if part.isdecimal() else 1
    if key in order:
        number = order.index(key) // PER_PAGE + 1
    if order and number > 1:
        url = f"{url}{'&' if '?' in url else '?'}sida={number}"
    return f"{url}#{'up' if way == 'to' else way}-{key}" if way else url


def _move(request: HttpRequest) -> tuple[str, int]:
    """Which way a row was moved, and which; nothing where none was."""
    way, _dash, text = request.POST.get("move", "").partition("-")
    return (way, int(text)) if way in {"up", "down", "to"} and text.isdecimal() else ("", 0)


def _typed_place(request: HttpRequest, key: int) -> str:
    return "".join(request.POST.get(f"to-{key}", "").split())
