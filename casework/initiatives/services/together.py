# SPDX-License-Identifier: EUPL-1.2
"""Several people write one initiative: nobody's answer is lost to a page that was open before."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.initiatives import events
from casework.initiatives.answers import Answer, Named, clean_answer, is_answered, show_answer
from casework.initiatives.models import Initiative
from casework.initiatives.selectors import newest_sets
from casework.journal.models import JournalEntry
from casework.organisation.models import User


class AnsweredMeanwhile(ValidationError):
    """Somebody else has changed the same answers since the page was opened.

    Attributes:
        now: those answers as they stand, by question.
    """

    def __init__(self, told: dict[str, str], now: dict[str, Answer]) -> None:
        super().__init__(told)
        self.now = now


def own_changes(
    *,
    initiative: Initiative,
    part: str,
    answers: Mapping[str, object],
    opened: Mapping[str, Answer],
    actor: User,
) -> dict[str, object]:
    """Of the answers on a page those that its writer has changed; the rest is not theirs to write.

    Call it under the initiative's lock. An answer that does not fit its question is let through:
    to say so is :func:`write_answers`' to do.

    Args:
        answers: all that stands on the page.
        opened: what stood there when the page was opened, as it is stored.

    Raises:
        AnsweredMeanwhile: somebody else has changed one of them, to something else.
    """
    written = newest_sets(initiative).get(part)
    stored = written.answers if written else {}
    questions = {row.key: row for row in initiative.form_version.questions.all()}
    own: dict[str, object] = {}
    told: dict[str, str] = {}
    for key, value in answers.items():
        was, now = opened.get(key), stored.get(key)
        try:
            mine = clean_answer(questions[key], value)
        except (KeyError, ValidationError):
            own[key] = value
            continue
        if _same(mine, was):
            continue
        own[key] = value
        if _same(now, was) or _same(now, mine):
            continue
        last = _last_change(initiative, part, key)
        if last is not None and last.actor_id != actor.pk:
            words = show_answer(questions[key], now, Named(initiative)) if is_answered(now) else ""
            told[key] = _told(last, words)
    if told:
        raise AnsweredMeanwhile(told, {key: stored.get(key) for key in told})
    return own


def _same(one: Answer, other: Answer) -> bool:
    return one == other or not (is_answered(one) or is_answered(other))


def _last_change(initiative: Initiative, part: str, key: str) -> JournalEntry | None:
    """Who changed an answer last, as the journal has it: a page may have saved itself meanwhile."""
    saved = JournalEntry.objects.filter(
        subject=initiative.subject, action=events.SAVED.key, after__part=part, after__has_key=key
    )
    return saved.select_related("actor").order_by("-at", "-pk").first()


def _told(last: JournalEntry, words: str) -> str:
    at = timezone.localtime(last.at)
    return _(
        "%(who)s ändrade svaret %(at)s, efter att du öppnade sidan, till: ”%(words)s”. Ditt står "
        "kvar här. Spara igen om det är ditt som ska gälla."
    ) % {"who": last.actor, "at": f"{at:%Y-%m-%d %H.%M}", "words": words or _("inget svar")}
