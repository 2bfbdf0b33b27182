# SPDX-License-Identifier: EUPL-1.2
"""All that waits for a registrar, by kind, the oldest first; and what was dealt with."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _l

from casework.disclosure.models import DisclosureRequest
from casework.inbox.models import InboxItem
from casework.inbox.selectors import done_lately, last_done
from casework.inbox.services import Children, receive_scan
from casework.organisation.enums import Role
from casework.organisation.models import Authority
from casework.organisation.selectors import roles_of
from casework.process.enums import Stage
from casework.process.selectors import visible_processes
from casework.register.permissions import diaries_of
from desk.inbox.forms import DropForm
from desk.inbox.presenters import taken_in, told_of
from ui.base import DeskView, done, tell_refusal

SHOWN = 50
"""So many of each kind stand on the page, the oldest first."""
ANSWERED_SHOWN = dt.timedelta(days=30)
"""So long an answered request stands in the inbox."""


class RegistrarView(DeskView):
    """A page for registrars only."""

    header_icon = "download"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse everybody else."""
        if Role.REGISTRAR not in roles_of(self.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class InboxView(RegistrarView):
    """What waits to be registered or answered."""

    template_name = "desk/inbox/inbox.html"
    page_title = _l("Inkorg")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Post, sent-in initiatives, and open requests for records."""
        mine = InboxItem.objects.visible_to(self.user).waiting()
        items = list(mine.defer("text")[: SHOWN + 1])
        waiting = list(
            visible_processes(self.user)
            .filter(stage=Stage.SENT)
            .select_related("initiative__administration")
            .order_by("entered_at")[: SHOWN + 1]
        )
        orders = list(
            DisclosureRequest.objects.filter(
                Q(answered_at=None) | Q(decision_wanted_at__isnull=False, decision_number="")
            ).order_by("requested_at")[: SHOWN + 1]
        )
        last = last_done(self.user)
        return super().get_context_data(
            items=items[:SHOWN],
            count=mine.order_by().count() if len(items) > SHOWN else len(items),
            waiting=waiting[:SHOWN],
            more_waiting=len(waiting) > SHOWN,
            requests=[row for row in orders[:SHOWN] if row.answered_at is None],
            decisions=[row for row in orders[:SHOWN] if row.answered_at is not None],
            more_orders=len(orders) > SHOWN,
            answered=DisclosureRequest.objects.filter(
                answered_at__gte=timezone.now() - ANSWERED_SHOWN, withdrawn_at=None
            ).order_by("-answered_at"),
            drop=kwargs.pop("drop", None) or DropForm(),
            last=last,
            told=told_of(last) if last else "",
            **kwargs,
        )


class DropView(InboxView):
    """Take in files that were dropped onto the page, or chosen."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Each file a letter, or all of them one."""
        form = DropForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(drop=form), status=422)
        files: list[UploadedFile] = form.cleaned_data["files"]
        letters = [files] if form.cleaned_data["together"] else [[file] for file in files]
        new = twins = 0
        with Children() as children:
            for letter in letters:
                try:
                    _item, is_new = receive_scan(
                        authority=self._authority(), files=letter, source="web", actor=self.user,
                        children=children,
                    )  # fmt: skip
                except ValidationError as error:
                    tell_refusal(request, error)
                else:
                    new, twins = new + is_new, twins + (not is_new)
        if not new and not twins:
            return self.render_to_response(self.get_context_data(), status=422)
        return done(request, taken_in(new, twins), reverse("desk_inbox"))

    def _authority(self) -> Authority:
        """The authority whose diary the person keeps; the first, of those who keep several."""
        return Authority.objects.get(pk=diaries_of(self.user)[0])


class DoneView(RegistrarView):
    """What was dealt with: filed, sent on, set aside by somebody or by itself."""

    template_name = "desk/inbox/done.html"
    page_title = _l("Hanterat i inkorgen")
    crumbs = ((_l("Inkorg"), "desk_inbox"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The newest first, a page at a time."""
        rows = done_lately(self.user).defer("text")
        page = Paginator(rows, SHOWN).get_page(self.request.GET.get("sida"))
        told = [(row, told_of(row)) for row in page]
        return super().get_context_data(page=page, rows=told, **kwargs)
