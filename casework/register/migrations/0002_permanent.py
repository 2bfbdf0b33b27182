# SPDX-License-Identifier: EUPL-1.2
"""Diary entries and amendments are permanent; a case and a record keep their number."""

from django.db import migrations

from casework.journal.triggers import append_only, keep_columns, set_once


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]

    operations = [
        append_only("register_diaryentry"),
        append_only("register_amendment"),
        keep_columns(
            "register_case", ["id", "entry_id", "authority_id", "dnr", "year", "serial"]
        ),
        keep_columns("register_record", ["id", "entry_id", "case_id", "dnr"]),
        # What is void or merged stays so.
        set_once("register_case", ["voided_at", "merged_into_id"]),
        set_once("register_record", ["voided_at"]),
        append_only("register_recordfile"),
        append_only("register_casenumber"),
        append_only("register_caselink"),
        # A decision's corrected day moves the event's; nothing else of it.
        keep_columns(
            "register_publicevent",
            ["id", "case_id", "key", "source", "stage", "from_stage", "body_id", "body_name",
             "reason", "opinion", "amount_tkr", "occasion", "budget_year", "reference", "words"],
        ),
        keep_columns("register_seriescounter", ["id", "series_id", "year"]),
    ]
