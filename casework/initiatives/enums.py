# SPDX-License-Identifier: EUPL-1.2
"""The closed lists of an initiative's form."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InitiativeKind(models.TextChoices):
    """New development, or a larger extension of what there is (R5)."""

    NEW = "new", _("Nyutveckling")
    FURTHER = "further", _("Vidareutveckling av befintligt stöd")


class BenefitGroup(models.TextChoices):
    """The five groups for whom benefit is weighed (R49)."""

    CITIZENS = "citizens", _("Medborgare")
    VISITORS = "visitors", _("Besökare")
    COMPANIES = "companies", _("Företag")
    USERS = "users", _("Användare")
    MANAGEMENT = "management", _("Ledningsgrupper")


class ScopeReason(models.TextChoices):
    """Why an initiative is inside or outside the model (R1–R4)."""

    CROSS = "cross", _("Berör två eller fler förvaltningar")
    LARGE = "large", _("Stor budget i en enskild förvaltning")
    LOCAL = "local", _("Lokalt initiativ utan samordningsfördelar")
    NOT_IT = "not_it", _("Verksamhetsutveckling utan IT-stöd")


IN_SCOPE = frozenset({ScopeReason.CROSS, ScopeReason.LARGE})
