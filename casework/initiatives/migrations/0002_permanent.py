# SPDX-License-Identifier: EUPL-1.2
"""Frozen answers stand for ever: what came in is kept as it came in (R43)."""

from django.db import migrations

from casework.journal.triggers import keep_when_set


class Migration(migrations.Migration):
    """Triggers on the answers; a draft may be frozen, once."""

    dependencies = [("initiatives", "0001_initial")]

    operations = [keep_when_set("initiatives_answerset", "frozen_at")]
