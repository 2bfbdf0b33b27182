# SPDX-License-Identifier: EUPL-1.2
"""A person's own lists of the cases: saving, naming, throwing away, and choosing columns."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.saved_lists.models import SavedList
from casework.saved_lists.selectors import columns_of, lists_of
from casework.saved_lists.services import change_list, choose_columns, remove_list, save_list
from desk.register.places import question_of
from desk.register.tables import LISTING, OFFERED, USUAL
from desk.register.viewsets import address_of
from ui.base import DeskView, FormView, done

CRUMBS = ((_l("Ärenden"), "case:index"),)


class ListForm(forms.Form):
    """A list's name, and whether the cases open with it."""

    name = forms.CharField(label=_l("Namn"), max_length=60)
    is_start = forms.BooleanField(
        label=_l("Öppna listan med det här urvalet"),
        required=False,
        help_text=_l("”Ärenden” i menyn visar då urvalet. ”Alla ärenden” finns kvar i listan."),
    )


def own_list_or_404(user: Any, pk: str | int) -> SavedList:
    """One of the person's own; somebody else's does not exist."""
    found = lists_of(user, LISTING).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


class SavedListsView(DeskView):
    """All that the person has saved."""

    template_name = "desk/register/saved_lists.html"
    header_icon = "list-ul"
    page_title = _l("Mina urval")
    crumbs = CRUMBS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """By name."""
        rows = [(row, address_of(row)) for row in lists_of(self.user, LISTING)]
        return super().get_context_data(rows=rows, **kwargs)


class SaveListView(FormView):
    """Save what the list shows now under a name."""

    page_title = _l("Spara urvalet")
    header_icon = "list-ul"
    crumbs = CRUMBS
    intro = _l("Filter, sökning, sortering och kolumner sparas. Samma namn ersätter det sparade.")

    def make_form(self, data: Any = None, files: Any = None) -> ListForm:
        """With the name that it has, when a saved list is open."""
        opened = self.opened()
        known = {"name": opened.name, "is_start": opened.is_start} if opened else {}
        return ListForm(data, initial=known)

    def opened(self) -> SavedList | None:
        """The saved list that the question came from."""
        wanted = self.request.GET.get("urval", "")
        return (
            lists_of(self.user, LISTING).filter(pk=wanted).first() if wanted.isdecimal() else None
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the way back."""
        question = question_of(self.request.GET)
        back = f"{reverse('case:index')}?{question or 'alla=1'}"
        return super().get_context_data(back=back, **kwargs)

    def carry_out(self, form: Any) -> HttpResponse:
        """Save it, and open it."""
        query = self.request.GET.copy()
        query.pop("urval", None)
        opened = self.opened()
        columns = (opened.columns if opened else None) or columns_of(self.user, LISTING)
        saved = save_list(
            actor=self.user,
            listing=LISTING,
            query=question_of(query),
            columns=columns,
            **form.cleaned_data,
        )
        told = _("Urvalet ”%(name)s” är sparat.") % {"name": saved.name}
        return done(self.request, told, address_of(saved))


class ChangeListView(FormView):
    """Another name, or the one that opens first."""

    page_title = _l("Byt namn på urvalet")
    header_icon = "list-ul"
    crumbs = CRUMBS

    def make_form(self, data: Any = None, files: Any = None) -> ListForm:
        """With what it has."""
        saved = own_list_or_404(self.user, self.kwargs["pk"])
        return ListForm(data, initial={"name": saved.name, "is_start": saved.is_start})

    def carry_out(self, form: Any) -> HttpResponse:
        """Keep it."""
        saved = own_list_or_404(self.user, self.kwargs["pk"])
        change_list(actor=self.user, saved=saved, **form.cleaned_data)
        return done(self.request, _("Urvalet är ändrat."), reverse("desk_saved_lists"))


class RemoveListView(FormView):
    """Throw one away."""

    page_title = _l("Ta bort urvalet")
    header_icon = "bin"
    crumbs = CRUMBS
    submit_label = _l("Ta bort urvalet")
    intro = _l("Bara urvalet tas bort. Ärendena står kvar.")

    def make_form(self, data: Any = None, files: Any = None) -> forms.Form:
        """Nothing is asked."""
        own_list_or_404(self.user, self.kwargs["pk"])
        return forms.Form(data)

    def carry_out(self, form: Any) -> HttpResponse:
        """Gone."""
        saved = own_list_or_404(self.user, self.kwargs["pk"])
        remove_list(actor=self.user, saved=saved)
        told = _("Urvalet ”%(name)s” är borttaget.") % {"name": saved.name}
        return done(self.request, told, reverse("desk_saved_lists"))


class ColumnsView(DeskView):
    """Which columns to see, and in what order."""

    template_name = "desk/register/columns.html"
    page_title = _l("Kolumner")
    header_icon = "table"
    crumbs = CRUMBS

    def saved(self) -> SavedList | None:
        """The saved list whose columns they are, if one is open."""
        wanted = self.request.GET.get("urval", "")
        if not wanted.isdecimal():
            return None
        return own_list_or_404(self.user, wanted)

    def back(self) -> str:
        """The list as it was."""
        return f"{reverse('case:index')}?{question_of(self.request.GET) or 'alla=1'}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All columns: the chosen first and in their order, then the others."""
        saved = self.saved()
        own = (saved.columns if saved else None) or columns_of(self.user, LISTING)
        chosen = [name for name in own if name in OFFERED] or list(USUAL)
        rest = [name for name in OFFERED if name not in chosen]
        offered = [(name, OFFERED[name].label, name in chosen) for name in [*chosen, *rest]]
        return super().get_context_data(offered=offered, saved=saved, back=self.back(), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the choice."""
        shown = set(request.POST.getlist("shown"))
        columns = [name for name in request.POST.getlist("order") if name in shown & set(OFFERED)]
        if "usual" in request.POST:
            columns = list(USUAL)
        saved = self.saved()
        try:
            choose_columns(actor=self.user, listing=LISTING, columns=columns, saved=saved)
        except ValidationError as error:
            context = self.get_context_data(errors=error.messages)
            return self.render_to_response(context, status=422)
        return done(request, _("Kolumnerna är sparade."), self.back())
