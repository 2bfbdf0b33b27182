# SPDX-License-Identifier: EUPL-1.2
"""What a file was made of, and files from outside, stay; the work on a file goes on beside."""

from django.db import migrations

from casework.journal.triggers import keep_columns


class Migration(migrations.Migration):
    dependencies = [("docgen", "0001_initial")]

    operations = [
        keep_columns(
            "docgen_generateddocument",
            (
                "id", "report_id", "number", "revision_number", "content", "content_hash",
                "template_id", "template_version", "engine_version", "created_by_id",
            ),
        ),
        keep_columns(
            "docgen_returneddocument",
            ("id", "report_id", "original_name", "file", "sha256", "uploaded_by_id", "uploaded_at"),
        ),
        keep_columns(
            "docgen_documenttemplate",
            ("id", "name", "version", "file", "sha256", "created_by_id", "created_at"),
        ),
    ]
