# SPDX-License-Identifier: EUPL-1.2
"""A judgement stays its member's, and what was opened stays opened."""

from django.db import migrations

from casework.journal.triggers import keep_columns, set_once


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_initial")]

    operations = [
        keep_columns("assessment_assessment", ("id", "area_id", "number")),
        set_once("assessment_assessment", ("opened_at",)),
        keep_columns("assessment_scoresheet", ("id", "assessment_id", "member_id", "salt")),
        keep_columns(
            "assessment_score", ("id", "sheet_id", "candidacy_id", "criterion_id", "salt")
        ),
        keep_columns("assessment_agreedscore", ("id", "candidacy_id", "criterion_id")),
    ]
