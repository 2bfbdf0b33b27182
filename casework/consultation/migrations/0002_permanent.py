# SPDX-License-Identifier: EUPL-1.2
"""Who was asked what stays; answers and later days are written beside."""

from django.db import migrations

from casework.journal.triggers import keep_columns


class Migration(migrations.Migration):
    dependencies = [("consultation", "0001_initial")]

    operations = [
        keep_columns(
            "consultation_consultation",
            ("id", "case_id", "number", "question", "sent_at", "sent_by_id", "record_id"),
        ),
        keep_columns("consultation_consultee", ("id", "consultation_id", "name")),
        keep_columns(
            "consultation_expertrequest",
            ("id", "initiative_id", "user_id", "expertise", "question", "asked_by_id", "asked_at"),
        ),
    ]
