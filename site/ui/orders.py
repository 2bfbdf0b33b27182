# SPDX-License-Identifier: EUPL-1.2
"""Orders that people move on a page: by buttons, by dragging, by Alt and arrows."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest


def posted_order(request: HttpRequest, known: Sequence[int]) -> list[int]:
    """The order that was sent, after the move whose button was pressed: ``up-12``, ``down-12``.

    What is not known is left out, what was not sent comes last, so that a page that is a moment
    old still says which order was meant.
    """
    sent = [int(pk) for pk in request.POST.getlist("order") if pk.isdecimal()]
    order = [pk for pk in dict.fromkeys(sent) if pk in set(known)]
    order += [pk for pk in known if pk not in order]
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
