# SPDX-License-Identifier: EUPL-1.2
"""The file of approved minutes stays as it was made."""

from django.db import migrations

from casework.journal.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_permanent")]

    operations = [append_only("meetings_minutesfile")]
