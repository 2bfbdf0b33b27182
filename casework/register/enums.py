# SPDX-License-Identifier: EUPL-1.2
"""The closed lists of the diary."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseType(models.TextChoices):
    """What kind of matter a case is."""

    INITIATIVE = "initiative", _("Initiativ")
    LETTER = "letter", _("Skrivelse")
    CONSULTATION = "consultation", _("Remiss")
    MOTION = "motion", _("Motion")
    REPORT = "report", _("Utlåtande")
    OTHER = "other", _("Övrigt ärende")


class Direction(models.TextChoices):
    """Which way a record went."""

    INCOMING = "in", _("Inkommen")
    OUTGOING = "out", _("Utgående")
    ESTABLISHED = "internal", _("Upprättad")


class LinkKind(models.TextChoices):
    """How two cases hang together (R67)."""

    RELATED = "related", _("Hör ihop med")
    DEPENDS_ON = "depends_on", _("Är beroende av")
    CONTINUES = "continues", _("Fortsätter")
    ANSWERS = "answers", _("Besvarar")


class AmendmentKind(models.TextChoices):
    """What may happen to an entry after it was made; the entry itself never changes."""

    CORRECTION = "correction", _("Rättelse")
    VOID = "void", _("Makulering")
