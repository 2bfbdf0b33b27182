# SPDX-License-Identifier: EUPL-1.2
"""The only writers of initiatives, their answers and forms, and of who follows them."""

from casework.initiatives.services.answering import (
    begin,
    copy_answers,
    create_batch,
    freeze,
    note_scope,
    suggest_scope,
    write_answer_texts,
    write_answers,
)
from casework.initiatives.services.attaching import attach, clear_attachments, detach, discard
from casework.initiatives.services.following import follow, let_all_follow, note_joined, unfollow
from casework.initiatives.services.forms import (
    QuestionRow,
    draft_form,
    keep_goal,
    save_form,
    take_form_into_use,
)
from casework.initiatives.services.together import AnsweredMeanwhile, own_changes

__all__ = [
    "AnsweredMeanwhile",
    "QuestionRow",
    "attach",
    "begin",
    "clear_attachments",
    "copy_answers",
    "create_batch",
    "detach",
    "discard",
    "draft_form",
    "follow",
    "freeze",
    "keep_goal",
    "let_all_follow",
    "note_joined",
    "note_scope",
    "own_changes",
    "save_form",
    "suggest_scope",
    "take_form_into_use",
    "unfollow",
    "write_answer_texts",
    "write_answers",
]
