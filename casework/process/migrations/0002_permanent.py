# SPDX-License-Identifier: EUPL-1.2
"""Steps and reports are permanent; only a step's day follows a corrected decision."""

from django.db import migrations

from casework.journal.triggers import append_only, keep_columns


class Migration(migrations.Migration):
    dependencies = [("process", "0001_initial")]

    operations = [
        keep_columns(
            "process_step",
            (
                "initiative_id",
                "candidacy_id",
                "transition",
                "from_stage",
                "to_stage",
                "life_to",
                "actor_id",
                "body_id",
                "decision_id",
                "mandate",
                "at",
                "reason",
                "opinion",
                "occasion",
                "budget_year",
                "reference",
                "amount_tkr",
            ),
        ),
        append_only("process_progress"),
    ]
