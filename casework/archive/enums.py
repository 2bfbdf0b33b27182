# SPDX-License-Identifier: EUPL-1.2
"""The closed lists of the archive."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClosingState(models.TextChoices):
    """How far a closing in the background has come."""

    WAITING = "waiting", _("Väntar")
    RUNNING = "running", _("Pågår")
    DONE = "done", _("Klart")
    FAILED = "failed", _("Avbröts")
    UNDOING = "undoing", _("Ångras")
    UNDONE = "undone", _("Ångrat")


class Spared(models.TextChoices):
    """Why a case or a record is not disposed of."""

    KEPT_CLASS = "kept_class", _("klassen bevaras")
    KEPT_RECORD = "kept_record", _("handlingen är märkt att bevaras")
    NOT_COVERED = "not_covered", _("beslutet gäller inte klassen")
    OPEN = "open", _("ärendet är inte avslutat")
    EARLY = "early", _("gallringsfristen har inte gått ut")
    HELD = "held", _("ärendet är ett initiativ, eller har remiss eller tjänsteutlåtande")
    PUBLISHED = "published", _("ärendet visas i webbdiariet")
    DONE = "done", _("redan gallrat")
