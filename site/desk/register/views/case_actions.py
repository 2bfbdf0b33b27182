# SPDX-License-Identifier: EUPL-1.2
"""What a registrar or officer does with a case beside its way through the model."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.access.models import AccessGrant
from casework.initiatives.models import Initiative
from casework.register import services
from casework.register.obstacles import require_live
from ui.base import DeskView, add_service_error, done, focus_first, refuse
from ui.case_actions import action_named, offered_to
from ui.case_file import CaseFile
from ui.links import url_for
from ui.lookups import case_or_404


class CaseActionView(DeskView):
    """One page for each of these things."""

    template_name = "desk/form.html"
    header_icon = "cog"
    crumbs = ((_l("Ärenden"), "case:index"),)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the case and the action; refuse those who may not."""
        self.case = case_or_404(self.user, kwargs["pk"])
        if not self.case.is_internal:
            raise Http404
        action = action_named(kwargs["name"])
        if action is None:
            raise Http404
        self.action = action
        file = CaseFile(self.case, Initiative.objects.filter(case=self.case).first())
        self.is_offered = kwargs["name"] in dict(offered_to(self.user, file))
        self.may = action.may(self.user, self.case)
        is_typed = request.method == "POST" and not action.page
        if not is_typed and not self.may:
            raise PermissionDenied
        if not is_typed and not self.is_offered:
            return refuse(request, self.not_now(), url_for(self.case, "desk"))
        if action.page:
            return redirect(action.page, self.case.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """The verb."""
        return str(self.action.label)

    def not_now(self) -> ValidationError | PermissionDenied:
        """Why it cannot be done with the case as it is: it has changed, or somebody else has it."""
        if not self.may:
            return PermissionDenied(_("Det här kan du inte göra med ärendet som det är nu."))
        try:
            require_live(self.case)
        except ValidationError as error:
            return error
        dnr = {"dnr": self.case.dnr}
        if self.case.closed_at:
            return ValidationError(_("%(dnr)s är avslutat.") % dnr, code="closed")
        return ValidationError(
            _("%(dnr)s har ändrats, så att det inte går att göra nu.") % dnr, code="changed"
        )

    def make_form(self, data: Any = None) -> forms.Form:
        """The action's form."""
        person = {"user": self.user} if self.action.for_user else {}
        return self.action.form(data, case=self.case, **person)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and its words."""
        form = kwargs.pop("form", None) or self.make_form()
        focus_first(form)
        return super().get_context_data(
            form=form,
            case=self.case,
            submit_label=self.action.label,
            back=url_for(self.case, "desk"),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or show again what was typed with what is wrong.

        The page may have been opened before somebody else closed, voided or joined the case.
        """
        form = self.make_form(request.POST)
        if not self.is_offered:
            form.full_clean()
            add_service_error(form, self.not_now())
        elif form.is_valid():
            try:
                remark = self.action.call(self.case, form, self.user)
            except (ValidationError, PermissionDenied) as error:
                add_service_error(form, error)
            else:
                if remark:
                    messages.warning(request, remark)
                return done(
                    request,
                    _("Klart i %(dnr)s: %(what)s.")
                    % {"dnr": self.case.dnr, "what": self.action.label},
                    url_for(self.case, "desk"),
                )
        return self.render_to_response(self.get_context_data(form=form), status=422)


class EndGrantView(DeskView):
    """End somebody's access to a case."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End it today."""
        grant = get_object_or_404(AccessGrant.objects.select_related("case"), pk=kwargs["pk"])
        case = case_or_404(self.user, grant.case_id)
        back = url_for(case, "desk")
        try:
            services.end_grant(grant=grant, actor=self.user)
        except (ValidationError, PermissionDenied) as error:
            return refuse(request, error, back)
        return done(request, _("Behörigheten är avslutad."), back)
