# SPDX-License-Identifier: EUPL-1.2
"""A list stays the version it is, and what kommunfullmäktige gave stays given."""

from django.db import migrations

from casework.journal.triggers import append_only, keep_columns


class Migration(migrations.Migration):
    dependencies = [("prioritisation", "0001_initial")]

    operations = [
        keep_columns("prioritisation_orderedlist", ("id", "round_id", "kind", "service_area_id", "version")),
        append_only("prioritisation_funding"),
    ]
