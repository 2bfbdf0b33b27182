# SPDX-License-Identifier: EUPL-1.2
"""Orders of records: what waits, one order with its records, the trial of one, the answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.disclosure import services
from casework.disclosure.models import DisclosureItem, DisclosureRequest, HandedFile
from casework.disclosure.permissions import may_answer, may_list, may_review
from casework.disclosure.selectors import cases_named, records_named
from casework.follow_up.selectors import stand_ins_of
from casework.inbox.models import InboxItem
from casework.organisation.models import User
from casework.register.models import Record
from desk.disclosure.forms import (
    AnswerForm,
    DecisionForm,
    ListForm,
    ReviewForm,
    WholeAnswerForm,
)
from desk.disclosure.presenters import away_words, rows_of
from ui.base import DeskView, FormView, add_service_error, done, refuse
from ui.downloads import attachment
from ui.links import url_for

MOST = 200
"""So many records of a case are offered at once."""


class RegistrarView(DeskView):
    """A page for registrars only."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse everybody else, before anything is looked for."""
        if not may_answer(self.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class RequestsView(RegistrarView):
    """What waits for an answer or a decision, and what was answered."""

    template_name = "desk/disclosure/requests.html"
    header_icon = "mail"
    page_title = _l("Begäran om utlämnande")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The oldest first of what waits, the newest first of what is done."""
        rows = DisclosureRequest.objects.prefetch_related("items")
        answered = rows.filter(answered_at__isnull=False, withdrawn_at=None).order_by(
            "-answered_at"
        )
        return super().get_context_data(
            waiting=rows.filter(answered_at=None).order_by("requested_at"),
            decisions=rows.filter(decision_wanted_at__isnull=False, decision_number=""),
            page=Paginator(answered, 50).get_page(self.request.GET.get("sida")),
            **kwargs,
        )


class RequestView(RegistrarView):
    """One order: what is asked for, the records that are tried, and the answer."""

    template_name = "desk/disclosure/request.html"
    header_icon = "mail"
    page_title = _l("Begäran om utlämnande")
    crumbs = ((_l("Utlämnande"), "desk_disclosures"),)

    @cached_property
    def disclosure(self) -> DisclosureRequest:
        """The request, looked for only when the person's role has been asked for."""
        return get_object_or_404(DisclosureRequest, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is asked for, the records with what was decided, and what may be taken up."""
        order = self.disclosure
        number = self.request.GET.get("nummer", order.number)[:70]
        rows = rows_of(order, self.user)
        there = {row.item.record_id for row in rows}
        found = [] if order.answered_at else list(records_named(self.user, number)[: MOST + 1])
        open_ = order.answered_at is None
        return super().get_context_data(
            disclosure=order,
            rows=rows,
            number=number,
            found=[row for row in found[:MOST] if row.pk not in there and may_list(self.user, row)],
            found_more=len(found) > MOST,
            is_nobodys=not found and not cases_named(self.user, number).exists(),
            came_as=InboxItem.objects.visible_to(self.user).filter(order=order).first(),
            may_send=open_ and all(row.item.is_reviewed for row in rows),
            form=kwargs.pop("form", None) or (self.make_form() if open_ else None),
            **kwargs,
        )

    def make_form(self, data: Any = None) -> Form:
        """The answer's form: with records the outcome follows from theirs."""
        whole = self.disclosure.items.exists()
        return WholeAnswerForm(data) if whole else AnswerForm(data)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take records up, or send the answer."""
        return self.take_up() if request.POST.get("do") == "list" else self.answer()

    def take_up(self) -> HttpResponse:
        """List the chosen records."""
        here = reverse("desk_disclosure", args=[self.disclosure.pk])
        inside = Record.objects.shown_to(self.user).filter(is_internal=True)
        form = ListForm(self.request.POST, records=inside)
        if not form.is_valid():
            raise Http404
        data = form.cleaned_data
        try:
            rows = services.list_records(
                request=self.disclosure, actor=self.user,
                records=data["records"].select_related("case"), said=data["said"],
            )  # fmt: skip
        except (ValidationError, PermissionDenied) as error:
            return refuse(self.request, error, here)
        waiting = sum(not row.is_reviewed for row in rows)
        told = _("%(count)s att pröva.") % {"count": waiting} if waiting else _("Listan är sparad.")
        return done(self.request, told, here)

    def answer(self) -> HttpResponse:
        """Send it, or show again what was typed with what is wrong."""
        form = self.make_form(self.request.POST)
        if form.is_valid():
            try:
                services.answer_disclosure(
                    request=self.disclosure, actor=self.user, **form.cleaned_data
                )
            except (ValidationError, PermissionDenied) as error:
                add_service_error(form, error)
            else:
                told = _("Svaret är skickat. Det står på kvittot.")
                return done(self.request, told, reverse("desk_disclosures"))
        return self.render_to_response(self.get_context_data(form=form), status=422)


class DecisionView(RegistrarView, FormView):
    """Note where the written decision stands that the one who asked wanted."""

    header_icon = "mail"
    page_title = _l("Skriftligt beslut om utlämnande")
    submit_label = _l("Anteckna beslutet")
    crumbs = ((_l("Utlämnande"), "desk_disclosures"),)

    def make_form(self, data: Any = None, files: Any = None) -> DecisionForm:
        """The decision's number."""
        return DecisionForm(data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What was asked for stands above."""
        order = get_object_or_404(DisclosureRequest, pk=self.kwargs["pk"])
        return super().get_context_data(intro=order.text, **kwargs)

    def carry_out(self, form: Any) -> HttpResponse:
        """Note it; the receipt tells it."""
        order = get_object_or_404(DisclosureRequest, pk=self.kwargs["pk"])
        order = services.note_decision(request=order, actor=self.user, **form.cleaned_data)
        told = _("Beslutet %(number)s är antecknat.") % {"number": order.decision_number}
        return done(self.request, told, reverse("desk_disclosures"))


def own_item(user: User, pk: int) -> DisclosureItem:
    """A record of a request that the person may decide of; else it does not exist."""
    rows = DisclosureItem.objects.select_related("request", "record__case__officer")
    item = rows.filter(pk=pk).first()
    if item is None or not may_review(user, item):
        raise Http404
    inside = Record.objects.shown_to(user).filter(is_internal=True, pk=item.record_id)
    if item.record_id and not inside.exists():
        raise Http404
    return item


class ReviewView(FormView):
    """Decide of one record, with its marking and its files in sight."""

    template_name = "desk/disclosure/review.html"
    header_icon = "view"
    page_title = _l("Pröva utlämnande")
    submit_label = _l("Spara beslutet")
    item: DisclosureItem

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find it, or answer as if it did not exist."""
        self.item = own_item(self.user, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """The verb, and of what."""
        return f"{self.page_title}: {self.item}"

    def make_form(self, data: Any = None, files: Any = None) -> ReviewForm:
        """The outcome, and what it needs."""
        return ReviewForm(data, files, item=self.item)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The record, its marking and the request beside the form."""
        return super().get_context_data(
            item=self.item,
            record=self.item.record,
            masked=list(self.item.files.filter(source=None)),
            is_open=self.item.request.answered_at is None,
            back=self.back(),
            **kwargs,
        )

    def back(self) -> str:
        """The order for a registrar, the case for the officer."""
        if may_answer(self.user) or self.item.record is None:
            return reverse("desk_disclosure", args=[self.item.request_id])
        return url_for(self.item.record.case, "desk")

    def carry_out(self, form: Any) -> HttpResponse:
        """Decide."""
        services.review_item(item=self.item, actor=self.user, **form.cleaned_data)
        return done(self.request, _("%(what)s är prövad.") % {"what": self.item}, self.back())


class ItemButtonView(DeskView):
    """A button at a record of an order."""

    http_method_names = ["post"]

    def press(self, item: DisclosureItem) -> str:
        """Do it, and say what was done."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or say why not, on the order's page."""
        item = own_item(self.user, kwargs["pk"])
        back = reverse("desk_disclosure", args=[item.request_id])
        try:
            return done(request, self.press(item), back)
        except (ValidationError, PermissionDenied) as error:
            return refuse(request, error, back)


class AskOfficerView(ItemButtonView):
    """Hand the trial to the officer of the case."""

    def press(self, item: DisclosureItem) -> str:
        """It stands in the officer's list then."""
        item = services.ask_officer(item=item, actor=self.user)
        asked = item.asked
        if away := away_words(item, stand_ins_of({item.asked_id} if item.asked_id else set())):
            messages.warning(self.request, away)
        return _("%(who)s prövar %(what)s.") % {"who": asked, "what": item}


class UnlistView(ItemButtonView):
    """Take a record out of the order."""

    def press(self, item: DisclosureItem) -> str:
        """Take it out."""
        name = str(item)
        services.unlist(item=item, actor=self.user)
        return _("%(what)s ingår inte längre.") % {"what": name}


def handed(request: HttpRequest, pk: int) -> FileResponse:
    """What was handed out, or is about to be, for those who decide of the record."""
    file = get_object_or_404(HandedFile.objects.select_related("source"), pk=pk)
    user = request.user
    assert isinstance(user, User)  # the admin's address space requires sign-in
    own_item(user, file.item_id)
    return attachment(file.content, name=file.original_name, content_type=file.content_type)
