# SPDX-License-Identifier: EUPL-1.2
"""The closed lists of the documents."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GenerationState(models.TextChoices):
    """Where the making of a Word file has come."""

    PENDING = "pending", _("Väntar")
    RUNNING = "running", _("Skapas")
    DONE = "done", _("Klar")
    FAILED = "failed", _("Misslyckades")


class DissentKind(models.TextChoices):
    """How somebody dissents (R62, R70)."""

    RESERVATION = "reservation", _("Reservation")
    STATEMENT = "statement", _("Särskilt uttalande")
