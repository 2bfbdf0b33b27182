# SPDX-License-Identifier: EUPL-1.2
"""The contact person's work: completing the preparation, and sending the batch (R26–R28)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.initiatives.models import Initiative
from casework.organisation.enums import Role
from casework.organisation.models import Administration
from casework.process import services
from casework.process.enums import Stage
from desk.initiatives.forms import PreparationForm
from ui.base import DeskView, add_service_error, done, refuse
from ui.links import url_for
from ui.lookups import initiative_or_404


class PrepareView(DeskView):
    """Fill in the fixed template; it can be saved with gaps."""

    template_name = "desk/initiatives/prepare.html"
    header_icon = "form"
    page_title = _l("Förbered initiativet")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the initiative, or answer as if it did not exist."""
        self.initiative = initiative_or_404(self.user, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and the way back."""
        form = kwargs.pop("form", None) or PreparationForm(instance=self.initiative)
        return super().get_context_data(
            form=form,
            initiative=self.initiative,
            back=url_for(self.initiative, "desk"),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save what was written."""
        form = PreparationForm(request.POST, instance=self.initiative)
        if form.is_valid():
            try:
                services.save_preparation(self.initiative, form.cleaned_data, actor=self.user)
            except (ValidationError, PermissionDenied) as error:
                add_service_error(form, error)
            else:
                return done(request, _("Sparat."), url_for(self.initiative, "desk"))
        return self.render_to_response(self.get_context_data(form=form), status=422)


class BatchView(DeskView):
    """Send the förvaltning's prepared initiatives together to stadsledningskontoret."""

    template_name = "desk/initiatives/batch.html"
    header_icon = "mail"
    page_title = _l("Skicka till stadsledningskontoret")

    def prepared(self) -> list[tuple[Administration, list[Initiative]]]:
        """The person's förvaltningar, each with what is ready to be sent."""
        seats = (
            self.user.appointments.in_force()
            .filter(role=Role.LIAISON)
            .select_related("administration")
        )
        found = []
        for seat in seats:
            assert seat.administration is not None  # a liaison's scope
            ready = Initiative.objects.filter(
                administration=seat.administration, process__stage=Stage.PREPARED
            ).select_related("service_area", "process")
            found.append((seat.administration, list(ready)))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What can be sent."""
        prepared = self.prepared()
        return super().get_context_data(
            prepared=prepared,
            empty_handed=[administration for administration, ready in prepared if not ready],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send the chosen ones, all or none."""
        chosen = set(request.POST.getlist("initiative"))
        for administration, ready in self.prepared():
            if str(administration.pk) != request.POST.get("administration"):
                continue
            picked = [initiative for initiative in ready if str(initiative.pk) in chosen]
            try:
                services.send_batch(
                    administration,
                    picked,
                    actor=self.user,
                    message=request.POST.get("message", ""),
                )
            except (ValidationError, PermissionDenied) as error:
                return refuse(request, error, request.path)
            return done(
                request,
                _("%(count)s initiativ skickades till stadsledningskontoret.")
                % {"count": len(picked)},
                request.path,
            )
        return refuse(request, ValidationError(_("Välj minst ett initiativ.")), request.path)
