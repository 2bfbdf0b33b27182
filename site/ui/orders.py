# SPDX-License-Identifier: EUPL-1.2
"""Orders that people move on a page: by buttons, by dragging, by Alt and arrows."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest


def posted_order(request: HttpRequest, known: Sequence[int]) -> list[int]:
    """The order that was sent, after the move whose button was pressed: ``up-12``, ``down-12``.

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
    way, _dash, text = request.POST.get("move", "").partition("-")
    if not text.isdecimal() or int(text) not in order:
        return order
    index = order.index(int(text))
    other = index - 1 if way == "up" else index + 1
    if 0 <= other < len(order):
        order[index], order[other] = order[other], order[index]
    return order


def moved(request: HttpRequest, url: str) -> str:
    """The page again, with the focus on the button that moved a row."""
    move = request.POST.get("move", "")
    return f"{url}#{move}" if move else url
