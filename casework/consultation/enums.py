# SPDX-License-Identifier: EUPL-1.2
"""The closed lists of consultations and expert requests."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConsultationState(models.TextChoices):
    """Whether answers are still awaited."""

    OPEN = "open", _("Ute på remiss")
    CLOSED = "closed", _("Avslutad")


class AnswerState(models.TextChoices):
    """What became of a question to a consultee (R65)."""

    WAITING = "waiting", _("Väntar på svar")
    ANSWERED = "answered", _("Har svarat")
    DECLINED = "declined", _("Avstår från att svara")
    NO_ANSWER = "no_answer", _("Har inte svarat")


class Position(models.TextChoices):
    """Where a consultee stands."""

    SUPPORTS = "supports", _("Tillstyrker")
    SUPPORTS_WITH_CHANGES = "supports_with_changes", _("Tillstyrker med ändringar")
    REJECTS = "rejects", _("Avstyrker")
    NO_OPINION = "no_opinion", _("Har inga synpunkter")
