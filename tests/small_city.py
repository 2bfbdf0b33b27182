# SPDX-License-Identifier: EUPL-1.2
"""A small city for tests of pages: one person per role, and a handful of matters on their way.

Built by the services alone, like everything in the product; quicker than the whole demo city.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone

from casework.initiatives.enums import InitiativeKind, ScopeReason
from casework.initiatives.models import Initiative
from casework.organisation.enums import Expertise, Role
from casework.organisation.models import Administration, Authority, Body, ServiceArea, User
from casework.organisation.services import appoint
from casework.preset.loader import ensure_administration, load_preset, open_cycle
from casework.prioritisation import services as prioritisation
from casework.process import services
from casework.process.models import Cycle, GroupRound
from casework.register.enums import CaseType, Direction
from casework.register.models import Case, NumberSeries
from casework.register.services import (
    mark_secret,
    publish,
    publish_record,
    register_case,
    register_record,
)

PASSWORD = "demo"


@dataclass
class SmallCity:
    """What a test wants to name."""

    people: dict[str, User] = field(default_factory=dict)
    administrations: list[Administration] = field(default_factory=list)
    cycle: Cycle | None = None
    area: ServiceArea | None = None
    initiatives: dict[str, Initiative] = field(default_factory=dict)
    letter: Case | None = None
    secret: Case | None = None

    def case(self, name: str) -> Case:
        """The case of one of the initiatives."""
        initiative = self.initiatives[name]
        initiative.refresh_from_db()
        assert initiative.case is not None
        return initiative.case


def build() -> SmallCity:
    """Build it."""
    city = SmallCity()
    load_preset()
    year = timezone.localdate().year
    city.cycle = open_cycle(year + 1)
    city.administrations = [
        ensure_administration("Utbildningsförvaltningen", "Utbildning", "utbildning", "KS"),
        ensure_administration("Socialförvaltningen", "Social", "social", "KS"),
        ensure_administration("Trafikkontoret", "Trafik", "trafik", "KS"),
    ]
    city.area = ServiceArea.objects.get(slug="pedagogiska")
    _people(city)
    _initiatives(city)
    _letters(city)
    return city


def _people(city: SmallCity) -> None:
    school = city.administrations[0]
    authority = Authority.objects.get(code="KS")
    body = {body.slug: body for body in Body.objects.all()}
    group = body["grupp-pedagogiska"]
    roles = {
        "larare": (None, None, ""),
        "kontakt": (Role.LIAISON, school, ""),
        "registrator": (Role.REGISTRAR, authority, ""),
        "handlaggare": (Role.OFFICER, authority, ""),
        "ordforande": (Role.GROUP_CHAIR, group, Expertise.BUSINESS),
        "ledamot": (Role.GROUP_MEMBER, group, Expertise.IT),
        "slk": (Role.EXECUTIVE_OFFICE, body["stadsledningskontoret"], ""),
        "radet": (Role.COUNCIL_MEMBER, body["utvecklingsradet"], ""),
        "beslut": (Role.DECISION_RECORDER, authority, ""),
        "admin": (Role.ADMINISTRATOR, authority, ""),
    }
    for name, (role, scope, expertise) in roles.items():
        user = User.objects.create_user(
            name,
            f"{name}@almstad.example",
            PASSWORD,
            first_name=name.capitalize(),
            last_name="Ek",
            administration=school,
        )
        city.people[name] = user
        if role and scope:
            appoint(
                user,
                role,
                scope,
                appointed_by="Stadsdirektören",
                expertise=expertise,
                valid_from=dt.date(2020, 1, 1),
            )


def _draft(city: SmallCity, title: str, *, eservice: bool = False) -> Initiative:
    return services.start_draft(
        city.people["larare"],
        {
            "title": title,
            "kind": InitiativeKind.NEW,
            "need": (
                "I dag ringer vårdnadshavare till skolan för att anmäla frånvaro. Samtalen tar tid "
                "från lektionerna, och beskeden skrivs på lappar som försvinner."
            ),
            "proposal": "En gemensam tjänst för alla skolor och förskolor.",
            "benefits": {"citizens": "Slipper telefonkö.", "users": "Mindre pappersarbete."},
            "cost_tkr": 1250,
            "is_eservice": eservice,
            "affected": city.administrations[:2],
        },
    )


def _prepared(city: SmallCity, title: str) -> Initiative:
    initiative = _draft(city, title)
    services.submit(initiative, actor=city.people["larare"])
    services.save_preparation(
        initiative,
        {
            "service_area": city.area,
            "goal": "Tillgängliga tjänster för alla.",
            "effect": "Två timmar per lärare och vecka frigörs.",
        },
        actor=city.people["kontakt"],
    )
    services.complete_preparation(initiative, actor=city.people["kontakt"])
    return initiative


def _registered(city: SmallCity, title: str) -> Initiative:
    initiative = _prepared(city, title)
    services.send_batch(city.administrations[0], [initiative], actor=city.people["kontakt"])
    case = services.register(
        initiative,
        NumberSeries.objects.get(code="KS"),
        actor=city.people["registrator"],
        title=title,
        received_date=timezone.localdate(),
        officer=city.people["handlaggare"],
    )
    publish(
        case=case, actor=city.people["registrator"], summary=f"{title}: ett förslag från skolan."
    )
    return initiative


def _with_group(city: SmallCity, title: str) -> Initiative:
    initiative = _registered(city, title)
    officer = city.people["handlaggare"]
    services.accept_scope(initiative, actor=officer, ground=ScopeReason.CROSS)
    services.hand_to_group(initiative, actor=officer)
    return initiative


def _initiatives(city: SmallCity) -> None:
    people = city.people
    made = city.initiatives
    made["draft"] = _draft(city, "Digital skolmatsedel")
    made["returned"] = _draft(city, "Bokning av idrottshallar")
    services.submit(made["returned"], actor=people["larare"])
    services.return_to_originator(
        made["returned"],
        actor=people["kontakt"],
        reason="Gäller det också föreningarnas bokningar? Fråga fritidsnämnden.",
    )
    made["registered"] = _registered(city, "Karta över skolvägar")
    made["rejected"] = _with_group(city, "Egen chattjänst för gymnasiet")
    services.reject(
        made["rejected"],
        actor=people["ordforande"],
        reason="Staden har redan en gemensam chattjänst. Skolan kan använda den.",
    )
    made["decided"] = _with_group(city, "Gemensam frånvaroanmälan för skolor och förskolor")
    services.request_completion(
        made["decided"],
        actor=people["ordforande"],
        reason="Visa hur fritidshemmen påverkas och vad anslutningen till elevregistret kostar.",
    )
    services.complete(
        made["decided"],
        actor=people["handlaggare"],
        reason="Fritidshemmen ingår. Anslutningen kostar 180 tkr, redan inräknat.",
    )
    services.admit(made["decided"], actor=people["ordforande"], reason="Stor nytta för många.")
    _decide(city, made["decided"])
    made["completion"] = _with_group(city, "E-legitimation för vårdnadshavare")
    services.request_completion(
        made["completion"], actor=people["ordforande"], reason="Hur gör den som saknar e-id?"
    )


def _decide(city: SmallCity, initiative: Initiative) -> None:
    people, cycle = city.people, city.cycle
    assert cycle is not None
    round_ = GroupRound.objects.get(cycle=cycle, service_area=city.area)
    prioritisation.save_order(round_, [initiative], actor=people["ordforande"])
    prioritisation.fix_ranking(round_, actor=people["ordforande"])
    GroupRound.objects.filter(cycle=cycle, done_at=None).update(
        done_at=timezone.now(), done_by=people["ordforande"]
    )
    for person, expertise in (("ordforande", Expertise.BUSINESS), ("ledamot", Expertise.IT)):
        services.note_participation(cycle, people[person], expertise, actor=people["slk"])
    prioritisation.make_proposal(cycle, [initiative], actor=people["slk"], frame_tkr=5000)
    initiative.refresh_from_db()
    services.recommend(
        initiative, actor=people["radet"], opinion="for", reason="Bör genomföras under året."
    )
    services.approve(
        initiative,
        actor=people["beslut"],
        occasion="budget",
        reference="KF § 12",
        decided_on=timezone.localdate(),
        amount_tkr=1250,
        reason="Ryms inom ramen för skolans utveckling.",
    )


def _letters(city: SmallCity) -> None:
    registrar = city.people["registrator"]
    series = NumberSeries.objects.get(code="KS")
    today = timezone.localdate()
    city.letter = register_case(
        actor=registrar,
        series=series,
        case_type=CaseType.LETTER,
        title="Skrivelse om belysning på Ekbacken från Karin Ask",
        title_public="Skrivelse om belysning på Ekbacken",
        party="Karin Ask",
        party_public="Privatperson",
        received_date=today,
    )
    record = register_record(
        actor=registrar,
        case=city.letter,
        direction=Direction.INCOMING,
        title="Skrivelse från Karin Ask",
        title_public="Skrivelse",
        received_date=today,
    )
    publish(case=city.letter, actor=registrar, summary="Förslag om fler lampor längs gångvägen.")
    publish_record(record=record, actor=registrar)
    city.secret = register_case(
        actor=registrar,
        series=series,
        case_type=CaseType.OTHER,
        title="Hemligt ärende om ett skyddat boende",
        party="Socialförvaltningen",
        received_date=today,
    )
    mark_secret(
        case=city.secret, provision="OSL 26:1", actor=registrar, reason="Uppgifter om enskild."
    )
