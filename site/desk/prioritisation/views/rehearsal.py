# SPDX-License-Identifier: EUPL-1.2
"""Trying another order for oneself beside the group's; nobody else sees it (R33)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from casework.methods.compare import turned_pairs
from casework.prioritisation import permissions, services
from casework.prioritisation.enums import ListKind
from casework.prioritisation.models import OrderedList, Rehearsal
from casework.prioritisation.rows import Row, rows_for
from casework.prioritisation.selectors import (
    admitted,
    newest,
    rehearsals_of,
    rehearsed_order,
)
from desk.prioritisation.views.base import posted_edition
from desk.prioritisation.views.group import GroupView
from desk.prioritisation.views.part import part_of
from ui.base import done, refuse, tell_refusal
from ui.orders import moved, posted_order, posted_places, require_place


class RehearsalView(GroupView):
    """The group's order beside one of the person's own copies of it, in parts as that order."""

    template_name = "desk/prioritisation/rehearsal.html"
    header_icon = "order"

    def may_open(self) -> bool:
        """The area's group alone: the office does not order its list."""
        return super().may_open() and permissions.may_order_area(self.user, self.area)

    def get_page_title(self) -> str:
        """Whose list it is tried on."""
        return _("Prova en annan ordning: %(area)s, %(round)s") % {
            "area": self.area.service_area,
            "round": self.round,
        }

    @property
    def here(self) -> str:
        """The page's own address, without a copy."""
        return reverse("desk_rehearsal", args=[self.round.slug, self.area.service_area.slug])

    @cached_property
    def copies(self) -> list[Rehearsal]:
        """The person's own copies, the newest first."""
        return rehearsals_of(self.area, self.user)

    @cached_property
    def copy(self) -> Rehearsal | None:
        """The one of the address; without one the newest."""
        wanted = self.request.GET.get("kopia")
        if wanted is None:
            return self.copies[0] if self.copies else None
        found = next((row for row in self.copies if str(row.pk) == wanted), None)
        if found is None:
            raise Http404
        return found

    @cached_property
    def group_rows(self) -> dict[int, Row]:
        """What the person sees of the group's draft, in its order."""
        rows, _hidden = rows_for(self.user, admitted(self.area), list_=self.draft)
        return {row.key: row for row in rows}

    @cached_property
    def draft(self) -> OrderedList | None:
        """The group's list as it stands now."""
        return newest(self.round, ListKind.AREA, self.area.service_area)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Both orders with their places, and in how many pairs they part.

        Keyword Args:
            order: as it stood on the page, where it could not be kept.
        """
        theirs = {pk: place for place, pk in enumerate(self.group_rows, start=1)}
        typed: list[int] | None = kwargs.pop("order", None)
        order = self.order_of(self.copy) if typed is None and self.copy else typed or []
        rows = [
            replace(self.group_rows[pk], place=place) for place, pk in enumerate(order, start=1)
        ]
        may_change = not self.area.is_fixed and self.round.is_open
        group_rows = list(self.group_rows.values())
        shown = rows if self.copy else group_rows
        part = part_of(self.request, shown, whole=not may_change)
        return super().get_context_data(
            list=self.draft,
            copies=self.copies,
            copy=self.copy,
            group_rows=group_rows,
            group_part=range(part.page.start_index() - 1, part.page.end_index()),
            rows=rows,
            theirs=theirs,
            part=part,
            page=part.page,
            is_unsaved=typed is not None,
            places_typed=kwargs.pop("places_typed", {}),
            turned=turned_pairs(order, theirs),
            pairs=len(theirs) * (len(theirs) - 1) // 2,
            may_change=may_change,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Begin a copy, keep it, throw it away, or make it the group's draft."""
        ranking = reverse("desk_ranking", args=[self.round.slug, self.area.service_area.slug])
        copy = None if "begin" in request.POST else self.copy
        try:
            if "begin" in request.POST:
                name = request.POST.get("name", "")
                if any(row.name == " ".join(name.split()) for row in self.copies):
                    raise ValidationError(_("Du har redan en kopia med det namnet."))
                made = services.keep_rehearsal(area=self.area, name=name, actor=self.user)
                return done(request, _("Kopian är din egen. Bara du ser den."), self.address(made))
            if copy is None:
                raise Http404
            if "throw" in request.POST:
                services.throw_rehearsal(rehearsal=copy, actor=self.user)
                return done(request, _("Kopian är kastad."), self.here)
            order = self.order_of(copy)
            try:
                require_place(request, order)
            except ValidationError as error:
                return self.asked_again(request, order, error)
            order = posted_order(request, order)
            copy = services.keep_rehearsal(
                area=self.area, name=copy.name, order=order, actor=self.user
            )
            if "take" in request.POST:
                services.take_over_rehearsal(
                    rehearsal=copy, actor=self.user, edition=posted_edition(request)
                )
                return done(
                    request, _("Kopian är nu gruppens utkast. Det är inte fastställt."), ranking
                )
        except (PermissionDenied, ValidationError) as error:
            return refuse(request, error, self.address(copy) if copy else self.here)
        return done(
            request,
            _("Kopian är sparad. Bara du ser den."),
            moved(request, self.address(copy), order),
        )

    def order_of(self, copy: Rehearsal) -> list[int]:
        """What the person sees of a copy, in its order."""
        return rehearsed_order(copy, list(self.group_rows))

    def asked_again(
        self, request: HttpRequest, order: Sequence[int], error: ValidationError
    ) -> HttpResponse:
        """The page as it was sent, with what is wrong with the typed place at its field."""
        tell_refusal(request, error)
        context = self.get_context_data(
            order=posted_order(request, order), places_typed=posted_places(request)
        )
        return self.render_to_response(context, status=422)

    def address(self, copy: Rehearsal) -> str:
        """The page of a copy."""
        return f"{self.here}?kopia={copy.pk}"
