# SPDX-License-Identifier: EUPL-1.2
"""The registrar's work: an initiative's number."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.initiatives.selectors import answers_of
from casework.organisation.enums import Role
from casework.organisation.selectors import roles_of
from casework.process import services as process_services
from casework.process.mandates import diary_authority
from desk.register.letter_forms import RegisterInitiativeForm
from ui.base import DeskView, FormView, done
from ui.links import url_for
from ui.lookups import initiative_or_404


class RegistrarView(DeskView):
    """A page for registrars only."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse everybody else."""
        if Role.REGISTRAR not in roles_of(self.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class RegistrarFormView(RegistrarView, FormView):
    """A registrar's form."""


class RegisterInitiativeView(RegistrarFormView):
    """Give a sent-in initiative its number."""

    template_name = "desk/register/register_initiative.html"
    header_icon = "check"
    page_title = _l("Registrera initiativet")
    submit_label = _l("Registrera och ge diarienummer")
    crumbs = ((_l("Inkorg"), "desk_inbox"),)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the initiative, or answer as if it did not exist."""
        super().setup(request, *args, **kwargs)
        self.initiative = initiative_or_404(self.user, kwargs["pk"])

    def make_form(self, data: Any = None, files: Any = None) -> RegisterInitiativeForm:
        """Title and date as they came in; the registrar checks them."""
        authority = diary_authority()
        assert authority is not None  # the preset has it
        initiative = self.initiative
        sent = initiative.batch.sent_at if initiative.batch else timezone.now()
        return RegisterInitiativeForm(
            data,
            authority=authority,
            initial={
                "title": initiative.title,
                "received_date": timezone.localdate(sent),
            },
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Also what was sent in, to check against."""
        return super().get_context_data(
            initiative=self.initiative,
            answers=answers_of(self.initiative),
            **kwargs,
        )

    def carry_out(self, form: Any) -> HttpResponse:
        """Register; the number stands on the next page at once."""
        case = process_services.register(
            initiative=self.initiative, actor=self.user, **form.cleaned_data
        )
        candidacy = case.initiative.process.candidacy
        where = (
            _("Det är med i %(round)s.") % {"round": candidacy.round}
            if candidacy
            else _("Ingen omgång är öppen; det följer med när nästa öppnas.")
        )
        return done(
            self.request,
            _("Registrerat som %(dnr)s. En mottagningsbekräftelse skickas. %(where)s")
            % {"dnr": case.dnr, "where": where},
            url_for(case, "desk"),
        )
