# SPDX-License-Identifier: EUPL-1.2
"""What somebody was to remember and who stood in for whom stays, and is never taken away."""

from __future__ import annotations

from django.db import migrations

from casework.journal.triggers import keep_columns


class Migration(migrations.Migration):
    """Triggers; days and what is done may change, by the services."""

    dependencies = [("follow_up", "0001_initial")]

    operations = [
        keep_columns(
            "follow_up_reminder",
            ["case_id", "record_id", "user_id", "unit_id", "what", "made_by_id", "made_at"],
        ),
        keep_columns("follow_up_standin", ["absent_id", "substitute_id", "set_by_id"]),
    ]
