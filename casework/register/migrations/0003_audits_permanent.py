# SPDX-License-Identifier: EUPL-1.2
"""What an audit of numbers found stays found."""

from django.db import migrations

from casework.journal.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("register", "0002_permanent")]

    operations = [append_only("register_numberaudit")]
