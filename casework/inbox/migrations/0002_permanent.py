# SPDX-License-Identifier: EUPL-1.2
"""What came in stays as it came until it is disposed of; what became of it may be taken back."""

from django.db import migrations

from casework.journal.triggers import append_only, keep_columns, keep_until, set_once


class Migration(migrations.Migration):
    """Triggers on the items and their files."""

    dependencies = [("inbox", "0001_initial")]

    operations = [
        keep_columns(
            "inbox_inboxitem",
            ["id", "authority_id", "kind", "nature", "received_at", "sent_at", "digest", "source",
             "left_out"],
        ),
        keep_until(
            "inbox_inboxitem",
            ["title", "sender_name", "sender_address", "message_id"],
            "disposed_at",
        ),
        set_once("inbox_inboxitem", ["receipt_id", "disposed_at", "disposal_id"]),
        append_only("inbox_inboxfile"),
    ]
