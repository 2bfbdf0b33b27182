# SPDX-License-Identifier: EUPL-1.2
"""Who held which role stays; its period and grounds may be corrected by the services."""

from django.db import migrations

from casework.journal.triggers import keep_columns


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial")]

    operations = [
        keep_columns(
            "organisation_appointment",
            ("id", "user_id", "role", "body_id", "administration_id", "authority_id"),
        ),
    ]
