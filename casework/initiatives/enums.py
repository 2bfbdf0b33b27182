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


class FormState(models.TextChoices):
    """How far a version of the form has come (R43, R51)."""

    DRAFT = "draft", _("Utkast")
    IN_USE = "in_use", _("Används")
    RETIRED = "retired", _("Har använts")


class QuestionKind(models.TextChoices):
    """What kind of answer a question takes."""

    TEXT = "text", _("Kort text")
    LONG_TEXT = "long_text", _("Längre text")
    CHOICE = "choice", _("Ett av flera val")
    MULTI_CHOICE = "multi_choice", _("Ett eller flera val")
    GROUPS = "groups", _("Grupper som har nytta")
    AMOUNT = "amount", _("Belopp i tusental kronor")
    YES_NO = "yes_no", _("Ja eller nej")
    ADMINISTRATIONS = "administrations", _("Förvaltningar")
    AREA = "area", _("Tjänsteområde")
    GOALS = "goals", _("Stadens mål")


class Part(models.TextChoices):
    """Whose words an answer is; each writes beside the others, never over them (R27, R29)."""

    ORIGINATOR = "originator", _("Förslagsställaren")
    PREPARATION = "preparation", _("Kontaktpersonen")
    OFFICE = "office", _("Stadsledningskontoret")


PRECEDENCE = (Part.OFFICE, Part.PREPARATION, Part.ORIGINATOR)
"""Whose answer is read where one is to be shown: the last prepared first."""


class Audience(models.TextChoices):
    """To whom a question's answer is shown."""

    ALL = "all", _("Alla som ser ärendet")
    INTERNAL = "internal", _("Bara internt")
    PUBLIC = "public", _("Även allmänheten")


class Freeze(models.TextChoices):
    """The occasion at which answers were kept as they stood."""

    SUBMIT = "submit", _("Skickat till kontaktpersonen")
    SEND = "send", _("Skickat till stadsledningskontoret")
    REGISTER = "register", _("Registrerat")
    COMPLETION = "completion", _("Kompletterat")


PARTS_FROZEN: dict[str, tuple[Part, ...]] = {
    Freeze.SUBMIT: (Part.ORIGINATOR,),
    Freeze.SEND: (Part.ORIGINATOR, Part.PREPARATION),
    Freeze.REGISTER: (Part.ORIGINATOR, Part.PREPARATION),
    Freeze.COMPLETION: (Part.PREPARATION, Part.OFFICE),
}
"""Which parts an occasion freezes."""


class FollowerRole(models.TextChoices):
    """As what a person follows an initiative (R39)."""

    ORIGINATOR = "originator", _("Förslagsställare")
    CO_AUTHOR = "co_author", _("Medförfattare")
    LIAISON = "liaison", _("Kontaktperson")
    AFFECTED = "affected", _("Berörd förvaltning")


KINDS_OF_TYPED_KEYS: dict[str, QuestionKind] = {
    "title": QuestionKind.TEXT,
    "kind": QuestionKind.CHOICE,
    "benefits": QuestionKind.GROUPS,
    "cost_tkr": QuestionKind.AMOUNT,
    "is_eservice": QuestionKind.YES_NO,
    "affected": QuestionKind.ADMINISTRATIONS,
    "service_area": QuestionKind.AREA,
}
"""The questions whose answers the rules read; a city words them, but not their kind."""
