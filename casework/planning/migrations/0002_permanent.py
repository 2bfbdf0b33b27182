# SPDX-License-Identifier: EUPL-1.2
"""Shares that a list was fixed by stay fixed."""

from django.db import migrations

from casework.journal.triggers import set_once


class Migration(migrations.Migration):
    dependencies = [("planning", "0001_initial")]

    operations = [set_once("planning_round", ("shares_locked_at",))]
