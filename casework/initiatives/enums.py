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


class BenefitLevel(models.IntegerChoices):
    """How large the benefit is for a group; a form version may word the steps its own way (R49)."""

    NONE = 0, _("Ingen nytta")
    SLIGHT = 1, _("Märks knappt")
    SMALL = 2, _("Liten: lättare ibland, för några")
    CLEAR = 3, _("Tydlig: lättare ofta, för många")
    LARGE = 4, _("Stor: ett nytt arbetssätt eller en ny tjänst")
    DECISIVE = 5, _("Avgörande: utan detta går det inte")


class ScopeReason(models.TextChoices):
    """Why an initiative is inside or outside the model (R1–R4)."""

    CROSS = "cross", _("Berör två eller fler förvaltningar")
    LARGE = "large", _("Stor budget i en enskild förvaltning")
    LOCAL = "local", _("Lokalt initiativ utan samordningsfördelar")
    NOT_IT = "not_it", _("Verksamhetsutveckling utan IT-stöd")


IN_SCOPE = frozenset({ScopeReason.CROSS, ScopeReason.LARGE})


class QuestionKind(models.TextChoices):
    """What an answer is; each kind has its check and its field (R43)."""

    TEXT = "text", _("Kort text")
    LONG_TEXT = "long_text", _("Längre text")
    CHOICE = "choice", _("Ett val")
    MULTI_CHOICE = "multi_choice", _("Flera val")
    GROUPS = "groups", _("Grupper som har nytta")
    BENEFIT_SCALE = "benefit_scale", _("Nytta på en skala för varje grupp")
    COST_PLAN = "cost_plan", _("Kostnad per år")
    AMOUNT = "amount", _("Belopp i tusental kronor")
    YES_NO = "yes_no", _("Ja eller nej")
    ADMINISTRATIONS = "administrations", _("Förvaltningar")
    AREA = "area", _("Tjänsteområde")
    GOALS = "goals", _("Stadens mål")


class Part(models.TextChoices):
    """Who writes: everybody in a part of their own, never over another's words (R54–R56)."""

    ORIGINATOR = "originator", _("Förslagsställaren")
    PREPARATION = "preparation", _("Kontaktpersonen")
    OFFICE = "office", _("Handläggaren")


class Freeze(models.TextChoices):
    """When answers were frozen as they stood."""

    SUBMIT = "submit", _("Skickat till kontaktpersonen")
    SEND = "send", _("Skickat till stadsledningskontoret")
    REGISTER = "register", _("Diariefört")
    COMPLETION = "completion", _("Kompletterat")


class ShownTo(models.TextChoices):
    """Who is shown the answers to a question."""

    ALL = "all", _("Alla som ser ärendet")
    INTERNAL = "internal", _("Bara de som handlägger")
    PUBLIC = "public", _("Även på stadens sidor")


class FormState(models.TextChoices):
    """How far a form version has come."""

    DRAFT = "draft", _("Utkast")
    IN_USE = "in_use", _("Används")
    RETIRED = "retired", _("Har använts")


class FollowerRole(models.TextChoices):
    """As what a person follows an initiative."""

    ORIGINATOR = "originator", _("Förslagsställare")
    CO_AUTHOR = "co_author", _("Medförfattare")
    LIAISON = "liaison", _("Kontaktperson")
    AFFECTED = "affected", _("Berörd förvaltning")


KNOWN_KEYS: dict[str, QuestionKind] = {
    "title": QuestionKind.TEXT,
    "kind": QuestionKind.CHOICE,
    "service_area": QuestionKind.AREA,
    "cost_tkr": QuestionKind.AMOUNT,
    "is_eservice": QuestionKind.YES_NO,
    "affected": QuestionKind.ADMINISTRATIONS,
}
"""The few keys whose answers the code itself needs; a form has them with these kinds."""

TABLE_KEYS: dict[str, QuestionKind] = {
    "cost_plan": QuestionKind.COST_PLAN,
    "benefit_scale": QuestionKind.BENEFIT_SCALE,
}
"""The keys by which initiatives are compared in tables; a form that has them has these kinds."""
