# SPDX-License-Identifier: EUPL-1.2
"""One thing done with many rows of a list of cases, on Wagtail's bulk actions.

A notion registers its own with Wagtail's hook::

    @hooks.register("register_bulk_action")
    class Close(CaseBulkAction):
        display_name = _("Avsluta")
        action_type = "avsluta"
        ...

The boxes of the list name each case with the version that was shown. "All in the list" is asked of
the list itself, as it is when the form is shown. Each case is done for itself
(:mod:`casework.register.services.together`), and the answer says what was done, what was left and
why.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.views.bulk_action import BulkAction

from casework.organisation.models import User
from casework.register.models import Case
from casework.register.services.together import Together, each_for_itself
from ui.places import listed, value_of

MOST_AT_ONCE = 400
"""So many cases are changed by one press; they are a few seconds' work."""

NAMED = 10
"""So many numbers are named of those that were left."""


class CaseBulkAction(BulkAction):
    """What a person does with several cases at once.

    Attributes:
        display_name: on the button.
        action_type: in the address.
        aria_label: of the button, where it stands alone.
        listing: the list whose rows "all" means.
    """

    models = [Case]
    template_name = "desk/bulk.html"
    form_class: Any = forms.Form
    next_url: str
    listing = "arenden"
    display_name: str | Promise = ""
    aria_label: str | Promise = ""
    intro: str | Promise = ""
    header_icon = "folder-open-inverse"

    def __init__(self, request: HttpRequest, model: type[Model]) -> None:
        super().__init__(request, model)
        if self.next_url == request.path:
            self.next_url = f"{reverse('case:index')}?alla=1"

    def service(self, form: Any) -> Callable[[Case], object]:
        """What to call for each case."""
        raise NotImplementedError

    @property
    def user(self) -> User:
        """The person at the desk."""
        user = self.request.user
        assert isinstance(user, User)  # the admin's address space requires sign-in
        return user

    def rows(self) -> list[tuple[int, str]]:
        """The cases and the versions that the person was shown."""
        if self.request.method == "POST":
            named = self.request.POST.get("rows", "").split()[: MOST_AT_ONCE + 1]
        else:
            named = self.request.GET.getlist("id")[: MOST_AT_ONCE + 1]
        if "all" in named:
            value = value_of(self.listing, self.request.META.get("QUERY_STRING", ""))
            found = listed(self.request, value)
            return found.keys(MOST_AT_ONCE + 1) if found is not None else []
        pairs = [name.partition(".") for name in named]
        return [(int(pk), version) for pk, _dot, version in pairs if pk.isdecimal()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many, which, and what is asked."""
        rows = self.rows()
        too_many = len(rows) > MOST_AT_ONCE
        shown = Case.objects.shown_to(self.user).filter(pk__in=[pk for pk, _version in rows])
        form = kwargs.get("form") or self.get_form()
        return {
            "form": form,
            "view": self,
            "page_title": self.display_name,
            "header_title": self.display_name,
            "header_icon": self.header_icon,
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Att göra")},
                {"url": self.next_url, "label": _("Ärenden")},
                {"url": "", "label": str(self.display_name)},
            ],
            "intro": self.intro,
            "count": len(rows),
            "too_many": too_many,
            "most": MOST_AT_ONCE,
            "cases": [] if too_many else shown.order_by("-year", "-serial")[:NAMED],
            "more": max(0, len(rows) - NAMED),
            "rows": " ".join(f"{pk}.{version}" for pk, version in rows),
            "next": self.next_url,
            "media": form.media,
        }

    def form_valid(self, form: Any) -> HttpResponse:
        """Do it, each case for itself, and say what came of it."""
        rows = self.rows()
        if len(rows) > MOST_AT_ONCE:
            return self.form_invalid(form)
        try:
            service = self.service(form)
        except PermissionDenied as error:
            messages.error(self.request, str(error))
            return redirect(self.next_url)
        tell(self.request, each_for_itself(rows=rows, actor=self.user, service=service))
        return redirect(self.next_url)

    def form_invalid(self, form: Any) -> HttpResponse:
        """What was typed, with what is wrong."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


def tell(request: HttpRequest, came: Together) -> None:
    """Say what was done, and what was left and why."""
    done, left = len(came.done), []
    if came.changed:
        left.append(_left(len(came.changed), _("ändrade av annan"), came.changed))
    if came.refused:
        left.append(_left(len(came.refused), _("du får inte"), came.refused))
    for why in dict.fromkeys(why for _case, why in came.unfit):
        cases = [case for case, reason in came.unfit if reason == why]
        left.append(_left(len(cases), why.rstrip("."), cases))
    if came.gone:
        left.append(_left(came.gone, _("finns inte i dina listor längre"), []))
    said = ngettext("%(count)s ändrat", "%(count)s ändrade", done) % {"count": done}
    sentence = ", ".join([said, *left]) + "."
    (messages.warning if left else messages.success)(request, sentence)


def _left(count: int, why: str, cases: list[Case]) -> str:
    words = ngettext(
        "%(count)s hoppades över: %(why)s", "%(count)s hoppades över: %(why)s", count
    ) % {"count": count, "why": why}
    if not cases:
        return words
    names = ", ".join(case.dnr for case in cases[:NAMED])
    return f"{words} ({names}{' …' if len(cases) > NAMED else ''})"
