# SPDX-License-Identifier: EUPL-1.2
"""The closed lists of the documents; dissent is named by meetings."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GenerationState(models.TextChoices):
    """Where the making of a Word file has come."""

    PENDING = "pending", _("Väntar")
    RUNNING = "running", _("Skapas")
    DONE = "done", _("Klar")
    FAILED = "failed", _("Misslyckades")
