# SPDX-License-Identifier: EUPL-1.2
"""The closed lists of the organisation: kinds of bodies, roles and expertise."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
    BOARD_MEMBER = "board_member", _("Förtroendevald ledamot")
    SECRETARY = "secretary", _("Sekreterare (för in beslut)")
    CITY_MANAGER = "city_manager", _("Stadsdirektör")
    EXECUTIVE_OFFICE = "executive_office", _("Stadsledningskontoret")
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
    Role.EXPERT: Scope.AUTHORITY,
    Role.ADMINISTRATOR: Scope.AUTHORITY,
    Role.READER: Scope.AUTHORITY,
    **dict.fromkeys(
        (
            Role.GROUP_CHAIR,
            Role.GROUP_MEMBER,
            Role.COUNCIL_CHAIR,
            Role.COUNCIL_MEMBER,
            Role.COMMITTEE_CHAIR,
            Role.COMMITTEE_MEMBER,
            Role.BOARD_CHAIR,
            Role.BOARD_MEMBER,
            Role.SECRETARY,
            Role.CITY_MANAGER,
            Role.EXECUTIVE_OFFICE,
        ),
        Scope.BODY,
    ),
}

ELECTED_KINDS = frozenset(
    {
        BodyKind.CITY_COUNCIL,
        BodyKind.EXECUTIVE_BOARD,
        BodyKind.MAYORS_BOARD,
        BodyKind.RAPPORTEUR,
    }
)

ONE_OF_A_KIND = frozenset(
    {
        BodyKind.CITY_COUNCIL,
        BodyKind.EXECUTIVE_BOARD,
        BodyKind.MAYORS_BOARD,
        BodyKind.EXECUTIVE_OFFICE,
        BodyKind.DEVELOPMENT_COUNCIL,
        BodyKind.COMMITTEE,
    }
)
"""The kinds of which a city has one body at a time."""

BODY_KINDS_OF_ROLE: dict[str, frozenset[str]] = {
    Role.GROUP_CHAIR: frozenset({BodyKind.SERVICE_AREA_GROUP}),
    Role.GROUP_MEMBER: frozenset({BodyKind.SERVICE_AREA_GROUP}),
    Role.COUNCIL_CHAIR: frozenset({BodyKind.DEVELOPMENT_COUNCIL}),
    Role.COUNCIL_MEMBER: frozenset({BodyKind.DEVELOPMENT_COUNCIL}),
    Role.COMMITTEE_CHAIR: frozenset({BodyKind.COMMITTEE}),
    Role.COMMITTEE_MEMBER: frozenset({BodyKind.COMMITTEE}),
    Role.BOARD_CHAIR: ELECTED_KINDS,
    Role.BOARD_MEMBER: ELECTED_KINDS,
    Role.CITY_MANAGER: frozenset({BodyKind.EXECUTIVE_OFFICE}),
    Role.EXECUTIVE_OFFICE: frozenset({BodyKind.EXECUTIVE_OFFICE}),
}
"""In which kinds of bodies a role exists; a secretary writes for any body."""

CHAIRS = frozenset({Role.GROUP_CHAIR, Role.COUNCIL_CHAIR, Role.COMMITTEE_CHAIR, Role.BOARD_CHAIR})
SEATS = CHAIRS | frozenset(
    {Role.GROUP_MEMBER, Role.COUNCIL_MEMBER, Role.COMMITTEE_MEMBER, Role.BOARD_MEMBER}
)
"""The roles that are a seat in a body; a chair sits there too."""

COMMITTEE_SEATS = frozenset({Role.COMMITTEE_CHAIR, Role.COMMITTEE_MEMBER})
COUNCIL_SEATS = frozenset({Role.COUNCIL_CHAIR, Role.COUNCIL_MEMBER})
COMMITTEE_SIZE = 5
"""R13: exactly five."""

STAFF = frozenset(
    {
        Role.REGISTRAR,
        Role.OFFICER,
        Role.EXECUTIVE_OFFICE,
        Role.CITY_MANAGER,
        Role.SECRETARY,
        Role.ADMINISTRATOR,
        Role.READER,
    }
)
"""The roles that read every case of their authority which is not secret."""

APPOINTER_OF_ROLE: dict[str, Role] = {
    Role.GROUP_CHAIR: Role.CITY_MANAGER,
    Role.GROUP_MEMBER: Role.CITY_MANAGER,
    Role.COUNCIL_CHAIR: Role.CITY_MANAGER,
    Role.COUNCIL_MEMBER: Role.CITY_MANAGER,
    Role.COMMITTEE_CHAIR: Role.COUNCIL_CHAIR,
    Role.COMMITTEE_MEMBER: Role.COUNCIL_CHAIR,
}
"""Who appoints to a role (R11, R14); to the others nobody in particular does."""


class Expertise(models.TextChoices):
    """The kinds of knowledge that take part in the preparation (R19, R23, R24)."""

    NONE = "", _("Ingen särskild")
    BUSINESS = "business", _("Verksamhet")
    IT = "it", _("IT")
    SYSTEM = "system", pgettext_lazy("sakkunskap", "System")

    @property
    def within_text(self) -> str:
        """The label inside a sentence: "verksamhet", but "IT"."""
        label = str(self.label)
        return label if label.isupper() else label.lower()


TECHNICAL = frozenset({Expertise.IT, Expertise.SYSTEM})
"""The one of R24's two kinds; the other is the business' own."""
