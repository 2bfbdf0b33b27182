# SPDX-License-Identifier: EUPL-1.2
"""Who was let in to what, why and from when, stays; only the end of it may come."""

from django.db import migrations

from casework.journal.triggers import keep_columns


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [
        keep_columns(
            "access_accessgrant",
            ("id", "case_id", "user_id", "body_id", "role", "authority_id", "reason", "valid_from",
             "granted_by_id", "granted_at"),
        ),
    ]
