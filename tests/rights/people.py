# SPDX-License-Identifier: EUPL-1.2
"""The columns of the rights matrix: each role where the matter is, and the same role elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from casework.organisation.enums import BodyKind, Expertise, Role
from casework.organisation.models import Administration, Authority, Body, ServiceArea, User
from casework.organisation.services import appoint
from casework.preset.loader import ensure_administration
from tests.small_city import LONG_AGO, SmallCity

__all__ = ["COLUMNS", "OTHER", "appoint_everybody"]

OTHER = "other_"

COLUMNS: dict[str, str] = {
    "originator": "originator",
    "co_author": "co-author",
    "liaison": "contact person",
    "registrar": "registrar",
    "case_officer": "the case's officer",
    "officer": "another officer",
    "expert": "expert who was asked",
    "reader": "reader",
    "administrator": "administrator",
    "group_chair": "group's chair",
    "group_member": "group's member",
    "group_secretary": "group's secretary",
    "office": "stadsledningskontoret",
    "manager": "stadsdirektör",
    "council_chair": "council's chair",
    "council_member": "council's member",
    "council_secretary": "council's secretary",
    "committee_chair": "committee's chair",
    "committee_member": "committee's member",
    "committee_secretary": "committee's secretary",
    "kf_chair": "KF's chair",
    "kf_member": "KF's member",
    "kf_secretary": "KF's secretary",
    "other_originator": "originator of another",
    "other_liaison": "contact person elsewhere",
    "other_registrar": "registrar elsewhere",
    "other_officer": "officer elsewhere",
    "other_expert": "expert, not asked",
    "other_reader": "reader elsewhere",
    "other_administrator": "administrator elsewhere",
    "other_group_chair": "chair of another group",
    "other_group_member": "member of another group",
    "other_group_secretary": "secretary of another group",
    "board_chair": "KS' chair",
    "board_member": "KS' member",
    "board_secretary": "KS' secretary",
    "ended": "registrar whose time is over",
    "nobody": "no role",
}
"""The people by key, with the words of the page. KS stands for KF in "another body" too.

Of utvecklingsrådet, utskottet, stadsledningskontoret and KF a city has one at a time, so nobody
holds a seat in another.
"""

FROM_SMALL_CITY = {
    "originator": "larare",
    "liaison": "kontakt",
    "registrar": "registrator",
    "case_officer": "handlaggare",
    "administrator": "admin",
    "group_chair": "ordforande",
    "group_member": "ledamot",
    "office": "slk",
    "manager": "direktor",
    "council_chair": "radet",
    "kf_secretary": "beslut",
}
"""Those whom the small city has already."""


@dataclass(frozen=True)
class Elsewhere:
    """The other authority with its förvaltning and area."""

    authority: Authority
    administration: Administration
    area: ServiceArea


def appoint_everybody(city: SmallCity) -> Elsewhere:
    """Give every column its person."""
    elsewhere = _elsewhere()
    for key, name in FROM_SMALL_CITY.items():
        city.people[key] = city.people[name]
    for key in COLUMNS:
        if key not in city.people:
            city.people[key] = User.objects.create_user(
                key,
                f"{key}@almstad.example",
                "demo",
                first_name=key.replace("_", " ").capitalize(),
                last_name="Ek",
                administration=city.administrations[0],
            )
    here = Authority.objects.get(code="KS")
    for key, role, scope, expertise in _appointments(city, here, elsewhere):
        appoint(
            user=city.people[key],
            role=role,
            scope=scope,
            actor=None,
            expertise=expertise,
            valid_from=LONG_AGO,
        )
    appoint(
        user=city.people["ended"],
        role=Role.REGISTRAR,
        scope=here,
        actor=None,
        valid_from=LONG_AGO,
        valid_until=LONG_AGO.replace(year=2021),
    )
    _seat_committee(city)
    return elsewhere


def _elsewhere() -> Elsewhere:
    authority = Authority.objects.create(code="SBN", name="Stadsbyggnadsnämnden")
    administration = ensure_administration(
        name="Stadsbyggnadskontoret", short_name="Stadsbyggnad", slug="sbk", authority="SBN"
    )
    return Elsewhere(authority, administration, ServiceArea.objects.get(slug="sociala"))


def _appointments(
    city: SmallCity, here: Authority, elsewhere: Elsewhere
) -> list[tuple[str, str, Body | Administration | Authority, str]]:
    bodies = city.bodies
    group, other_group = bodies["grupp-pedagogiska"], bodies["grupp-sociala"]
    council, committee = bodies["utvecklingsradet"], bodies["e-tjansteutskottet"]
    kf = bodies["kommunfullmaktige"]
    board = Body.objects.get(kind=BodyKind.EXECUTIVE_BOARD)
    return [
        ("officer", Role.OFFICER, here, ""),
        ("expert", Role.EXPERT, here, Expertise.SYSTEM),
        ("reader", Role.READER, here, ""),
        ("group_secretary", Role.SECRETARY, group, ""),
        ("council_member", Role.COUNCIL_MEMBER, council, ""),
        ("council_secretary", Role.SECRETARY, council, ""),
        ("committee_secretary", Role.SECRETARY, committee, ""),
        ("kf_chair", Role.BOARD_CHAIR, kf, ""),
        ("kf_member", Role.BOARD_MEMBER, kf, ""),
        ("other_liaison", Role.LIAISON, elsewhere.administration, ""),
        ("other_registrar", Role.REGISTRAR, elsewhere.authority, ""),
        ("other_officer", Role.OFFICER, elsewhere.authority, ""),
        ("other_expert", Role.EXPERT, elsewhere.authority, Expertise.SYSTEM),
        ("other_reader", Role.READER, elsewhere.authority, ""),
        ("other_administrator", Role.ADMINISTRATOR, elsewhere.authority, ""),
        ("other_group_chair", Role.GROUP_CHAIR, other_group, ""),
        ("other_group_member", Role.GROUP_MEMBER, other_group, ""),
        ("other_group_secretary", Role.SECRETARY, other_group, ""),
        ("board_chair", Role.BOARD_CHAIR, board, ""),
        ("board_member", Role.BOARD_MEMBER, board, ""),
        ("board_secretary", Role.SECRETARY, board, ""),
    ]


def _seat_committee(city: SmallCity) -> None:
    """Exactly five, all with a seat in the council (R13); the council's chair is not among them."""
    council, committee = city.bodies["utvecklingsradet"], city.bodies["e-tjansteutskottet"]
    seated = ["committee_chair", "committee_member", "third", "fourth", "fifth"]
    for number, key in enumerate(seated):
        if key not in city.people:
            city.people[key] = User.objects.create_user(key, last_name=key.capitalize())
        seat = Role.COMMITTEE_MEMBER if number else Role.COMMITTEE_CHAIR
        for role, body in ((Role.COUNCIL_MEMBER, council), (seat, committee)):
            appoint(user=city.people[key], role=role, scope=body, actor=None, valid_from=LONG_AGO)
