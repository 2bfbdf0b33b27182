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
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction

from casework.organisation.models import User
from casework.register.models import Case
from casework.register.services.together import Did, Together, each_for_itself, stands
from casework.saved_lists.services import note_together
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
        intro: what to know before it is done.
        can_undo: what to know of undoing it, before it is done; empty where it is not offered.
        fields: of a case, which are undone together or not at all.
    """

    models = [Case]
    template_name = "desk/bulk.html"
    form_class: Any = forms.Form
    next_url: str
    listing = "arenden"
    display_name: str | Promise = ""
    aria_label: str | Promise = ""
    intro: str | Promise = ""
    can_undo: str | Promise = ""
    fields: tuple[str, ...] = ()
    header_icon = "folder-open-inverse"

    def __init__(self, request: HttpRequest, model: type[Model]) -> None:
        super().__init__(request, model)
        if self.next_url == request.path:
            self.next_url = f"{reverse('case:index')}?alla=1"

    def service(self, form: Any) -> Callable[[Case], object]:
        """What to call for each case."""
        raise NotImplementedError

    def undo(self, case: Case, row: Did) -> None:
        """Take back what was done with one case, through the services.

        Raises:
            PermissionDenied: the person may not.
            ValidationError: it cannot be taken back, with why.
        """
        raise NotImplementedError

    def is_as_done(self, case: Case, row: Did) -> bool:
        """Whether nobody has changed since what was done; asked under the case's locks."""
        return stands(case, row)

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
            "can_undo": self.can_undo,
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
        came = each_for_itself(rows=rows, actor=self.user, service=service, fields=self.fields)
        done = ngettext("%(count)s ändrat", "%(count)s ändrade", len(came.done))
        tell(self.request, came, done, _("ändrade av annan"), undo_url=self.remember(came))
        return redirect(self.next_url)

    def remember(self, came: Together) -> str:
        """Keep what was done, and return where it is undone; nowhere where it cannot be."""
        if not came.did or not self.can_undo:
            return ""
        rows = [row.as_json() for row in came.did]
        kept = note_together(actor=self.user, kind=self.action_type, rows=rows)
        return reverse("desk_undo", args=[kept.pk])

    def form_invalid(self, form: Any) -> HttpResponse:
        """What was typed, with what is wrong."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


def tell(
    request: HttpRequest, came: Together, done: str, changed: str, *, undo_url: str = ""
) -> None:
    """Say what was done, and what was left and why.

    Args:
        done: of how many, with ``%(count)s``.
        changed: why those were left that somebody had changed.
        undo_url: where it is undone.
    """
    left = []
    if came.changed:
        left.append(_left(len(came.changed), changed, came.changed))
    if came.refused:
        left.append(_left(len(came.refused), _("du får inte"), came.refused))
    for why in dict.fromkeys(why for _case, why in came.unfit):
        cases = [case for case, reason in came.unfit if reason == why]
        left.append(_left(len(cases), why.rstrip("."), cases))
    if came.gone:
        left.append(_left(came.gone, _("finns inte i dina listor längre"), []))
    sentence = ", ".join([done % {"count": len(came.done)}, *left]) + "."
    buttons = [messages.button(undo_url, _("Ångra"))] if undo_url else None
    (messages.warning if left else messages.success)(request, sentence, buttons=buttons)


def _left(count: int, why: str, cases: list[Case]) -> str:
    words = ngettext(
        "%(count)s hoppades över: %(why)s", "%(count)s hoppades över: %(why)s", count
    ) % {"count": count, "why": why}
    if not cases:
        return words
    names = ", ".join(case.dnr for case in cases[:NAMED])
    return f"{words} ({names}{' …' if len(cases) > NAMED else ''})"
