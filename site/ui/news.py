# SPDX-License-Identifier: EUPL-1.2
"""What is new for a person, as the city's pages and the desk both show it (R39, R64)."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.feedback.models import Channel, Notice
from casework.feedback.selectors import channel_of, news_of, path_of, unread
from casework.feedback.services import choose_channel, mark_read
from casework.organisation.models import User
from casework.process.selectors import visible_processes

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class News:
    """One notice as it is shown; the title only to one who may see the initiative today."""

    notice: Notice
    title: str
    next_step: str

    @property
    def is_new(self) -> bool:
        """Whether it has not been read."""
        return self.notice.read_at is None


def news_context(user: User, page: str | None) -> dict[str, object]:
    """A page of news with the number of what is new and the chosen way to be told."""
    found = Paginator(news_of(user), PER_PAGE).get_page(page)
    shown = [row.initiative_id for row in found if row.initiative_id]
    titles = {
        process.initiative_id: str(process.initiative)
        for process in visible_processes(user).filter(initiative__in=shown)
    }
    return {
        "page": found,
        "news": [
            News(
                row,
                titles.get(row.initiative_id or 0, ""),
                row.next_step,
            )
            for row in found
        ],
        "unread": unread(user),
        "channels": Channel.choices,
        "channel": channel_of(user),
    }


def carry_out(request: HttpRequest, user: User) -> None:
    """Choose how to be told, or mark everything as read; say what was done."""
    if "besked" in request.POST:
        try:
            choose_channel(actor=user, channel=request.POST["besked"])
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Ditt val är sparat."))
        return
    count = mark_read(actor=user)
    messages.success(
        request,
        ngettext("%(count)s besked är läst.", "%(count)s besked är lästa.", count)
        % {"count": count},
    )


def address_of(notice: Notice) -> str:
    """Where the person reads on."""
    if notice.path:
        return notice.path
    return path_of(notice.initiative, notice.concern) if notice.initiative else ""
