# SPDX-License-Identifier: EUPL-1.2
"""The page on which a registrar chooses, sees the public face, and publishes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.register.models import Case
from casework.register.permissions import may_publish
from casework.register.services import publish_chosen
from desk.publication.forms import PublishForm
from desk.publication.presenters import choices_of, kept_inside, public_page
from ui.base import DeskView, add_service_error, done
from ui.links import url_for
from ui.lookups import case_or_404


class PublishView(DeskView):
    """Choose, look, and confirm what was looked at."""

    template_name = "desk/publication/publish.html"
    header_icon = "view"
    crumbs = ((_l("Ärenden"), "case:index"),)
    case: Case

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Registrars of a case that may be shown at all."""
        self.case = case_or_404(self.user, kwargs["pk"])
        if not self.case.is_internal:
            raise Http404
        if not may_publish(self.user, self.case) or self.case.is_secret or self.case.is_void:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """The verb, and of what."""
        return _("Webbdiariet: %(dnr)s") % {"dnr": self.case.dnr}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The choices and, once they hold together, the public face that they make."""
        form: PublishForm = kwargs.pop("form", None) or PublishForm(case=self.case)
        records, readable = (self._picked(form, name) for name in ("records", "readable"))
        choices = choices_of(self.case, records, readable)
        seen, html = self._preview(form)
        return super().get_context_data(
            case=self.case,
            form=form,
            choices=choices,
            inside=kept_inside(self.case, choices),
            preview=html,
            seen=seen,
            back=url_for(self.case, "desk"),
            **kwargs,
        )

    def _picked(self, form: PublishForm, name: str) -> list[int]:
        if not form.is_bound:
            return list(form.initial[name])
        return [int(text) for text in self.request.POST.getlist(name) if text.isdecimal()]

    def _preview(self, form: PublishForm) -> tuple[str, str]:
        """The fingerprint of the choices and the page that they make; nothing while they fail."""
        if not form.is_bound:
            first = {key: value for key, value in form.initial.items() if value is not None}
            form = PublishForm(first, case=self.case)
        if not form.is_valid():
            return "", ""
        try:
            html = public_page(self.case, self.user, self.request, **self._choice(form))
        except ValidationError as error:
            add_service_error(form, error)
            return "", ""
        return form.fingerprint(), html

    def _choice(self, form: PublishForm) -> dict[str, Any]:
        data = form.cleaned_data
        records = form.chosen_records()
        return {"summary": data["summary"], "until": data["until"], "records": records}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Publish what was seen; show anew what was changed since."""
        form = PublishForm(request.POST, case=self.case)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        if request.POST.get("do") != "publish":
            return self.render_to_response(self.get_context_data(form=form))
        if request.POST.get("seen") != form.fingerprint():
            changed = _("Du har ändrat något. Se efter i förhandsvisningen och publicera sedan.")
            context = self.get_context_data(form=form, changed=changed)
            return self.render_to_response(context, status=422)
        try:
            publish_chosen(case=self.case, actor=self.user, **self._choice(form))
        except ValidationError as error:
            add_service_error(form, error)
            return self.render_to_response(self.get_context_data(form=form), status=422)
        told = _("%(dnr)s visas i webbdiariet.") % {"dnr": self.case.dnr}
        return done(request, told, url_for(self.case, "desk"))
