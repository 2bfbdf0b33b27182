# SPDX-License-Identifier: EUPL-1.2
"""What the pages of a round share: the round in the address, and orders that people move."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.planning.models import Round
from ui.base import DeskView
from ui.lookups import round_or_404


class RoundView(DeskView):
    """A page of one round."""

    header_icon = "list-ol"
    crumbs = ((_l("Omgångar"), "desk_rounds"),)
    round: Round

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the round; refuse those to whom the page is closed."""
        self.round = round_or_404(kwargs["round"])
        if not self.may_open():
            raise PermissionDenied(_("Sidan är öppen för dem som arbetar i omgången."))
        return super().dispatch(request, *args, **kwargs)

    def may_open(self) -> bool:
        """Whether the person may open the page."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The round."""
        for name in ("area",):
            kwargs.pop(name, None)
        return super().get_context_data(**{**kwargs, "round": self.round})


def posted_reasons(request: HttpRequest, order: Sequence[int]) -> dict[int, str]:
    """The reason of each row, where the page has a field for it."""
    return {pk: request.POST[f"reason-{pk}"] for pk in order if f"reason-{pk}" in request.POST}


def posted_edition(request: HttpRequest) -> int | None:
    """The edition of the draft when the page was opened."""
    text = request.POST.get("edition", "")
    return int(text) if text.isdecimal() else None
