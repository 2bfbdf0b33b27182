# SPDX-License-Identifier: EUPL-1.2
"""A one-time password for a person who has lost theirs."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.organisation.models import User
from casework.organisation.permissions import may_reset_password
from casework.organisation.services import reset_password
from ui.administrator import AdministratorMixin
from ui.base import FormView


class NewPasswordView(AdministratorMixin, FormView):
    """Ask first, then show the password once: it stands on no other page."""

    template_name = "desk/organisation/password.html"
    header_icon = "key"
    crumbs = ((_("Personer"), "person:index"),)
    submit_label = _("Ge ett engångslösenord")
    intro = _(
        "Det gamla lösenordet slutar gälla och den som är inloggad på kontot loggas ut. "
        "Engångslösenordet byts vid nästa inloggning."
    )
    person: User

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the person."""
        super().setup(request, *args, **kwargs)
        self.person = get_object_or_404(User, pk=kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Never for oneself or for a superuser."""
        if not may_reset_password(self.user, self.person):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """Whose."""
        return _g("Nytt lösenord: %(name)s") % {"name": self.person}

    def make_form(self, data: Any = None, files: Any = None) -> Form:
        """Nothing is asked."""
        return Form(data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The person, and the way back."""
        back = reverse("person:edit", args=[self.person.pk])
        return super().get_context_data(person=self.person, back=back, **kwargs)

    def carry_out(self, form: Any) -> HttpResponse:
        """Show it on the answer to this click alone; no browser keeps a page of the desk."""
        password = reset_password(person=self.person, actor=self.user)
        return self.render_to_response(self.get_context_data(form=form, password=password))
