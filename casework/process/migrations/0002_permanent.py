# SPDX-License-Identifier: EUPL-1.2
"""Steps are permanent."""

from django.db import migrations

from casework.journal.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("process", "0001_initial")]

    operations = [append_only("process_step")]
