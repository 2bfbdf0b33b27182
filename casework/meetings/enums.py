# SPDX-License-Identifier: EUPL-1.2
"""The closed lists of meetings and decisions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingState(models.TextChoices):
    """How far a meeting has come; decisions are made while it is open."""

    PLANNED = "planned", _("Planerat")
    OPEN = "open", _("Pågår")
    CLOSED = "closed", _("Avslutat")
    CANCELLED = "cancelled", _("Inställt")


class AttendanceRole(models.TextChoices):
    """As what a person takes part in a meeting."""

    CHAIR = "chair", _("Ordförande")
    MEMBER = "member", _("Ledamot")
    SECRETARY = "secretary", _("Sekreterare")
    OTHER = "other", _("Övrig deltagare")


class DissentKind(models.TextChoices):
    """How somebody who took part declares another opinion (R62, R70)."""

    RESERVATION = "reservation", _("Reservation")
    STATEMENT = "statement", _("Särskilt uttalande")


class Correctable(models.TextChoices):
    """What may be corrected in a decision, with a reason; the rest stands for ever."""

    DAY = "day", _("beslutsdag")
    PARAGRAPH = "paragraph", _("paragraf")
