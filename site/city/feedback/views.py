# SPDX-License-Identifier: EUPL-1.2
"""What is new for a person; the accessibility statement, and telling that something fails."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.models import Page

from casework.feedback.selectors import news_of
from casework.feedback.services import mark_read
from casework.organisation.models import User
from city.feedback.forms import FaultForm
from ops.limits import has_room
from ops.services import report_fault
from ui.news import address_of, carry_out, news_context

#: From everybody together.
FAULTS_PER_MINUTE = 10


@require_http_methods(["GET", "POST"])
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement, whose text editors change, with the form to report a fault."""
    form = FaultForm(request.POST or None, initial={"address": request.GET.get("sida", "")[:300]})
    status = 200
    if request.method == "POST" and form.is_valid():
        if has_room("faults", per_minute=FAULTS_PER_MINUTE):
            report_fault(**form.cleaned_data)
            messages.success(request, _("Tack. Vi har tagit emot din anmälan och tittar på felet."))
            return redirect("accessibility")
        form.add_error(
            None,
            _("Det kommer in många anmälningar just nu. Vänta en minut och skicka igen."),
        )
        status = 429
    found = Page.objects.live().filter(slug="tillganglighetstext").first()
    return render(
        request,
        "city/feedback/accessibility.html",
        {"form": form, "text": found.specific if found else None},
        status=status,
    )


@login_required
@require_http_methods(["GET", "POST"])
def news(request: HttpRequest) -> HttpResponse:
    """Besked till dig: what the person was told, and how they want to be told (R39, R64)."""
    user = request.user
    assert isinstance(user, User)  # login_required stands before
    if request.method == "POST":
        carry_out(request, user)
        return redirect("news")
    context = {"section": "originator", **news_context(user, request.GET.get("sida"))}
    return render(request, "city/feedback/news.html", context)


@login_required
@require_GET
def open_news(request: HttpRequest, pk: int) -> HttpResponse:
    """Go where one of the person's notices leads, and note that it was read."""
    user = request.user
    assert isinstance(user, User)  # login_required stands before
    notice = get_object_or_404(news_of(user), pk=pk)
    mark_read(actor=user, notice=notice)
    return redirect(address_of(notice) or "news")
