# SPDX-License-Identifier: EUPL-1.2
"""Undoing what one did with many cases at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from casework.register.models import Case
from casework.register.services.together import Did, take_back
from casework.saved_lists.models import DoneTogether
from casework.saved_lists.selectors import undoable
from casework.saved_lists.services import keep_left
from ui.base import DeskView, FormView
from ui.bulk import NAMED, CaseBulkAction, tell

CRUMBS = ((_l("Ärenden"), "case:index"),)


def action_of(kind: str) -> type[CaseBulkAction] | None:
    """What was done, by its name; none where the notion has gone."""
    found = bulk_action_registry.get_bulk_action_class("register", "case", kind)
    return found if found is not None and issubclass(found, CaseBulkAction) else None


class UndoableView(DeskView):
    """What the person did with many at once and can still undo."""

    template_name = "desk/register/undoable.html"
    header_icon = "rotate"
    page_title = _l("Ångra")
    crumbs = CRUMBS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The newest first."""
        rows = [(row, action) for row in undoable(self.user) if (action := action_of(row.kind))]
        return super().get_context_data(
            rows=[(row, action.display_name, len(row.rows)) for row, action in rows], **kwargs
        )


class UndoView(FormView):
    """Undo one of them, each case for itself."""

    template_name = "desk/register/undo.html"
    header_icon = "rotate"
    crumbs = (*CRUMBS, (_l("Ångra"), "desk_undoable"))
    submit_label = _l("Ångra")

    @cached_property
    def done(self) -> DoneTogether:
        """The person's own; somebody else's does not exist."""
        found = undoable(self.user).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def action(self) -> CaseBulkAction:
        """What was done."""
        found = action_of(self.done.kind)
        if found is None:
            raise Http404
        return found(self.request, Case)

    def get_page_title(self) -> str:
        """With what is undone."""
        return _("Ångra: %(what)s") % {"what": self.action.display_name}

    def make_form(self, data: Any = None, files: Any = None) -> forms.Form:
        """Nothing is asked."""
        assert self.done
        return forms.Form(data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which cases it concerns, of those that the person sees today."""
        keys = [row["case"] for row in self.done.rows]
        shown = Case.objects.shown_to(self.user).filter(pk__in=keys)
        return super().get_context_data(
            done=self.done,
            count=len(keys),
            can_undo=self.action.can_undo,
            cases=shown.order_by("-year", "-serial")[:NAMED],
            more=max(0, len(keys) - NAMED),
            **kwargs,
        )

    def carry_out(self, form: Any) -> HttpResponse:
        """Undo what can be, and keep the rest for another try."""
        rows = [Did(**row) for row in self.done.rows]
        came = take_back(
            rows=rows,
            actor=self.user,
            is_as_done=self.action.is_as_done,
            service=self.action.undo,
        )
        undone = {case.pk for case in [*came.done, *came.changed]}
        left = [row.as_json() for row in rows if row.case not in undone]
        keep_left(actor=self.user, done=self.done, rows=left)
        said = ngettext("%(count)s ångrat", "%(count)s ångrade", len(came.done))
        tell(self.request, came, said, _("ändrade sedan dess"))
        return redirect(f"{reverse('case:index')}?alla=1")
