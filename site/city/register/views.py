# SPDX-License-Identifier: EUPL-1.2
"""Public pages about cases: one case, the diary, an earlier decision, ordering a record."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from casework.register import selectors
from casework.register.enums import CaseType
from casework.register.models import DisclosureRequest, EarlierDecision, PublicCase
from casework.register.numbers import best_reading
from casework.register.services import request_disclosure, want_decision
from casework.register.services.projections import public_name
from city.register import presenters
from city.register.forms import DiaryFilter, OrderForm
from ops.limits import has_room
from ui.downloads import attachment
from ui.links import url_for
from ui.patterns import CaseHead
from ui.present import line_stages, outcome_tag
from ui.public_diary import (
    historic_decisions,
    paragraphs_of,
    public_cases,
    public_events,
)

SAME_ORDER = dt.timedelta(minutes=2)
#: From everybody together: a person orders one, a program orders hundreds.
ORDERS_PER_MINUTE = 20
MANY = _l(
    "Det kommer in många beställningar just nu. Det du har skrivit står kvar; vänta en minut och "
    "skicka igen."
)


@require_GET
def case_page(request: HttpRequest, key: str) -> HttpResponse:
    """The public face of a case. What is secret or unpublished is not found, like the rest."""
    if "\x00" in key:  # no number holds one, and PostgreSQL takes none
        raise Http404
    case = public_cases().filter(slug=key).first()
    if case is None:
        return redirect(url_for(_by_number(key), "public"))
    related = (
        public_cases()
        .filter(service_area=case.service_area)
        .exclude(Q(pk=case.pk) | Q(decided_on=None) | Q(service_area=None))
        .order_by("-decided_on", "-case_id")[:5]
    )
    events = public_events(case)
    historic = presenters.historic_of(historic_decisions(case))
    decisions = presenters.decisions_of(case, events, paragraphs_of(case, events))
    context = {
        "case": case,
        "head": presenters.head_of(case),
        "line": line_stages(presenters.line_of(case, events)),
        # What the bodies of old decided says more than the outcome by itself.
        "decisions": [] if historic else decisions,
        "historic": historic,
        "events": presenters.events_of(events),
        "records": presenters.records_of(case),
        "related": [(url_for(row, "public"), row, outcome_tag(row.outcome)) for row in related],
        "noindex": settings.PUBLIC_DIARY_NOINDEX,
        "section": "diary",
    }
    return render(request, "city/register/case.html", context)


@require_GET
def public_file(request: HttpRequest, pk: int) -> FileResponse:
    """A file that a registrar shows to everybody, under its number's name."""
    file = selectors.public_file(pk)
    if file is None:
        raise Http404
    return attachment(file.file, name=public_name(file), content_type=file.content_type)


def _by_number(text: str) -> PublicCase:
    """Find a case by any spelling of its number."""
    number = best_reading(text)
    case = public_cases().filter(key=number.key).first() if number else None
    if case is None:
        raise Http404
    return case


@require_GET
def diary(request: HttpRequest) -> HttpResponse:
    """The public diary: public fields of published cases, newest first."""
    chosen = DiaryFilter(request.GET).chosen()
    rows = public_cases().order_by("-received_date", "-case_id")
    if year := chosen.get("ar"):
        rows = rows.filter(received_date__year=year)
    if chosen.get("typ") in CaseType.values:
        rows = rows.filter(case_type=chosen["typ"])
    page = Paginator(rows, 50).get_page(chosen.get("sida"))
    context = {
        "page": page,
        "rows": [(url_for(row, "public"), row, outcome_tag(row.outcome)) for row in page],
        "years": [day.year for day in PublicCase.objects.dates("received_date", "year", "DESC")],
        "types": CaseType.choices,
        "chosen": chosen,
        "noindex": settings.PUBLIC_DIARY_NOINDEX,
        "section": "diary",
    }
    return render(request, "city/register/diary.html", context)


@require_GET
def earlier_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision from before the diary."""
    decision = get_object_or_404(EarlierDecision, pk=pk)
    facts = [
        (label, value)
        for label, value in (
            (_("Beteckning"), decision.number),
            (_("Datum"), decision.date.isoformat() if decision.date else ""),
            (_("Avsändare"), decision.author),
            (_("Organ"), decision.dept),
        )
        if value
    ]
    head = CaseHead(
        title=decision.title, dnr=decision.dnr, kind=decision.decision_type or "", facts=facts
    )
    source = decision.url if decision.url.startswith(("https://", "http://")) else ""
    return render(
        request,
        "city/register/earlier_decision.html",
        {"decision": decision, "head": head, "source": source, "section": "search"},
    )


@require_http_methods(["GET", "POST"])
def order_record(request: HttpRequest) -> HttpResponse:
    """Order a public record; a double click orders once, and nobody's identity is kept."""
    asked = request.GET.get("nr", "")[:70]
    form = OrderForm(request.POST or None, initial={"number": asked})
    context = {"form": form, "case": _case_of(asked)}
    if request.method == "POST" and form.is_valid():
        if not has_room("orders", per_minute=ORDERS_PER_MINUTE):
            form.add_error(None, MANY)
            return render(request, "city/register/order.html", context, status=429)
        data = form.cleaned_data
        order = DisclosureRequest.objects.filter(
            number=data["number"].strip(),
            text=data["text"].strip(),
            contact=data["contact"].strip(),
            requested_at__gte=timezone.now() - SAME_ORDER,
        ).first() or request_disclosure(
            number=data["number"], text=data["text"], contact=data["contact"]
        )
        return redirect("order_receipt", order.code)
    return render(request, "city/register/order.html", context)


def _case_of(text: str) -> PublicCase | None:
    """The public case that one comes from, by its number or that of one of its records."""
    number = best_reading(text) if text and "\x00" not in text else None
    return public_cases().filter(key=number.key).first() if number else None


@require_GET
def find_receipt(request: HttpRequest) -> HttpResponse:
    """From a code that was typed to its receipt; an unknown one is told as such."""
    code = "".join(request.GET.get("kod", "").lower().split())
    if code and DisclosureRequest.objects.filter(code=code).exists():
        return redirect("order_receipt", code)
    return render(request, "city/register/find_receipt.html", {"code": code})


@never_cache
@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """What became of an order, for whoever holds its code; who that is is never asked."""
    order = get_object_or_404(DisclosureRequest, code=code)
    if request.method == "POST":
        with suppress(ValidationError):
            want_decision(code=order.code)
        return redirect("order_receipt", order.code)
    response = render(request, "city/register/receipt.html", {"order": order})
    # The code opens the receipt, so no other site may learn the address.
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
