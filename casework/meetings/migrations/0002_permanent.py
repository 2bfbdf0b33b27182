# SPDX-License-Identifier: EUPL-1.2
"""What a body decided stands for ever; only the day and the paragraph can be corrected."""

from django.db import migrations

from casework.journal.triggers import append_only, keep_columns


class Migration(migrations.Migration):
    """Triggers on decisions, their points, dissent and corrections."""

    dependencies = [("meetings", "0001_initial")]

    operations = [
        keep_columns(
            "meetings_decision",
            (
                "act",
                "case_id",
                "body_id",
                "meeting_id",
                "delegation",
                "is_historic",
                "lead",
                "overall",
                "reason",
                "is_tabling",
                "took_part",
                "recorded_by_id",
                "recorded_at",
            ),
        ),
        append_only("meetings_decisionpoint"),
        # The written statement may follow until the minutes are approved.
        keep_columns("meetings_dissent", ("decision_id", "kind", "proposal", "announced_at")),
        append_only("meetings_dissentperson"),
        append_only("meetings_decisioncorrection"),
        keep_columns("meetings_meeting", ("id", "body_id")),
        keep_columns("meetings_attendance", ("id", "meeting_id", "user_id")),
        append_only("meetings_disqualification"),
    ]
