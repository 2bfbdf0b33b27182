# SPDX-License-Identifier: EUPL-1.2
"""Answers as plain text: what a case keeps of an initiative as it came in (R54)."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.initiatives.answers import is_answered, show_answer
from casework.initiatives.models import AnswerSet


def frozen_text(answer_set: AnswerSet) -> str:
    """Questions and answers of a set, in the order of the form."""
    head = _("%(part)s, revision %(revision)s, %(day)s") % {
        "part": answer_set.get_part_display(),
        "revision": answer_set.revision,
        "day": timezone.localdate(answer_set.saved_at).isoformat(),
    }
    lines = [head, "=" * len(head)]
    for question in answer_set.form_version.questions.all():
        value = answer_set.answers.get(question.key)
        if question.key in answer_set.answers and is_answered(value):
            lines += ["", question.label, show_answer(question, value)]
    return "\n".join(lines)
