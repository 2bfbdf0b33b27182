# SPDX-License-Identifier: EUPL-1.2
"""A city of bodies for the tests of the rooms below the process: people, seats, a case or two."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone

from casework.organisation.enums import Expertise, Role
from casework.organisation.models import Administration, Authority, Body, ServiceArea, User
from casework.organisation.services import appoint, create_person
from casework.preset.loader import ensure_administration, load_preset
from casework.register.enums import CaseType
from casework.register.models import Case, NumberSeries
from casework.register.services import register_case
from tests.rebuilt import rebuilt

LONG_AGO = dt.date(2020, 1, 1)
COUNCIL = [f"radet{number}" for number in range(1, 8)]
COMMITTEE = COUNCIL[:5]


@dataclass
class Bodies:
    """What a test wants to name."""

    people: dict[str, User] = field(default_factory=dict)
    administrations: list[Administration] = field(default_factory=list)

    def __getitem__(self, name: str) -> User:
        """One of the people, read anew, so that nothing is remembered from before."""
        return User.objects.get(pk=self.people[name].pk)

    def body(self, slug: str) -> Body:
        """One of the bodies by its address name."""
        return Body.objects.get(slug=slug)

    @property
    def group(self) -> Body:
        """The group of the schools' area."""
        return self.body("grupp-pedagogiska")

    @property
    def council(self) -> Body:
        """Utvecklingsrådet."""
        return self.body("utvecklingsradet")

    @property
    def committee(self) -> Body:
        """Utskottet för e-tjänster."""
        return self.body("e-tjansteutskottet")

    @property
    def area(self) -> ServiceArea:
        """The schools' area."""
        return ServiceArea.objects.get(slug="pedagogiska")

    def case(self, title: str = "Gemensam frånvaroanmälan") -> Case:
        """A newly registered case of the model."""
        return register_case(
            series=NumberSeries.objects.get(code="KS"),
            title=title,
            received_date=timezone.localdate(),
            case_type=CaseType.INITIATIVE,
            service_area=self.area,
            administrations=self.administrations[:1],
            actor=self["registrator"],
        )


def build(*, committee: bool = True) -> Bodies:
    """Build it by the services; the committee only where a test wants it full."""
    return rebuilt(_build, committee)


def _build(committee: bool) -> Bodies:
    city = Bodies()
    load_preset()
    city.administrations = [
        ensure_administration(name=name, short_name=name, slug=slug, authority="KS")
        for name, slug in (
            ("Utbildningsförvaltningen", "utbildning"),
            ("Socialförvaltningen", "social"),
            ("Trafikkontoret", "trafik"),
        )
    ]
    school, social, _traffic = city.administrations
    authority = Authority.objects.get(code="KS")
    office, group = city.body("stadsledningskontoret"), city.group
    _appoint(city, "direktor", Role.CITY_MANAGER, office)
    _appoint(city, "slk", Role.EXECUTIVE_OFFICE, office)
    _appoint(city, "admin", Role.ADMINISTRATOR, authority)
    _appoint(city, "registrator", Role.REGISTRAR, authority)
    _appoint(city, "handlaggare", Role.OFFICER, authority)
    _appoint(city, "kontakt", Role.LIAISON, school)
    _appoint(city, "kontakt_social", Role.LIAISON, social)
    for expertise in (Expertise.BUSINESS, Expertise.IT, Expertise.SYSTEM):
        _appoint(city, f"expert_{expertise}", Role.EXPERT, authority, expertise=expertise)
    manager = city["direktor"]
    _appoint(city, "ordforande", Role.GROUP_CHAIR, group, manager, Expertise.BUSINESS)
    _appoint(city, "ledamot", Role.GROUP_MEMBER, group, manager, Expertise.IT)
    _appoint(city, "ledamot2", Role.GROUP_MEMBER, group, manager)
    _appoint(city, "gruppsekreterare", Role.SECRETARY, group)
    _appoint(city, "kommunsekreterare", Role.SECRETARY, city.body("kommunfullmaktige"))
    _appoint(city, "radsordforande", Role.COUNCIL_CHAIR, city.council, manager)
    for name in COUNCIL:
        _appoint(city, name, Role.COUNCIL_MEMBER, city.council, manager)
    if committee:
        for name in COMMITTEE:
            seat = Role.COMMITTEE_CHAIR if name == COMMITTEE[0] else Role.COMMITTEE_MEMBER
            _appoint(city, name, seat, city.committee, city["radsordforande"])
    _person(city, "larare", school)
    _person(city, "kollega", school)
    return city


def _person(city: Bodies, name: str, administration: Administration) -> User:
    if name not in city.people:
        city.people[name] = create_person(
            username=name,
            first_name=name.capitalize(),
            last_name="Ek",
            email=f"{name}@almstad.example",
            administration=administration,
            actor=None,
        )
    return city.people[name]


def _appoint(
    city: Bodies,
    name: str,
    role: str,
    scope: Body | Administration | Authority,
    appointer: User | None = None,
    expertise: str = "",
) -> None:
    appoint(
        user=_person(city, name, city.administrations[0]),
        role=role,
        scope=scope,
        appointer=appointer,
        expertise=expertise,
        valid_from=LONG_AGO,
        actor=None,
    )
