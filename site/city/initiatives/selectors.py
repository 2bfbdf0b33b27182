# SPDX-License-Identifier: EUPL-1.2
"""What of initiatives a person follows on the city's pages, and where one that was joined went."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from casework.initiatives.models import Follower, Initiative
from casework.organisation.models import User
from casework.process.models import Process
from casework.process.selectors import visible_processes
from casework.register.models import Case
from ui.links import url_for
from ui.public_diary import public_cases


@dataclass(frozen=True, slots=True)
class Joined:
    """What an initiative was joined with, as far as the reader may know it.

    Attributes:
        dnr: its number; empty where it has none yet or is hidden from the reader.
        title: in the face that the reader gets; empty where it is hidden.
        url: where the reader can read on; empty where nowhere.
        is_followed: whether the reader follows that one too.
    """

    dnr: str = ""
    title: str = ""
    url: str = ""
    is_followed: bool = False


def followed(user: User) -> QuerySet[Process]:
    """What the person gave or follows, and may see; other people's do not exist here (R39)."""
    follows = Follower.objects.filter(initiative=OuterRef("initiative"), user=user, until=None)
    return visible_processes(user).filter(Q(initiative__originator=user) | Exists(follows))


def joined_with(initiative: Initiative, user: User) -> Joined | None:
    """Where it went on, if it was joined: by the contact person, or by the registrar's diary."""
    into, merged = initiative.joined_to, initiative.case.merged_into_id if initiative.case else None
    if into is None and merged is None:
        return None
    into = into or Initiative.objects.filter(case=merged).first()
    key = merged or (into.case_id if into else None)
    is_followed = into is not None and followed(user).filter(initiative=into).exists()
    url = url_for(into, "originator") if into is not None and is_followed else ""
    if key is None:  # it has no number yet
        return Joined("", str(into), url, is_followed) if is_followed else Joined()
    case = Case.objects.shown_to(user).filter(pk=key).first()
    if case is None:
        return Joined()
    public = public_cases().filter(case=key).first()
    if not url and public is not None:
        url = url_for(public, "public")
    return Joined(case.dnr, case.shown_title, url, is_followed)
