# SPDX-License-Identifier: EUPL-1.2
"""The lane: one item at a time, the next comes by itself, and the last can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import CharField, Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.inbox import services
from casework.inbox.enums import AsideReason, ItemState
from casework.inbox.models import InboxItem
from casework.inbox.selectors import (
    copies_of,
    has_registrar,
    item_and_last,
    next_after,
    place_of,
    with_place,
)
from casework.register.models import Case
from desk.inbox.forms import FilingForm, ForwardForm, OrderForm
from desk.inbox.presenters import nobody_there, offers_to, shown, told_of
from desk.inbox.views.listing import RegistrarView
from ui.base import add_service_error, done, refuse, tell_refusal
from ui.decisions import messages_of
from ui.forms import as_typed
from ui.letter_choices import LetterChoices

WAYS = frozenset({"case", "number", "new", "forward", "aside", "order"})
"""The ways out of the lane."""
ASIDE_SHOWN = [choice for choice in AsideReason.choices if choice[0] != AsideReason.OTHER]


def _is_as_proposed(form: Form, name: str) -> bool:
    """Whether a field holds what was proposed in it, which a browser sends with other line ends."""
    proposed = form.get_initial_for_field(form.fields[name], name) or ""
    return str(form[name].value()).split() == str(proposed).split()


class ItemView(RegistrarView):
    """One item, with what may be done with it."""

    template_name = "desk/inbox/item.html"
    crumbs = ((_l("Inkorg"), "desk_inbox"),)
    item: InboxItem
    last: InboxItem | None
    """What the person did last, while it is offered to be taken back."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the item, or answer as if it did not exist."""
        super().setup(request, *args, **kwargs)
        rows = item_and_last(self.user, kwargs["pk"])
        found = {row.pk: row for row in rows}
        if kwargs["pk"] not in found:
            raise Http404
        self.item = found[kwargs["pk"]]
        self.last = next((row for row in found.values() if row.is_last), None)

    @cached_property
    def choices(self) -> LetterChoices:
        """What both forms let one choose among, read once."""
        return LetterChoices([self.item.authority_id])

    def get_page_title(self) -> str:
        """How it came, or what became of it; the subject stands above the text."""
        return str(
            self.item.get_kind_display() if self.item.is_waiting else self.item.get_state_display()
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What came, which case it may belong to, and the forms, filled in."""
        item, user, last = self.item, self.user, self.last
        files = list(item.files.order_by("pk"))
        words: dict[str, Any] = {
            "item": item,
            "files": files,
            "shown": [] if item.is_gone else shown(files),
            "copies": copies_of(item),
            "last": last,
            "told": told_of(last) if last else "",
            "own_told": "" if item.is_waiting else told_of(item),
        }
        if item.is_waiting:
            words.update(
                place=place_of(item),
                offers=offers_to(user, item),
                aside=ASIDE_SHOWN,
                other=AsideReason.OTHER,
                reason=self.request.POST.get("reason", ""),
                **{name: kwargs.pop(name, None) or self._again(name) for name in self.forms},
            )
        return super().get_context_data(**(words | kwargs))

    @cached_property
    def forms(self) -> dict[str, Callable[..., Form]]:
        """How each form of the lane is made; they are sent together, and one of them is meant."""
        item, choices = self.item, self.choices
        return {
            "form": partial(FilingForm, user=self.user, item=item, choices=choices),
            "forward": partial(ForwardForm, item=item, choices=choices),
            "order": partial(OrderForm, item=item),
        }

    def _again(self, name: str) -> Form:
        """A form that was not meant: as it was filled in, or as somebody typed in it."""
        form = self.forms[name]()
        if self.request.method == "POST":
            form.initial = {**form.initial, **as_typed(form, self.request.POST)}
        return form

    def _typed(self) -> list[tuple[str, str]]:
        """What a person wrote of an item that somebody else has dealt with, to be copied."""
        data = self.request.POST
        found = [
            (str(form[name].label), str(form[name].value()))
            for make in self.forms.values()
            for form in [make(data)]
            for name in form.changed_data
            if isinstance(form.fields[name], CharField) and form[name].value()
            if not _is_as_proposed(form, name)
        ]
        reason = data.get("reason", "").strip()
        return [*found, (_("Annat skäl"), reason)] if reason else found

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what the button says, and go on to the next."""
        what, _colon, of = request.POST.get("do", "").partition(":")
        if what in WAYS and not self.item.is_waiting:
            messages.error(request, _("Någon annan hann före; inget ändrades."))
            return self.render_to_response(self.get_context_data(typed=self._typed()), status=422)
        match what:
            case "case" | "number" | "new":
                return self._file(what, of)
            case "forward":
                return self._forward()
            case "aside":
                return self._set_aside(of)
            case "order":
                return self._order()
            case "undo":
                return self._undo_last(of) if of else self._undo()
        raise Http404

    def _file(self, what: str, of: str) -> HttpResponse:
        form = self.forms["form"](self.request.POST)
        assert isinstance(form, FilingForm)
        if form.is_valid():
            try:
                self._register(form, what, of)
            except (ValidationError, PermissionDenied) as error:
                add_service_error(form, error)
            else:
                return self._next()
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _register(self, form: FilingForm, what: str, of: str) -> None:
        if what == "new":
            if form.case is not None:
                raise ValidationError(
                    {"existing": _("Töm fältet, eller välj att registrera i det ärendet.")}
                )
            services.file_as_new_case(
                item=self.item,
                series=form.cleaned_data["series"],
                with_receipt=form.cleaned_data["with_receipt"],
                actor=self.user,
                **form.said(),
                **form.new_case(),
            )
            return
        case = form.case if what == "number" else self._case(of)
        if case is None:
            raise ValidationError({"existing": _("Skriv ärendets nummer.")})
        services.file_as_record(item=self.item, case=case, actor=self.user, **form.said())

    def _case(self, key: str) -> Case | None:
        """The suggested case, if the person sees it."""
        if not key.isdecimal():
            raise Http404
        rows = Case.objects.shown_to(self.user).filter(is_internal=True)
        return rows.filter(pk=int(key)).first()

    def _forward(self) -> HttpResponse:
        form = self.forms["forward"](self.request.POST)
        if form.is_valid():
            try:
                services.forward_item(item=self.item, actor=self.user, **form.cleaned_data)
            except (ValidationError, PermissionDenied) as error:
                add_service_error(form, error)
            else:
                there = form.cleaned_data["authority"]
                if there is not None and not has_registrar(there):
                    messages.warning(self.request, nobody_there(there))
                return self._next()
        return self.render_to_response(self.get_context_data(forward=form), status=422)

    def _order(self) -> HttpResponse:
        form = self.forms["order"](self.request.POST)
        assert isinstance(form, OrderForm)
        if form.is_valid():
            try:
                services.file_as_order(item=self.item, actor=self.user, **form.said())
            except (ValidationError, PermissionDenied) as error:
                add_service_error(form, error)
            else:
                return self._next()
        return self.render_to_response(self.get_context_data(order=form), status=422)

    def _set_aside(self, aside: str) -> HttpResponse:
        reason = self.request.POST.get("reason", "")
        try:
            services.set_aside(item=self.item, aside=aside, reason=reason, actor=self.user)
        except (ValidationError, PermissionDenied) as error:
            fault = " ".join(messages_of(error))
            return self.render_to_response(self.get_context_data(aside_fault=fault), status=422)
        return self._next()

    def _undo(self) -> HttpResponse:
        try:
            return self._taken_back(self.item)
        except (ValidationError, PermissionDenied) as error:
            return refuse(self.request, error, self._address(self.item))

    def _undo_last(self, key: str) -> HttpResponse:
        """Take back the last one from the lane of the next, whose fields stay if that fails."""
        if not key.isdecimal():
            raise Http404
        item = get_object_or_404(with_place(self.user).select_related("case"), pk=int(key))
        try:
            return self._taken_back(item)
        except (ValidationError, PermissionDenied) as error:
            tell_refusal(self.request, error)
            return self.render_to_response(self.get_context_data(), status=422)

    def _taken_back(self, item: InboxItem) -> HttpResponse:
        had_receipt = item.is_new_case and item.receipt_id is not None
        had_code = item.order_id and item.forwardings.filter(sent_at__isnull=False).exists()
        services.undo(item=item, actor=self.user)
        told = _("Posten är tillbaka i inkorgen.")
        if had_receipt:
            told += " " + _("Bekräftelsen har redan skickats, med numret som nu är makulerat.")
        if had_code:
            told += " " + _("Kvittokoden har redan skickats; den leder inte till något nu.")
        return done(self.request, told, self._address(item))

    def _next(self) -> HttpResponse:
        """The next that waits; the inbox, when nothing does."""
        after = next_after(self.user, self.item)
        url = self._address(after) if after else reverse("desk_inbox")
        told, case = told_of(self.item), self.item.case
        if case is not None and case.closed_at and self.item.state == ItemState.FILED:
            told += " " + _("Ärendet %(dnr)s är avslutat.") % {"dnr": case.dnr}
        return done(self.request, told, url)

    @staticmethod
    def _address(item: InboxItem) -> str:
        return reverse("desk_inbox_item", args=[item.pk])
