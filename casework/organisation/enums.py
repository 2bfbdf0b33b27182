# SPDX-License-Identifier: EUPL-1.2
"""The closed lists of the organisation: kinds of bodies, roles and expertise."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BodyKind(models.TextChoices):
    """What a body is in the development model (R7–R19, R22)."""

    CITY_COUNCIL = "city_council", _("Kommunfullmäktige")
    EXECUTIVE_BOARD = "executive_board", _("Kommunstyrelsen")
    MAYORS_BOARD = "mayors_board", _("Borgarrådsberedningen")
    RAPPORTEUR = "rapporteur", _("Föredragande borgarråd")
    EXECUTIVE_OFFICE = "executive_office", _("Stadsledningskontoret")
    DEVELOPMENT_COUNCIL = "development_council", _("Utvecklingsrådet")
    COMMITTEE = "committee", _("Utskottet för e-tjänster")
    SERVICE_AREA_GROUP = "service_area_group", _("Tjänsteområdesgrupp")
    OTHER = "other", _("Annat organ")


BOARDS = frozenset(
    {
        BodyKind.CITY_COUNCIL,
        BodyKind.EXECUTIVE_BOARD,
        BodyKind.MAYORS_BOARD,
        BodyKind.RAPPORTEUR,
    }
)
"""The elected bodies (R7–R10). Their rolls are kept elsewhere, so they may have no seats here."""


class Role(models.TextChoices):
    """What a person may be appointed to; each role belongs to a body or an authority."""

    LIAISON = "liaison", _("Kontaktperson")
    REGISTRAR = "registrar", _("Registrator")
    OFFICER = "officer", _("Handläggare")
    EXPERT = "expert", _("Sakkunnig")
    GROUP_CHAIR = "group_chair", _("Ordförande i tjänsteområdesgrupp")
    GROUP_MEMBER = "group_member", _("Ledamot i tjänsteområdesgrupp")
    COUNCIL_CHAIR = "council_chair", _("Ordförande i utvecklingsrådet")
    COUNCIL_MEMBER = "council_member", _("Ledamot i utvecklingsrådet")
    COMMITTEE_CHAIR = "committee_chair", _("Ordförande i utskottet")
    COMMITTEE_MEMBER = "committee_member", _("Ledamot i utskottet")
    BOARD_CHAIR = "board_chair", _("Ordförande")
    BOARD_MEMBER = "board_member", _("Ledamot")
    SECRETARY = "secretary", _("Sekreterare")
    CITY_MANAGER = "city_manager", _("Stadsdirektör")
    EXECUTIVE_OFFICE = "executive_office", _("Stadsledningskontoret")
    ADMINISTRATOR = "administrator", _("Administratör")
    READER = "reader", _("Läsbehörig")


COUNCIL_SEATS = frozenset({Role.COUNCIL_CHAIR, Role.COUNCIL_MEMBER})
"""The seats of utvecklingsrådet."""

COMMITTEE_SEATS = frozenset({Role.COMMITTEE_CHAIR, Role.COMMITTEE_MEMBER})
"""The seats of utskottet, five at every decision (R13); the chair has one of them."""

CHAIRS = frozenset({Role.GROUP_CHAIR, Role.COUNCIL_CHAIR, Role.COMMITTEE_CHAIR, Role.BOARD_CHAIR})
"""The roles that lead a body; a chair is a member too."""

SEATS = CHAIRS | {
    Role.GROUP_MEMBER,
    Role.COUNCIL_MEMBER,
    Role.COMMITTEE_MEMBER,
    Role.BOARD_MEMBER,
}
"""The roles that are a seat in a body."""

STAFF = frozenset(
    {
        Role.REGISTRAR,
        Role.OFFICER,
        Role.EXECUTIVE_OFFICE,
        Role.CITY_MANAGER,
        Role.ADMINISTRATOR,
        Role.READER,
    }
)
"""The roles that read every case of their authority which is not secret."""


class Scope(models.TextChoices):
    """What an appointment to a role must point at."""

    BODY = "body", _("organ")
    ADMINISTRATION = "administration", _("förvaltning")
    AUTHORITY = "authority", _("myndighet")


SCOPE_OF_ROLE: dict[str, Scope] = {
    Role.LIAISON: Scope.ADMINISTRATION,
    Role.REGISTRAR: Scope.AUTHORITY,
    Role.OFFICER: Scope.AUTHORITY,
    Role.EXPERT: Scope.AUTHORITY,
    Role.ADMINISTRATOR: Scope.AUTHORITY,
    Role.READER: Scope.AUTHORITY,
    Role.SECRETARY: Scope.BODY,
    Role.CITY_MANAGER: Scope.BODY,
    Role.EXECUTIVE_OFFICE: Scope.BODY,
    **dict.fromkeys(SEATS, Scope.BODY),
}

_GROUPS = frozenset({BodyKind.SERVICE_AREA_GROUP})
_COUNCILS = frozenset({BodyKind.DEVELOPMENT_COUNCIL})
_COMMITTEES = frozenset({BodyKind.COMMITTEE})
_OFFICES = frozenset({BodyKind.EXECUTIVE_OFFICE})

BODY_KINDS_OF_ROLE: dict[str, frozenset[BodyKind]] = {
    Role.GROUP_MEMBER: _GROUPS,
    Role.GROUP_CHAIR: _GROUPS,
    Role.COUNCIL_MEMBER: _COUNCILS,
    Role.COUNCIL_CHAIR: _COUNCILS,
    Role.COMMITTEE_MEMBER: _COMMITTEES,
    Role.COMMITTEE_CHAIR: _COMMITTEES,
    Role.BOARD_MEMBER: BOARDS,
    Role.BOARD_CHAIR: BOARDS,
    Role.CITY_MANAGER: _OFFICES,
    Role.EXECUTIVE_OFFICE: _OFFICES,
}
"""In which kinds of bodies a role is held; a role that is not here is held in any body."""

APPOINTER_OF_ROLE: dict[str, Role] = {
    Role.GROUP_CHAIR: Role.CITY_MANAGER,
    Role.GROUP_MEMBER: Role.CITY_MANAGER,
    Role.COUNCIL_CHAIR: Role.CITY_MANAGER,
    Role.COUNCIL_MEMBER: Role.CITY_MANAGER,
    Role.COMMITTEE_CHAIR: Role.COUNCIL_CHAIR,
    Role.COMMITTEE_MEMBER: Role.COUNCIL_CHAIR,
}
"""Whose decision an appointment is: stadsdirektören's (R11), the council's chair's (R14)."""


class Expertise(models.TextChoices):
    """The knowledge that must take part before the city-wide proposal (R19, R23, R24)."""

    BUSINESS = "business", _("Verksamhet")
    IT = "it", _("IT")
    SYSTEM = "system", _("System")


TECHNICAL = frozenset({Expertise.IT, Expertise.SYSTEM})
"""The one of the two kinds that R24 asks for beside the business' own."""
