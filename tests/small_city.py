# SPDX-License-Identifier: EUPL-1.2
"""A small city for tests of pages: one person per role, and a handful of matters on their way.

Built by the services alone, like everything in the product; quicker than the whole demo city.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from casework.initiatives.models import Initiative
from casework.meetings.models import Meeting
from casework.meetings.services import note_attendance, open_meeting, plan_meeting
from casework.organisation.enums import BodyKind, Expertise, Role
from casework.organisation.models import Administration, Authority, Body, ServiceArea, User
from casework.organisation.services import appoint
from casework.planning.enums import Occasion
from casework.planning.models import Cycle, Round, RoundArea
from casework.planning.services import change_round, open_cycle
from casework.preset.loader import ensure_administration, load_preset
from casework.process import services
from casework.process.services import Act
from casework.register.enums import CaseType, Direction, RecordKind
from casework.register.models import Case, NumberSeries, Record
from casework.register.services import (
    mark_secret,
    publish,
    publish_record,
    register_case,
    register_record,
)
from tests.rebuilt import rebuilt
from tests.small_steps import (
    admitted,
    answers,
    approve,
    ask_experts,
    candidacy_of,
    draft,
    finish_other_areas,
    fix_list,
    hand_over,
    prepared,
    recommend,
    registered,
    with_group,
)

__all__ = [
    "PASSWORD",
    "SmallCity",
    "admitted",
    "answers",
    "approve",
    "ask_experts",
    "build",
    "candidacy_of",
    "draft",
    "finish_other_areas",
    "fix_list",
    "hand_over",
    "open_around_today",
    "person",
    "prepared",
    "recommend",
    "registered",
    "seat_committee",
    "with_group",
]

PASSWORD = "demo"
LONG_AGO = dt.date(2020, 1, 1)


@dataclass
class SmallCity:
    """What a test wants to name."""

    people: dict[str, User] = field(default_factory=dict)
    administrations: list[Administration] = field(default_factory=list)
    bodies: dict[str, Body] = field(default_factory=dict)
    cycle: Cycle | None = None
    area: ServiceArea | None = None
    initiatives: dict[str, Initiative] = field(default_factory=dict)
    letter: Case | None = None
    secret: Case | None = None

    @property
    def round(self) -> Round:
        """The budget round that is open."""
        return Round.objects.select_related("cycle").get(cycle=self.cycle, occasion=Occasion.BUDGET)

    @property
    def round_area(self) -> RoundArea:
        """The area's part in the open round."""
        return RoundArea.objects.get(round=self.round, service_area=self.area)

    def case(self, name: str) -> Case:
        """The case of one of the initiatives."""
        initiative = self.initiatives[name]
        initiative.refresh_from_db()
        assert initiative.case is not None
        return initiative.case

    def act(self, body: str, *present: str) -> Act:
        """An act of a body in its open meeting; the meeting is held when there is none."""
        return Act(meeting=self.meeting(body, *present))

    def meeting(self, body: str, *present: str) -> Meeting:
        """The body's open meeting of today, with its usual people or with those named."""
        row = self.bodies[body]
        found = Meeting.objects.filter(body=row, state="open").first()
        if found is not None:
            if present:
                note_attendance(
                    meeting=found,
                    present=[self.people[name] for name in present],
                    actor=self.people[LEADS[body]],
                )
            return found
        names = present or USUAL[body]
        people = [self.people[name] for name in names]
        elected = row.kind == BodyKind.CITY_COUNCIL
        actor = self.people[LEADS[body]]
        planned = plan_meeting(body=row, day=timezone.localdate(), actor=actor)
        return open_meeting(
            meeting=planned,
            chair=None if elected else self.people[LEADS[body]],
            present=people,
            actor=actor,
        )


USUAL = {
    "grupp-pedagogiska": ("ordforande", "ledamot"),
    "utvecklingsradet": ("radet",),
    "kommunfullmaktige": (),
    "e-tjansteutskottet": ("radet", "u1", "u2", "u3", "u4"),
}
LEADS = {
    "grupp-pedagogiska": "ordforande",
    "utvecklingsradet": "radet",
    "kommunfullmaktige": "beslut",
    "e-tjansteutskottet": "radet",
}


def build() -> SmallCity:
    """Build it, or let it stand as it was built before."""
    return rebuilt(_build)


def _build() -> SmallCity:
    city = SmallCity()
    load_preset()
    today = timezone.localdate()
    city.cycle = open_cycle(budget_year=today.year + 1, actor=None)
    city.administrations = [
        ensure_administration(
            name="Utbildningsförvaltningen",
            short_name="Utbildning",
            slug="utbildning",
            authority="KS",
        ),
        ensure_administration(
            name="Socialförvaltningen", short_name="Social", slug="social", authority="KS"
        ),
        ensure_administration(
            name="Trafikkontoret", short_name="Trafik", slug="trafik", authority="KS"
        ),
    ]
    city.area = ServiceArea.objects.get(slug="pedagogiska")
    city.bodies = {body.slug: body for body in Body.objects.all()}
    _people(city)
    open_around_today(city.round, city.people["slk"])
    services.open_round(round=city.round, actor=city.people["slk"])
    _initiatives(city)
    _letters(city)
    return city


def open_around_today(round_: Round, actor: User) -> None:
    """Let a round take in ideas today, whatever day it is."""
    today = timezone.localdate()
    change_round(
        round=round_,
        actor=actor,
        dates={
            "opens_on": today - dt.timedelta(days=300),
            "ideas_until": today + dt.timedelta(days=30),
            "groups_until": today + dt.timedelta(days=60),
            "council_on": today + dt.timedelta(days=90),
            "decision_on": today + dt.timedelta(days=120),
        },
    )


def _people(city: SmallCity) -> None:
    school = city.administrations[0]
    authority = Authority.objects.get(code="KS")
    group = city.bodies["grupp-pedagogiska"]
    roles: dict[str, tuple[str | None, Body | Administration | Authority | None, str]] = {
        "larare": (None, None, ""),
        "direktor": (Role.CITY_MANAGER, city.bodies["stadsledningskontoret"], ""),
        "kontakt": (Role.LIAISON, school, ""),
        "registrator": (Role.REGISTRAR, authority, ""),
        "handlaggare": (Role.OFFICER, authority, ""),
        "ordforande": (Role.GROUP_CHAIR, group, Expertise.BUSINESS),
        "ledamot": (Role.GROUP_MEMBER, group, Expertise.IT),
        "slk": (Role.EXECUTIVE_OFFICE, city.bodies["stadsledningskontoret"], ""),
        "radet": (Role.COUNCIL_CHAIR, city.bodies["utvecklingsradet"], ""),
        "beslut": (Role.SECRETARY, city.bodies["kommunfullmaktige"], ""),
        "admin": (Role.ADMINISTRATOR, authority, ""),
    }
    for name, (role, scope, expertise) in roles.items():
        person(city, name)
        if role and scope:
            appoint(
                user=city.people[name],
                role=role,
                scope=scope,
                actor=None,
                expertise=expertise,
                valid_from=LONG_AGO,
            )
    assert school is not None


def person(city: SmallCity, name: str) -> User:
    """Another employee of the school's förvaltning."""
    user = User.objects.create_user(
        name,
        f"{name}@almstad.example",
        PASSWORD,
        first_name=name.capitalize(),
        last_name="Ek",
        administration=city.administrations[0],
    )
    city.people[name] = user
    return user


def seat_committee(city: SmallCity, size: int = 5) -> list[User]:
    """Seat a committee: the council's chair and ``size`` - 1 of its members."""
    council, committee = city.bodies["utvecklingsradet"], city.bodies["e-tjansteutskottet"]
    seated = [city.people["radet"]]
    appoint(
        user=seated[0],
        role=Role.COMMITTEE_CHAIR,
        scope=committee,
        actor=None,
        valid_from=LONG_AGO,
    )
    for number in range(1, size):
        user = person(city, f"u{number}")
        appoint(user=user, role=Role.COUNCIL_MEMBER, scope=council, actor=None, valid_from=LONG_AGO)
        appoint(
            user=user, role=Role.COMMITTEE_MEMBER, scope=committee, actor=None, valid_from=LONG_AGO
        )
        seated.append(user)
    return seated


def _initiatives(city: SmallCity) -> None:
    people, made = city.people, city.initiatives
    made["draft"] = draft(city, "Digital skolmatsedel")
    made["returned"] = draft(city, "Bokning av idrottshallar")
    services.submit(initiative=made["returned"], actor=people["larare"])
    services.return_to_originator(
        initiative=made["returned"],
        actor=people["kontakt"],
        reason="Gäller det också föreningarnas bokningar? Fråga fritidsnämnden.",
    )
    made["registered"] = registered(city, "Karta över skolvägar")
    made["rejected"] = with_group(city, "Egen chattjänst för gymnasiet")
    services.reject(
        initiative=made["rejected"],
        actor=people["ordforande"],
        act=city.act("grupp-pedagogiska"),
        reason="Staden har redan en gemensam chattjänst. Skolan kan använda den.",
    )
    made["decided"] = with_group(city, "Gemensam frånvaroanmälan för skolor och förskolor")
    due = timezone.localdate() + dt.timedelta(days=14)
    services.request_completion(
        initiative=made["decided"],
        actor=people["ordforande"],
        act=city.act("grupp-pedagogiska"),
        questions="Visa hur fritidshemmen påverkas och vad anslutningen kostar.",
        due=due,
    )
    services.complete(
        initiative=made["decided"],
        actor=people["kontakt"],
        reason="Fritidshemmen ingår. Anslutningen kostar 180 tkr, redan inräknat.",
    )
    services.admit(
        initiative=made["decided"],
        actor=people["ordforande"],
        act=city.act("grupp-pedagogiska"),
        reason="Stor nytta för många.",
    )
    fix_list(city, made["decided"])
    hand_over(city, made["decided"])
    recommend(city, made["decided"])
    approve(city, made["decided"])
    made["completion"] = with_group(city, "E-legitimation för vårdnadshavare")
    services.request_completion(
        initiative=made["completion"],
        actor=people["ordforande"],
        act=city.act("grupp-pedagogiska"),
        questions="Hur gör den som saknar e-id?",
        due=due,
    )


def letter_record(city: SmallCity, title: str = "Brev", **fields: Any) -> Record:
    """A record with a file in the published letter's case, not shown to anybody outside yet."""
    assert city.letter is not None
    files = fields.pop("files", None) or [SimpleUploadedFile("brev.pdf", b"%PDF-1.7 x\n%%EOF")]
    return register_record(
        case=city.letter,
        actor=city.people["registrator"],
        direction=Direction.INCOMING,
        title=title,
        received_date=timezone.localdate(),
        files=files,
        **fields,
    )


def _letters(city: SmallCity) -> None:
    registrar = city.people["registrator"]
    series = NumberSeries.objects.get(code="KS")
    today = timezone.localdate()
    city.letter = register_case(
        series=series,
        actor=registrar,
        case_type=CaseType.LETTER,
        title="Skrivelse om belysning på Ekbacken från Karin Ask",
        title_public="Skrivelse om belysning på Ekbacken",
        party="Karin Ask",
        party_public="Privatperson",
        received_date=today,
    )
    record = register_record(
        case=city.letter,
        actor=registrar,
        direction=Direction.INCOMING,
        kind=RecordKind.LETTER,
        title="Skrivelse från Karin Ask",
        title_public="Skrivelse",
        received_date=today,
    )
    publish(case=city.letter, actor=registrar, summary="Förslag om fler lampor längs gångvägen.")
    publish_record(record=record, actor=registrar)
    city.secret = register_case(
        series=series,
        actor=registrar,
        case_type=CaseType.OTHER,
        title="Hemligt ärende om ett skyddat boende",
        party="Socialförvaltningen",
        received_date=today,
    )
    mark_secret(
        case=city.secret, provision="OSL 26:1", actor=registrar, reason="Uppgifter om enskild."
    )
