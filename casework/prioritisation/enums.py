# SPDX-License-Identifier: EUPL-1.2
"""The closed lists of the ordered lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ListKind(models.TextChoices):
    """Whose order it is."""

    AREA = "area", _("Områdets rangordning")
    CITY = "city", _("Stadens gemensamma förslag")
    COUNCIL = "council", _("Utvecklingsrådets ordning")


class ListState(models.TextChoices):
    """How far a list has come. A list that led on is never changed; a new version is made."""

    DRAFT = "draft", _("Utkast")
    FIXED = "fixed", _("Fastställd")
    REPLACED = "replaced", _("Ersatt av en ny version")


class Suggestion(models.TextChoices):
    """What a list's suggested places were made by (R33, R34)."""

    SCORES = "scores", _("Ordning efter poäng")
    RANKINGS = "rankings", _("Samstämmighetsordning")
    MERGE = "merge", _("Sammanvägning med uddatalsmetoden")


class Verdict(models.TextChoices):
    """What the city council decides about one initiative in a round (R37, R38)."""

    APPROVE = "approve", _("Bifall")
    APPROVE_IN_PART = "approve_in_part", _("Bifall till en del")
    DECLINE = "decline", _("Inga medel")
    DEFER = "defer_decision", _("Skjuts upp")
