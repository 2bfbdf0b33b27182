# SPDX-License-Identifier: EUPL-1.2
"""Att göra as a list that one goes through: initiatives that wait, and letters."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.follow_up.selectors import letters_held, stands_in_for
from casework.organisation.models import User
from casework.process.selectors import waiting_for
from casework.register.models import Case
from casework.register.services.together import version_of
from desk.process.dashboard import by_holder
from ui.places import Place, register_list, value_of

PLACE = "att-gora"
MOST = 400


class TodoListed:
    """The registered cases of Att göra, as they stand there."""

    def __init__(self, request: HttpRequest, query: QueryDict) -> None:
        self.request = request

    def _cases(self) -> list[Case]:
        user = self.request.user
        assert isinstance(user, User)  # the admin's address space requires sign-in
        waiting = [item for _holder, items in by_holder(waiting_for(user)) for item in items]
        cases = [item.process.initiative.case for item in waiting]
        cases += [held.case for held in letters_held(user, stands_in_for(user), MOST)]
        return list({case.pk: case for case in cases if case is not None}.values())

    def keys(self, most: int) -> list[tuple[int, str]]:
        """The keys of its cases and their versions, at most so many."""
        return [(case.pk, version_of(case)) for case in self._cases()[:most]]

    def place_of(self, case: Case) -> Place | None:
        """Where the case stands; one that is done is there no more, and leads to the first."""
        keys = [row.pk for row in self._cases()]
        at = keys.index(case.pk) if case.pk in keys else None
        before = keys[at - 1] if at else None
        rest = keys[at + 1 :] if at is not None else keys
        return Place(
            label=_("Att göra"),
            back=f"{reverse('wagtailadmin_home')}#rad-{case.pk}",
            position=at + 1 if at is not None else None,
            total=len(keys),
            is_full=len(keys) >= MOST,
            previous=Case(pk=before) if before else None,
            next=Case(pk=rest[0]) if rest else None,
            value=value_of(PLACE),
        )


register_list(PLACE, TodoListed)
