# SPDX-License-Identifier: EUPL-1.2
"""The closed lists of the inbox."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ItemKind(models.TextChoices):
    """How something came in."""

    MAIL = "mail", _("E-post")
    SCAN = "scan", _("Skannat")
    LETTER = "letter", _("Brev eller lämnat över disk")


class ItemState(models.TextChoices):
    """What became of it."""

    NEW = "new", _("Att registrera")
    FILED = "filed", _("Registrerad")
    ORDERED = "ordered", _("Begäran om handling")
    FORWARDED = "forwarded", _("Skickad vidare")
    SET_ASIDE = "set_aside", _("Lagd åt sidan")


class Nature(models.TextChoices):
    """What a mail is that no person wrote to us, or that cannot be read; empty for all others."""

    BOUNCE = "bounce", _("Ett brev kunde inte delas ut")
    AUTO_REPLY = "auto_reply", _("Automatiskt svar")
    OWN = "own", _("Vårt eget brev som kommit tillbaka")
    MACHINE = "machine", _("Skickat av ett program")
    MASS = "mass", _("Utskick till många")
    UNREADABLE = "unreadable", _("Brevet kan inte läsas")


PARKED = frozenset({Nature.BOUNCE, Nature.AUTO_REPLY, Nature.OWN})
"""Those that are set aside when they come; a registrar can take them back."""


class AsideReason(models.TextChoices):
    """Why something is not registered."""

    ADVERTISING = "advertising", _("Reklam eller skräppost")
    MINOR = "minor", _("Av ringa betydelse, behöver inte registreras")
    TWIN = "twin", _("Dubblett av en handling som är registrerad")
    PRIVATE = "private", _("Privat, hör inte till myndigheten")
    WORKING = "working", _("Arbetsmaterial, inte en allmän handling")
    AUTOMATIC = "automatic", _("Automatiskt meddelande")
    OTHER = "other", _("Annat skäl")
