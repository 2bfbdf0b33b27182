# SPDX-License-Identifier: EUPL-1.2
"""How often and when a notice was tried, for the pauses between."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feedback", "0002_initial")]

    operations = [
        migrations.AddField(
            "notice", "attempts", models.PositiveSmallIntegerField("försök", default=0)
        ),
        migrations.AddField(
            "notice", "tried_at", models.DateTimeField("senast försökt", blank=True, null=True)
        ),
    ]
