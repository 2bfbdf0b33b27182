# SPDX-License-Identifier: EUPL-1.2
"""Who was sent what stays; that it arrived is written beside."""

from django.db import migrations

from casework.journal.triggers import keep_columns


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0001_initial")]

    operations = [
        keep_columns(
            "dispatch_dispatch",
            ("id", "record_id", "receiver", "address", "way", "sent_on", "by_id", "noted_at"),
        ),
    ]
