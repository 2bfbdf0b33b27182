# SPDX-License-Identifier: EUPL-1.2
"""What was asked for stays as it was asked; what was answered and handed out stays as it was."""

from django.db import migrations

from casework.journal.triggers import keep_columns, keep_when_set, set_once


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0001_initial")]

    operations = [
        keep_columns(
            "disclosure_disclosurerequest", ["id", "code", "number", "text", "requested_at"]
        ),
        set_once(
            "disclosure_disclosurerequest", ["answered_at", "decision_wanted_at", "withdrawn_at"]
        ),
        keep_when_set("disclosure_disclosureitem", "answered_at"),
        keep_when_set("disclosure_handedfile", "handed_at"),
    ]
