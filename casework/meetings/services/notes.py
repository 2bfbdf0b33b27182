# SPDX-License-Identifier: EUPL-1.2
"""What is noted in a meeting and not decided there yet, when somebody decides in the case."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from casework.journal.digests import digests_of
from casework.journal.services import log
from casework.meetings import events
from casework.meetings.enums import MeetingState
from casework.meetings.models import AgendaItem, Meeting
from casework.meetings.permissions import may_settle
from casework.organisation.models import Body, User
from casework.register.models import Case


def lock_table(body: Body) -> None:
    """Lock what a body decides by, until the transaction ends; after the processes it moves.

    One at a time takes the body's next paragraph, and while somebody decides nobody notes anything
    in its open meeting, or undoes it.
    """
    Body.objects.select_for_update().get(pk=body.pk)
    meetings = Meeting.objects.filter(body=body, state=MeetingState.OPEN)
    list(meetings.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def heed_notes(
    *, body: Body, cases: Sequence[Case], actor: User, known: Collection[str]
) -> list[AgendaItem]:
    """Refuse to pass by what is noted in the body's open meeting; returns the points with notes.

    Args:
        known: the outcome that is decided, and what the person has read that another noted.

    Raises:
        PermissionDenied: something is noted, and the person does not lead the meeting.
        ValidationError: somebody else has noted what the person does not know of.
    """
    rows = AgendaItem.objects.filter(
        meeting__body=body, meeting__state=MeetingState.OPEN, case__in=cases
    ).exclude(outcome="")
    items = list(rows.select_related("meeting__body", "case", "noted_by").order_by("pk"))
    for item in items:
        names = {"who": item.noted_by, "dnr": item.case.dnr if item.case else ""}
        if not may_settle(actor, item):
            raise PermissionDenied(
                _(
                    "%(who)s har antecknat ett utfall för %(dnr)s. Det beslutar bara ordföranden "
                    "eller sekreteraren i %(body)s."
                )
                % {**names, "body": body.in_sentence()}
            )
        if item.noted_by_id != actor.pk and item.outcome not in known:
            raise ValidationError(
                _(
                    "%(who)s har antecknat ett annat utfall för %(dnr)s. Läs det i mötesrummet "
                    "och besluta på nytt där, eller ångra det."
                )
                % names,
                code="noted",
            )
    return items


def empty_notes(items: Sequence[AgendaItem], actor: User) -> None:
    """Take away what is noted on the points: it is decided, or undone."""
    for item in items:
        item.outcome, item.details, item.noted_by, item.noted_at = "", {}, None, None
    AgendaItem.objects.bulk_update(items, ["outcome", "details", "noted_by", "noted_at"])
    for meeting in {item.meeting for item in items}:
        emptied = [item for item in items if item.meeting_id == meeting.pk]
        log(
            events.UNNOTED,
            meeting,
            actor=actor,
            after={"cases": [item.case_id for item in emptied]},
            rows=digests_of(*emptied),
        )
