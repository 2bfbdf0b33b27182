# SPDX-License-Identifier: EUPL-1.2
"""The accessibility statement, and telling that something on the site cannot be used."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from city.feedback.forms import FaultForm
from ops.limits import has_room
from ops.services import report_fault

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
