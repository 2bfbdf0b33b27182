# SPDX-License-Identifier: EUPL-1.2
"""A decision of disposal stays as it was recorded."""

from django.db import migrations

from casework.journal.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_initial")]

    operations = [append_only("archive_disposaldecision")]
