# SPDX-License-Identifier: EUPL-1.2
"""The closed lists of the organisation: kinds of bodies, roles and expertise."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BodyKind(models.TextChoices):
    """What a body is in the development model (R7–R19, R22)."""

    CITY_COUNCIL = "city_council", _("Kommunfullmäktige")
    EXECUTIVE_BOARD = "executive_board", _("Kommunstyrelsen")
    EXECUTIVE_OFFICE = "executive_office", _("Stadsledningskontoret")
    DEVELOPMENT_COUNCIL = "development_council", _("Utvecklingsrådet")
    COMMITTEE = "committee", _("Utskottet för e-tjänster")
    SERVICE_AREA_GROUP = "service_area_group", _("Tjänsteområdesgrupp")
    OTHER = "other", _("Annat organ")


class Role(models.TextChoices):
    """What a person may be appointed to; each role belongs to a body or an authority."""

    LIAISON = "liaison", _("Kontaktperson")
    REGISTRAR = "registrar", _("Registrator")
    OFFICER = "officer", _("Handläggare")
    GROUP_MEMBER = "group_member", _("Ledamot i tjänsteområdesgrupp")
    GROUP_CHAIR = "group_chair", _("Ordförande i tjänsteområdesgrupp")
    COUNCIL_MEMBER = "council_member", _("Ledamot i utvecklingsrådet")
    COMMITTEE_MEMBER = "committee_member", _("Ledamot i utskottet")
    EXECUTIVE_OFFICE = "executive_office", _("Stadsledningskontoret")
    DECISION_RECORDER = "decision_recorder", _("Beslutsregistrerare")
    ADMINISTRATOR = "administrator", _("Administratör")
    READER = "reader", _("Läsbehörig")


class Scope(models.TextChoices):
    """What an appointment to a role must point at."""

    BODY = "body", _("organ")
    ADMINISTRATION = "administration", _("förvaltning")
    AUTHORITY = "authority", _("myndighet")


SCOPE_OF_ROLE: dict[str, Scope] = {
    Role.LIAISON: Scope.ADMINISTRATION,
    Role.REGISTRAR: Scope.AUTHORITY,
    Role.OFFICER: Scope.AUTHORITY,
    Role.GROUP_MEMBER: Scope.BODY,
    Role.GROUP_CHAIR: Scope.BODY,
    Role.COUNCIL_MEMBER: Scope.BODY,
    Role.COMMITTEE_MEMBER: Scope.BODY,
    Role.EXECUTIVE_OFFICE: Scope.BODY,
    Role.DECISION_RECORDER: Scope.AUTHORITY,
    Role.ADMINISTRATOR: Scope.AUTHORITY,
    Role.READER: Scope.AUTHORITY,
}

BODY_KINDS_OF_ROLE: dict[str, frozenset[str]] = {
    Role.GROUP_MEMBER: frozenset({BodyKind.SERVICE_AREA_GROUP}),
    Role.GROUP_CHAIR: frozenset({BodyKind.SERVICE_AREA_GROUP}),
    Role.COUNCIL_MEMBER: frozenset({BodyKind.DEVELOPMENT_COUNCIL}),
    Role.COMMITTEE_MEMBER: frozenset({BodyKind.COMMITTEE}),
    Role.EXECUTIVE_OFFICE: frozenset({BodyKind.EXECUTIVE_OFFICE}),
}


class Expertise(models.TextChoices):
    """The two kinds of knowledge that must take part before the city-wide proposal (R19, R24)."""

    NONE = "", _("Ingen särskild")
    BUSINESS = "business", _("Verksamhet")
    IT = "it", _("IT och system")
