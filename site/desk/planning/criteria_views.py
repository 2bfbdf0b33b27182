# SPDX-License-Identifier: EUPL-1.2
"""The criteria: what is used, and the draft of the next version (R41, R51)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.planning import services
from casework.planning.enums import VersionState
from casework.planning.models import CriteriaVersion
from casework.planning.permissions import may_plan
from desk.planning.criteria_forms import CriteriaForm, criteria_formset
from ui.base import DeskView, add_service_error, done, refuse


class CriteriaView(DeskView):
    """The criteria with their scales: change, add, take away, put in order, take into use."""

    template_name = "desk/planning/criteria.html"
    header_icon = "tasks"
    page_title = _l("Kriterier")
    crumbs = ((_l("Omgångar"), "desk_rounds"),)
    draft: CriteriaVersion | None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For those who plan."""
        if not may_plan(self.user):
            raise PermissionDenied
        self.draft = CriteriaVersion.objects.filter(state=VersionState.DRAFT).first()
        return super().dispatch(request, *args, **kwargs)

    @property
    def source(self) -> CriteriaVersion | None:
        """The draft, or what is used, of which the next draft is a copy."""
        return self.draft or CriteriaVersion.objects.filter(state=VersionState.IN_USE).first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The forms and the versions."""
        source = self.source
        form = kwargs.pop("form", None)
        criteria = kwargs.pop("criteria", None)
        return super().get_context_data(
            form=form or CriteriaForm(initial={"name": source.name if source else ""}),
            criteria=criteria or criteria_formset(source),
            versions=CriteriaVersion.objects.prefetch_related("criteria"),
            draft=self.draft,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the draft into use, or save it; nothing typed is lost when something is wrong."""
        if "use" in request.POST:
            return self.take_into_use()
        form = CriteriaForm(request.POST)
        criteria = criteria_formset(self.source, request.POST)
        if all([form.is_valid(), criteria.is_valid()]):
            try:
                version = services.save_criteria(
                    name=form.cleaned_data["name"],
                    rows=criteria.rows(),
                    actor=self.user,
                    version=self.draft,
                )
            except (ValidationError, PermissionDenied) as error:
                add_service_error(form, error)
            else:
                sentence = _("Utkastet %(version)s är sparat.") % {"version": version}
                return done(request, sentence, reverse("desk_criteria"))
        return self.render_to_response(
            self.get_context_data(form=form, criteria=criteria), status=422
        )

    def take_into_use(self) -> HttpResponse:
        """Let the draft count from today."""
        here = reverse("desk_criteria")
        if self.draft is None:
            used = ValidationError(_("Det finns inget utkast att ta i bruk."))
            return refuse(self.request, used, here)
        try:
            services.take_criteria_into_use(version=self.draft, actor=self.user)
        except (ValidationError, PermissionDenied) as error:
            return refuse(self.request, error, here)
        return done(self.request, _("%(version)s används nu.") % {"version": self.draft}, here)
