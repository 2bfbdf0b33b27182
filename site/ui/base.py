# SPDX-License-Identifier: EUPL-1.2
"""What every desk page shares: Wagtail's frame, the person, and errors that lose nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from casework.organisation.models import User


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    """A page of the desk.

    Attributes:
        page_title: the thing; Wagtail adds the place.
        header_icon: the name of one of Wagtail's icons.
        crumbs: (label, url name) pairs between the start and this page.
    """

    header_icon = "doc-full"
    crumbs: tuple[tuple[str | Promise, str], ...] = ()
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way here."""
        items = [{"url": reverse(name), "label": str(label)} for label, name in self.crumbs]
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Att göra")},
            *items,
            {"url": "", "label": str(self.get_page_title())},
        ]

    @property
    def user(self) -> User:
        """The person at the desk."""
        user = self.request.user
        assert isinstance(user, User)  # the admin's address space requires sign-in
        return user


class FormView(DeskView):
    """A form whose sending is one service call."""

    template_name = "desk/form.html"
    submit_label: str | Promise = _l("Spara")
    intro: str | Promise = ""

    def make_form(self, data: Any = None, files: Any = None) -> BaseForm:
        """The page's form."""
        raise NotImplementedError

    def carry_out(self, form: Any) -> HttpResponse:
        """Call the service."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and its words."""
        form = kwargs.pop("form", None) or self.make_form()
        focus_first(form)
        words = {"submit_label": self.submit_label, "intro": self.intro}
        return super().get_context_data(form=form, **(words | kwargs))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Carry it out, or show again what was typed with what is wrong."""
        form: Any = self.make_form(request.POST, request.FILES)
        if form.is_valid():
            try:
                return self.carry_out(form)
            except (ValidationError, PermissionDenied) as error:
                add_service_error(form, error)
        return self.render_to_response(self.get_context_data(form=form), status=422)


def focus_first(form: BaseForm) -> None:
    """Let the cursor stand in the first field, where it can be typed at once."""
    first = next(iter(form.visible_fields()), None)
    kinds = {"text", "search", "email", "number", "select"}
    if first is not None and not form.is_bound:
        widget = first.field.widget
        if getattr(widget, "input_type", "text") in kinds:
            widget.attrs["autofocus"] = True


def add_service_error(form: BaseForm, error: ValidationError | PermissionDenied) -> None:
    """Show what a service refused: at the field where the form has it, else on top."""
    if not isinstance(error, ValidationError):
        form.add_error(None, str(error))
        return
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)


def refuse(
    request: HttpRequest, error: ValidationError | PermissionDenied, url: str
) -> HttpResponse:
    """Go back with the reason as a message; for buttons that carry no form of their own."""
    tell_refusal(request, error)
    return redirect(url)


def tell_refusal(request: HttpRequest, error: ValidationError | PermissionDenied) -> None:
    """Say why something was refused, above the page that is shown next."""
    sentences = error.messages if isinstance(error, ValidationError) else [str(error)]
    for sentence in sentences:
        messages.error(request, sentence)


def done(request: HttpRequest, sentence: Any, url: str) -> HttpResponse:
    """Go on with a sentence that says what happened."""
    messages.success(request, str(sentence))
    return redirect(url)
