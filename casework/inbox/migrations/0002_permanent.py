# SPDX-License-Identifier: EUPL-1.2
"""What came in stays as it came until it is disposed of; what became of it may be taken back."""

from django.db import migrations

from casework.journal.triggers import append_only, keep_columns, set_once


class Migration(migrations.Migration):
    """Triggers on the items and their files."""

    dependencies = [("inbox", "0001_initial")]

    operations = [
        keep_columns(
            "inbox_inboxitem",
            ["id", "authority_id", "kind", "nature", "title", "sender_name", "sender_address",
             "received_at", "sent_at", "digest", "message_id", "source", "left_out"],
        ),
        set_once("inbox_inboxitem", ["receipt_id"]),
        append_only("inbox_inboxfile"),
    ]
