# SPDX-License-Identifier: EUPL-1.2
"""Journal rows are permanent."""

from django.db import migrations

from casework.journal.triggers import append_only, keep_columns


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        append_only("journal_journalentry"),
        # Its head and length follow every event; a chain never goes away.
        keep_columns("journal_chain", ["key"]),
    ]
