# SPDX-License-Identifier: EUPL-1.2
"""Att göra: the first page of the desk, per role, with the answer to "what do I do now"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from casework.assessment.selectors import owed_by as judgements_owed_by
from casework.consultation.models import ExpertRequest
from casework.consultation.selectors import awaited_from, requests_to
from casework.disclosure.models import DisclosureRequest
from casework.disclosure.selectors import reviews_asked_of
from casework.follow_up.selectors import (
    letters_held,
    new_records_waiting,
    reminders_waiting,
    stands_in_for,
)
from casework.inbox.selectors import waiting_count
from casework.organisation.enums import Role
from casework.organisation.models import User
from casework.organisation.selectors import appointments_of, lapsing, roles_of
from casework.process.enums import Stage
from casework.process.models import Process
from casework.process.progress import owed_by
from casework.process.selectors import Waiting, waiting_for, waiting_instead
from casework.register.models import Case
from ops.heartbeat import worker_is_alive
from search.services import index_state

LETTERS_SHOWN = 20
"""So many letters stand on the first page, the oldest first; the list of cases has them all."""

REMINDERS_SHOWN = 50

DIARY = frozenset({Role.REGISTRAR, Role.OFFICER, Role.READER})
"""Roles that follow what comes in; to a chair the newest numbers say nothing."""

REPORTERS = frozenset({Role.OFFICER, Role.LIAISON})
"""Roles that report on what is carried out (R40)."""

FILL_PLACES = frozenset({Role.ADMINISTRATOR, Role.EXECUTIVE_OFFICE, Role.CITY_MANAGER})
"""Roles that are warned of appointments that end with nobody after (R47)."""


def by_holder(waiting: list[Waiting]) -> list[tuple[str, list[Waiting]]]:
    """What waits under the mandate for which it waits, the most urgent mandate first.

    Who sits in a group, in the committee and in the council does not do their work at once.
    """
    groups: dict[str, list[Waiting]] = {}
    for item in waiting:
        groups.setdefault(item.holder, []).append(item)
    return list(groups.items())


def asked_experts(user: User) -> list[tuple[ExpertRequest, str]]:
    """What the person is asked as an expert, with the title of the face that they get."""
    rows = list(requests_to(user))
    shown = Case.objects.shown_to(user).filter(pk__in=[row.initiative.case_id for row in rows])
    titles = dict(shown.values_list("pk", "shown_title"))
    return [(row, titles.get(row.initiative.case_id, "")) for row in rows]


class TodoPanel(Component):
    """What waits for the person, the inbox, and whether the machinery is well."""

    name = "todo"
    template_name = "desk/process/todo.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """The person's work, sorted by urgency."""
        user = parent_context["request"].user
        absent = stands_in_for(user)
        waiting = waiting_for(user)
        soon = timezone.localdate() + dt.timedelta(days=7)
        roles = roles_of(user)
        is_expert = any(row.expertise for row in appointments_of(user))
        context: dict[str, Any] = {
            "request": parent_context["request"],
            "waiting": waiting,
            "groups": by_holder(waiting),
            "late": [w for w in waiting if w.is_late],
            "soon": [w for w in waiting if w.due and not w.is_late and w.due <= soon],
            "is_registrar": Role.REGISTRAR in roles,
            "has_duty": bool(set(roles) - {Role.READER, Role.ADMINISTRATOR}),
            "worker_silent": not worker_is_alive(),
            "index": index_state(),
            "asked": asked_experts(user) if is_expert else [],
            "remisser": awaited_from(user),
            "judgements": judgements_owed_by(user),
            "disclosures": list(reviews_asked_of(user)) if Role.OFFICER in roles else [],
        }
        context["answers_owed"] = len(context["asked"]) + len(context["remisser"])
        letters = letters_held(user, absent, LETTERS_SHOWN)
        context["letters"] = letters[:LETTERS_SHOWN]
        context["more_letters"] = len(letters) > LETTERS_SHOWN
        context["late_letters"] = [held for held in letters if held.is_late]
        context["reminders"] = reminders_waiting(user, absent)[:REMINDERS_SHOWN]
        context["late_reminders"] = [row for row in context["reminders"] if row.is_late]
        context["new_records"] = new_records_waiting(user, absent)[:LETTERS_SHOWN]
        context["absent"] = absent
        context["instead"] = [
            (person, items) for person in absent if (items := waiting_instead(user, person))
        ]
        if roles & REPORTERS:
            context["owed"] = owed_by(user)
        if not FILL_PLACES.isdisjoint(roles):
            context["lapsing"] = lapsing()
        if Role.REGISTRAR in roles:
            sent = Process.objects.filter(stage=Stage.SENT).count()
            context["inbox"] = sent + waiting_count(user)
            orders = list(DisclosureRequest.objects.filter(answered_at=None))
            context["requests"] = len(orders)
            context["late_requests"] = sum(order.is_late for order in orders)
        if not DIARY.isdisjoint(roles):
            context["latest"] = (
                Case.objects.shown_to(user)
                .select_related("service_area")
                .order_by("-entry__registered_at")[:5]
            )
        return context
