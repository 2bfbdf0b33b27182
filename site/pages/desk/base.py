# SPDX-License-Identifier: EUPL-1.2
"""What every desk page shares: Wagtail's frame, the person, and errors that lose nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from casework.initiatives.models import Initiative
from casework.organisation.models import User
from casework.process.models import Process
from casework.process.worklist import visible_processes
from casework.register import permissions
from casework.register.models import Case


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    """A page of the desk.

    Attributes:
        page_title: the thing; Wagtail adds the place.
        header_icon: the name of one of Wagtail's icons.
        crumbs: (label, url name) pairs between the start and this page.
    """

    header_icon = "doc-full"
    crumbs: tuple[tuple[str, str], ...] = ()
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way here."""
        items = [{"url": reverse(name), "label": str(label)} for label, name in self.crumbs]
        return [
            {"url": reverse("wagtailadmin_home"), "label": "Att göra"},
            *items,
            {"url": "", "label": str(self.get_page_title())},
        ]

    @property
    def user(self) -> User:
        """The person at the desk."""
        user = self.request.user
        assert isinstance(user, User)  # the admin's address space requires sign-in
        return user


def case_or_404(user: User, pk: int) -> Case:
    """The case if the person may see it; otherwise it does not exist."""
    case = (
        Case.objects.visible_to(user)
        .select_related("entry__series", "authority", "service_area", "officer")
        .prefetch_related("audience")
        .filter(pk=pk)
        .first()
    )
    if case is None:
        raise Http404
    return case


def initiative_or_404(user: User, pk: int) -> Initiative:
    """The initiative if the person may see it; otherwise it does not exist."""
    process: Process | None = visible_processes(user).filter(initiative=pk).first()
    if process is None:
        raise Http404
    initiative = process.initiative
    initiative.process = process
    return initiative


def matter_url(initiative: Initiative | None, case: Case | None) -> str:
    """The page of a matter: the case's once it is registered, before that the initiative's."""
    case = case or (initiative.case if initiative else None)
    if case is not None:
        return reverse("desk_case", args=[case.pk])
    assert initiative is not None
    return reverse("desk_initiative", args=[initiative.pk])


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
    sentences = error.messages if isinstance(error, ValidationError) else [str(error)]
    for sentence in sentences:
        messages.error(request, sentence)
    return redirect(url)


def done(request: HttpRequest, sentence: Any, url: str) -> HttpResponse:
    """Go on with a sentence that says what happened."""
    messages.success(request, str(sentence))
    return redirect(url)


def has_role(user: User, role: str, case: Case) -> bool:
    """Whether the person has the role at the case's authority today."""
    return permissions.has_role(user, role, case.authority_id)


may_handle = permissions.may_handle
