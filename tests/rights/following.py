# SPDX-License-Identifier: EUPL-1.2
"""As ``calls``, for reminders, new records, stand-ins and a person's own lists."""

from __future__ import annotations

from casework.follow_up import services as follow_up
from casework.saved_lists import services as saved_lists
from tests.rights.calls import Call
from tests.rights.world import TODAY

SAVED_LISTS: dict[str, Call] = {
    "save_list": lambda w, who: saved_lists.save_list(
        actor=who, listing="cases", name="Mina", query="is_open=true"
    ),
    "change_list": lambda w, who: saved_lists.change_list(
        actor=who, saved=w.saved_list, name="Andra", is_start=False
    ),
    "remove_list": lambda w, who: saved_lists.remove_list(actor=who, saved=w.saved_list),
    "choose_columns": lambda w, who: saved_lists.choose_columns(
        actor=who, listing="cases", columns=["title"]
    ),
    "note_together": lambda w, who: saved_lists.note_together(actor=who, kind="close", rows=[]),
    "keep_left": lambda w, who: saved_lists.keep_left(actor=who, done=w.done_together, rows=[]),
    "choose_columns: of a saved list": lambda w, who: saved_lists.choose_columns(
        actor=who, listing="cases", columns=["title"], saved=w.saved_list
    ),
}

FOLLOW_UP: dict[str, Call] = {
    "set_reminder": lambda w, who: follow_up.set_reminder(
        case=w.case, day=TODAY(), what="Ring", user=w.city.people["handlaggare"], actor=who
    ),
    "move_reminder": lambda w, who: follow_up.move_reminder(
        reminder=w.reminder, day=TODAY(), actor=who
    ),
    "complete_reminder": lambda w, who: follow_up.complete_reminder(
        reminder=w.reminder, actor=who
    ),
    "tick_record": lambda w, who: follow_up.tick_record(new=w.new_record, actor=who),
    "see_case": lambda w, who: follow_up.see_case(case=w.case, actor=who),
    "set_stand_in": lambda w, who: follow_up.set_stand_in(
        absent=w.city.people["registrator"], substitute=w.city.people["handlaggare"],
        valid_from=TODAY(), valid_until=None, actor=who,
    ),
    "end_stand_in": lambda w, who: follow_up.end_stand_in(stand_in=w.stand_in, actor=who),
}  # fmt: skip
