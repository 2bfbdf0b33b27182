# SPDX-License-Identifier: EUPL-1.2
"""What the lane shows of an item, and the sentence that says what was done with it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.inbox.enums import ItemState
from casework.inbox.models import InboxFile, InboxItem
from casework.inbox.suggestions import IN_TEXT, IN_TITLE, SAME_SENDER, Suggestion, suggested_cases
from casework.organisation.models import Authority, User
from search.services import SearchUnavailable, similar_cases
from ui.pages import is_showable


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggested case, with its key where it is more than alike."""

    suggestion: Suggestion
    key: str

    @property
    def is_of_stranger(self) -> bool:
        """Whether a number speaks for it, written by somebody whom the case does not know."""
        by_number = not {IN_TITLE, IN_TEXT}.isdisjoint(self.suggestion.why)
        return by_number and not self.suggestion.is_known_sender


def offers_to(user: User, item: InboxItem) -> list[Offer]:
    """The suggested cases. The first has a key if a number or a sender speaks for it.

    One that is merely alike has none: a key that is pressed by habit must not file into it.
    """
    found = []
    for place, row in enumerate(suggested_cases(user, item, lambda: _similar(user, item))):
        speaks = not {IN_TITLE, IN_TEXT, SAME_SENDER}.isdisjoint(row.why)
        found.append(Offer(row, "1" if place == 0 and speaks else ""))
    return found


def _similar(user: User, item: InboxItem) -> list[int]:
    try:
        # Which of them the person sees is asked with the rest of what is suggested.
        return similar_cases(item.title, item.text[:5_000], user, asked_again=True)
    except SearchUnavailable:
        return []


def shown(files: list[InboxFile]) -> list[InboxFile]:
    """Those whose pages stand in the lane."""
    return [row for row in files if row.file and is_showable(row.original_name)]


def told_of(item: InboxItem) -> str:
    """What became of an item, in a sentence."""
    match item.state:
        case ItemState.FILED:
            dnr = item.case.dnr if item.is_new_case and item.case else str(item.record)
            return _("Registrerat som %(dnr)s.") % {"dnr": dnr}
        case ItemState.ORDERED if item.order is not None:
            due = item.order.promised_on.isoformat()
            return _("Begäran om handling, svar senast %(day)s.") % {"day": due}
        case ItemState.ORDERED:
            return _("Blev en begäran om handling, som är besvarad.")
        case ItemState.FORWARDED:
            to = str(item.forwarded_to) if item.forwarded_to else item.forwarded_address
            return _("Skickat vidare till %(to)s.") % {"to": to}
        case ItemState.SET_ASIDE:
            return _("Lagt åt sidan: %(why)s.") % {"why": item.get_aside_display().lower()}
        case _other:
            return _("Lagt tillbaka i inkorgen.")


def taken_in(new: int, twins: int) -> str:
    """How many letters were dropped into the inbox."""
    told = ngettext("%(count)s brev lades i inkorgen.", "%(count)s brev lades i inkorgen.", new)
    words = told % {"count": new}
    return words + " " + _("%(count)s fanns redan.") % {"count": twins} if twins else words


def nobody_there(authority: Authority) -> str:
    """That what was sent to an authority is seen by nobody yet."""
    return _(
        "Ingen är registrator hos %(authority)s, så ingen ser det där. Säg till administratören."
    ) % {"authority": authority}
