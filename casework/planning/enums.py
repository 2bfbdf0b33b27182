# SPDX-License-Identifier: EUPL-1.2
"""The closed lists of the planning calendar (R37, R38, R53)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Occasion(models.TextChoices):
    """Where the city council decides (R37, R38)."""

    BUDGET = "budget", _("Budget")
    T1 = "t1", _("Tertialrapport 1")
    T2 = "t2", _("Tertialrapport 2")


OCCASION_IN_SENTENCE = {
    Occasion.BUDGET: _("budgeten"),
    Occasion.T1: _("tertialrapport 1"),
    Occasion.T2: _("tertialrapport 2"),
}
"""The occasion as it stands after "i"."""


class RoundState(models.TextChoices):
    """Whether a round takes part in the work."""

    PLANNED = "planned", _("Planerad")
    OPEN = "open", _("Öppen")
    CLOSED = "closed", _("Stängd")


class FrameKind(models.TextChoices):
    """What kind of money a frame holds."""

    TOTAL = "total", _("Hela kostnaden")
    ONE_OFF = "one_off", _("Engångskostnad")
    RUNNING = "running", _("Löpande kostnad per år")


class SuggestionBy(models.TextChoices):
    """How a group's suggested order is made (R33)."""

    SCORES = "scores", _("Poäng på kriterierna")
    RANKINGS = "rankings", _("Ledamöternas egna ordningar")


class VersionState(models.TextChoices):
    """How far a version of the city's own rules has come (R51)."""

    DRAFT = "draft", _("Utkast")
    IN_USE = "in_use", _("Används")
    RETIRED = "retired", _("Har använts")


class Milestone(models.TextChoices):
    """The stations of the line, from idea to implementation; the words are the line's own."""

    IDEA = "idea", _("Idé")
    LIAISON = "liaison", _("Kontaktperson")
    REGISTRATION = "registration", _("Diarieförs")
    PREPARATION = "preparation", _("Beredning")
    ASSESSMENT = "assessment", _("Områdets bedömning")
    RANKING = "ranking", _("Områdets rangordning")
    COMMITTEE = "committee", _("Utskottet")
    PROPOSAL = "proposal", _("Stadens förslag")
    RECOMMENDATION = "recommendation", _("Utvecklingsrådet")
    DECISION = "decision", _("Kommunfullmäktige")
    IMPLEMENTATION = "implementation", _("Genomförande")
