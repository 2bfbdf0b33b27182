# SPDX-License-Identifier: EUPL-1.2
"""Public pages about cases: one case, the diary, an earlier decision, ordering a record."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from casework.register import lists, selectors
from casework.register.enums import Direction
from casework.register.models import EarlierDecision, PublicCase
from casework.register.numbers import best_reading
from casework.register.services.projections import public_name, public_slug
from city.register import presenters
from city.register.forms import DiaryFilter, PostDay
from city.register.selectors import DiaryPaginator, diary_rows
from ui.downloads import attachment
from ui.links import url_for
from ui.patterns import CaseHead
from ui.present import line_stages, tag_of
from ui.public_diary import (
    historic_decisions,
    paragraphs_of,
    public_cases,
    public_events,
)

POST_SHOWN = 300
"""So many records a page of the post list has."""


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
        "related": [(url_for(row, "public"), row, tag_of(row)) for row in related],
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
    form = DiaryFilter(request.GET)
    chosen = form.chosen()
    page = DiaryPaginator(diary_rows(chosen), 50).get_page(request.GET.get("sida"))
    context = {
        "page": page,
        "rows": [(url_for(row, "public"), row, tag_of(row)) for row in page],
        "form": form,
        "chosen": chosen,
        "narrowed": bool(chosen.keys() - {"q"}),
        "noindex": settings.PUBLIC_DIARY_NOINDEX,
        "section": "diary",
    }
    return render(request, "city/register/diary.html", context)


@require_GET
def post_list(request: HttpRequest) -> HttpResponse:
    """The published records that were registered on a day, or in the days up to it."""
    form = PostDay(request.GET)
    first, last = form.period()
    records = list(lists.post_rows(None, first, last)[: POST_SHOWN + 1])
    rows = [
        (row, Direction(row.direction).label, reverse("public_case", args=[slug]))
        for row, slug in zip(
            lists.public_faces(records[:POST_SHOWN], with_secret=False),
            [public_slug(record.case.dnr) for record in records],
            strict=False,
        )
    ]
    context = {
        "form": form,
        "rows": rows,
        "first": first,
        "last": last,
        "more": len(records) > POST_SHOWN,
        "noindex": settings.PUBLIC_DIARY_NOINDEX,
        "section": "diary",
    }
    return render(request, "city/register/post_list.html", context)


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
