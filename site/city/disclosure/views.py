# SPDX-License-Identifier: EUPL-1.2
"""Ordering a record and coming back for the answer, without saying who one is (TF 2:18).

No cookie is set or needed here, and none of these pages asks for one: there is no session that a
foreign page could misuse, so the check against that is left out.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from casework.disclosure import selectors
from casework.disclosure.models import DisclosureRequest
from casework.disclosure.services import request_disclosure, want_decision
from casework.register.models import PublicCase
from casework.register.numbers import best_reading
from city.disclosure.forms import OrderForm
from city.disclosure.presenters import answered
from ops.limits import has_room
from ui.downloads import attachment
from ui.public_diary import public_cases

SAME_ORDER = dt.timedelta(minutes=2)
#: From everybody together: a person orders one, a program orders hundreds.
ORDERS_PER_MINUTE = 20
#: Codes asked for, by everybody together; whoever guesses is slowed down.
CODES_PER_MINUTE = 300
Answer = TypeVar("Answer", bound=HttpResponseBase)

MANY = _(
    "Det kommer in många beställningar just nu. Det du har skrivit står kvar; vänta en minut och "
    "skicka igen."
)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def order_record(request: HttpRequest) -> HttpResponse:
    """Order a public record; a double click orders once, and nobody's identity is kept."""
    asked = request.GET.get("nr", "")[:70]
    form = OrderForm(request.POST or None, initial={"number": asked})
    context = {"form": form, "case": _case_of(asked)}
    if request.method == "POST" and form.is_valid():
        if not has_room("orders", per_minute=ORDERS_PER_MINUTE):
            form.add_error(None, MANY)
            return render(request, "city/disclosure/order.html", context, status=429)
        data = form.cleaned_data
        order = DisclosureRequest.objects.filter(
            number=data["number"].strip(),
            text=data["text"].strip(),
            contact=data["contact"].strip(),
            requested_at__gte=timezone.now() - SAME_ORDER,
        ).first() or request_disclosure(
            number=data["number"], text=data["text"], contact=data["contact"]
        )
        return _unseen(redirect("order_receipt", order.code))
    return render(request, "city/disclosure/order.html", context)


def _case_of(text: str) -> PublicCase | None:
    """The public case that one comes from, by its number or that of one of its records."""
    number = best_reading(text) if text and "\x00" not in text else None
    return public_cases().filter(key=number.key).first() if number else None


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def find_receipt(request: HttpRequest) -> HttpResponse:
    """From a code that was typed to its receipt; it is sent so that no address holds it."""
    code = "".join(request.POST.get("kod", "").lower().split())[:20]
    if code and _order(code) is not None:
        return _unseen(redirect("order_receipt", code))
    return render(request, "city/disclosure/find_receipt.html", {"code": code})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """What became of an order, for whoever holds its code; who that is is never asked."""
    order = _order(code)
    if order is None:
        raise Http404
    if request.method == "POST":
        with suppress(ValidationError):
            want_decision(code=order.code)
        return _unseen(redirect("order_receipt", order.code))
    context = {"order": order, "items": answered(selectors.items_answered(order))}
    return _unseen(render(request, "city/disclosure/receipt.html", context))


@never_cache
@require_GET
def handed(request: HttpRequest, code: str, pk: int) -> FileResponse:
    """A file that an answered order hands out, to whoever holds the code."""
    file = selectors.handed_file(code, pk) if _has_room() else None
    if file is None:
        raise Http404
    response = attachment(file.content, name=file.outward_name, content_type=file.content_type)
    _unseen(response)
    return response


def _order(code: str) -> DisclosureRequest | None:
    return selectors.order_by_code(code) if _has_room() else None


def _has_room() -> bool:
    """Beyond the limit every code is answered like one that does not exist."""
    return has_room("codes", per_minute=CODES_PER_MINUTE)


def _unseen(response: Answer) -> Answer:
    """The code opens the receipt, so no other site and no search engine may learn the address."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
