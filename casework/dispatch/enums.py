# SPDX-License-Identifier: EUPL-1.2
"""The closed lists of expediering."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """How a record went out."""

    MAIL = "mail", _("E-post")
    POST = "post", _("Brev")
    HAND = "hand", _("Överlämnad")
    OTHER = "other", _("På annat sätt")


class SendingState(models.TextChoices):
    """How far a sending by mail has come; all others are sent when they are noted."""

    WAITING = "waiting", _("Väntar på att skickas")
    SENT = "sent", _("Skickad")
    FAILED = "failed", _("Kunde inte skickas")
