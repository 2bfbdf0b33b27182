# SPDX-License-Identifier: EUPL-1.2
"""Sending a record out, and noting that it arrived."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from casework.dispatch import services
from casework.dispatch.models import Dispatch
from casework.dispatch.permissions import may_dispatch
from casework.register.models import Record
from desk.dispatch.forms import DispatchForm, ReceiptForm
from ui.base import FormView, done
from ui.links import url_for


class DispatchView(FormView):
    """Send a record to somebody, or note that it was sent."""

    header_icon = "mail"
    page_title = _l("Expediera")
    submit_label = _l("Expediera")
    crumbs = ((_l("Ärenden"), "case:index"),)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the record; refuse those who may not."""
        rows = Record.objects.shown_to(self.user).filter(is_internal=True)
        self.record = get_object_or_404(
            rows.select_related("case__entry__series", "case__authority"), pk=kwargs["pk"]
        )
        if not may_dispatch(self.user, self.record.case):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """The verb, and of what."""
        return f"{self.page_title} {self.record.dnr}"

    def make_form(self, data: Any = None, files: Any = None) -> DispatchForm:
        """Begun with the record's own receiver."""
        return DispatchForm(data, record=self.record)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The case, and the way back to it."""
        case = self.record.case
        return super().get_context_data(
            **({"case": case, "back": url_for(case, "desk"), "intro": self.record.title} | kwargs)
        )

    def carry_out(self, form: DispatchForm) -> HttpResponse:
        """Send it."""
        rows = services.dispatch_record(record=self.record, actor=self.user, **form.cleaned_data)
        told = ngettext(
            "%(dnr)s är expedierad till en mottagare.",
            "%(dnr)s är expedierad till %(count)s mottagare.",
            len(rows),
        )
        words = {"dnr": self.record.dnr, "count": len(rows)}
        return done(self.request, told % words, url_for(self.record.case, "desk"))


class ReceiptView(FormView):
    """Note that a receiver has got the record."""

    header_icon = "check"
    page_title = _l("Notera mottagande")
    submit_label = _l("Notera mottagandet")
    crumbs = ((_l("Ärenden"), "case:index"),)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the sending; refuse those who may not."""
        self.row = get_object_or_404(
            Dispatch.objects.visible_to(self.user).select_related(
                "record__case__entry__series", "record__case__authority"
            ),
            pk=kwargs["pk"],
        )
        if not may_dispatch(self.user, self.row.record.case):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data: Any = None, files: Any = None) -> ReceiptForm:
        """The day, and how one knows."""
        return ReceiptForm(data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What was sent to whom."""
        case = self.row.record.case
        intro = f"{self.row.record.dnr}: {self.row.receiver}, {self.row.sent_on:%Y-%m-%d}"
        return super().get_context_data(
            **({"case": case, "back": url_for(case, "desk"), "intro": intro} | kwargs)
        )

    def carry_out(self, form: ReceiptForm) -> HttpResponse:
        """Note it."""
        services.note_receipt(dispatch=self.row, actor=self.user, **form.cleaned_data)
        return done(
            self.request, _("Mottagandet är noterat."), url_for(self.row.record.case, "desk")
        )
