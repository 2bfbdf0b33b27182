# SPDX-License-Identifier: EUPL-1.2
"""A whole cycle with forty initiatives and five groups, from the meetings to the interim report.

What the model asks of many people over a year is done here at their desks, the groups' meetings by
keyboard alone: forty outcomes in five rooms, five lists, one merged proposal, a recommendation on
the whole, the city council's decisions, and a supplement in the interim report (issue 8).
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from casework.initiatives.models import Initiative
from casework.meetings.services import open_meeting, plan_meeting
from casework.organisation.enums import Expertise, Role
from casework.organisation.models import Body, ServiceArea, User
from casework.organisation.services import appoint
from casework.planning.enums import Occasion
from casework.planning.models import Round, RoundArea
from casework.prioritisation.services import reopen_ranking
from casework.process import services
from casework.process.enums import Stage, Standing
from casework.process.models import Candidacy
from casework.register.audit import verify_register
from tests import small_city as small
from tests.journeys.test_two_years import Desk, at
from tests.keyboard import Keys
from tests.small_city import LONG_AGO, SmallCity

OF_EACH_AREA, REJECTED, MOST_KEYS = 8, 2, 8
BEFORE_THE_PROPOSAL = {
    Stage.REGISTERED, Stage.IN_PREPARATION, Standing.ENTERED, Standing.WITH_GROUP,
    Standing.COMPLETION, Standing.ADMITTED, Standing.RANKED,
}  # fmt: skip


@pytest.fixture
def forty(city: SmallCity) -> dict[ServiceArea, list[Initiative]]:
    """Eight initiatives with each of the five groups, whose chairs have opened their meetings."""
    small.seat_committee(city)
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="Alla med.")
    for name in ("completion", "group"):
        if (row := city.initiatives.get(name)) is not None and at(row) in {
            Standing.COMPLETION, Standing.WITH_GROUP,
        }:  # fmt: skip
            services.withdraw(initiative=row, actor=city.people["larare"], reason="Undan.")
    # The small city's other areas have fixed their empty lists.
    others = RoundArea.objects.filter(round=city.round).exclude(service_area=city.area)
    others.update(fixed_at=None, fixed_by=None)
    found = {}
    for area in ServiceArea.objects.order_by("position"):
        found[area] = [
            small.with_group(city, f"{area.name} {number}", area=area)
            for number in range(1, OF_EACH_AREA + 1)
        ]
    return found


def chair_of(city: SmallCity, area: ServiceArea) -> str:
    """The chair of the area's group, appointed and with the meeting open."""
    group = Body.objects.get(service_area=area)
    if area == city.area:
        city.meeting(group.slug)
        return "ordforande"
    name = f"ordf-{area.slug}"
    chair: User = small.person(city, name)
    appoint(
        user=chair, role=Role.GROUP_CHAIR, scope=group, actor=None,
        expertise=Expertise.BUSINESS, valid_from=LONG_AGO,
    )  # fmt: skip
    planned = plan_meeting(body=group, day=city.meeting("utvecklingsradet").day, actor=chair)
    open_meeting(meeting=planned, chair=chair, present=[chair], actor=chair)
    return name


def hold(page: Page, count: int) -> int:
    """A group's meeting by keyboard: all outcomes, then the chair's gavel; keys pressed."""
    keys = Keys(page)
    for number in range(count):
        outcome = "3" if number >= count - REJECTED else "1"
        keys.go(outcome)
        expect(page.locator("#id_reason")).to_be_focused()
        page.keyboard.type("Skälet sägs i mötet.")
        keys.go("Control+Enter")
    keys.press("b")
    expect(page.locator("#gavel")).to_be_focused()
    keys.go("Enter")
    return keys.pressed


@pytest.mark.slow
def test_8_a_whole_cycle_with_forty_initiatives(
    visit: Callable[..., Page], city: SmallCity, forty: dict[ServiceArea, list[Initiative]]
) -> None:
    desk = Desk(visit, city)
    first = city.round
    for area, initiatives in forty.items():
        chair = chair_of(city, area)
        room = f"/admin/omgang/{first.slug}/grupp/{area.slug}/"
        waiting = Candidacy.objects.filter(
            round=first, stage=Standing.WITH_GROUP, initiative__service_area=area
        ).count()
        assert waiting >= len(initiatives)
        page = visit(room, user=chair)
        assert hold(page, waiting) <= MOST_KEYS * waiting
        page = visit(f"{room}rangordning/", user=chair)
        desk.press(page, "Fastställ rangordningen")
    ranked = list(Candidacy.objects.filter(round=first, stage=Standing.RANKED))
    assert len(ranked) >= 5 * (OF_EACH_AREA - REJECTED)
    assert not RoundArea.objects.filter(round=first, fixed_at=None).exists()

    # The office merges the five lists by the rule and hands the whole over.
    for row in ranked:
        if not row.initiative.expert_requests.exists():
            small.ask_experts(city, row.initiative)
    page = visit(f"/admin/omgang/{first.slug}/forslag/", user="slk")
    page.fill("#frame", "20 000")
    desk.press(page, "Spara ordning")
    desk.press(page, "Överlämna förslaget")
    assert Candidacy.objects.filter(round=first, stage=Standing.IN_PROPOSAL).count() == len(ranked)

    # The council takes the whole as it stands; the city council funds what the frame holds.
    city.meeting("utvecklingsradet", "radet", "u1", "u2", "u3")
    page = visit(f"/admin/omgang/{first.slug}/radet/", user="radet")
    for place, row in enumerate(_proposed(first), start=1):
        page.fill(f"[name=place-{row.pk}]", str(place))
        page.check(f"[name=opinion-{row.pk}][value=for]")
        page.fill(f"[name=reason-{row.pk}]", "Enligt förslaget.")
    desk.press(page, "Fastställ rekommendationen")
    assert page.locator(".desk-errors").all_inner_texts() == []
    page = visit(f"/admin/omgang/{first.slug}/fullmaktige/", user="beslut")
    funded = [row for row in _proposed(first) if page.locator(f"[name=verdict-{row.pk}]").count()]
    assert len(funded) >= 5 * (OF_EACH_AREA - REJECTED)
    partly = funded[15]
    for number, row in enumerate(funded):
        verdict = "approve" if number < 15 else "approve_in_part" if number == 15 else "decline"
        page.select_option(f"[name=verdict-{row.pk}]", verdict)
        page.fill(
            f"[name=amount-{row.pk}]", {"approve": "1 250", "decline": ""}.get(verdict, "500")
        )
        page.fill(f"[name=reason-{row.pk}]", "Enligt budgeten.")
    page.fill("#reference", "KF 2026-11-23 § 14")
    desk.press(page, "Anteckna besluten")
    stages = [row.initiative for row in funded]
    assert [at(row) for row in stages[:16]] == [Stage.APPROVED] * 16
    assert {at(row) for row in stages[16:]} == {Stage.DECLINED}
    desk.originator_reads(stages[0], "beviljades medel")
    desk.originator_reads(stages[-1], "fick inte medel i budgeten")

    # The interim report gives the partly funded one the rest.
    for initiative in Initiative.objects.filter(process__candidacy__round=first):
        if at(initiative) in BEFORE_THE_PROPOSAL:
            services.withdraw(initiative=initiative, actor=initiative.originator, reason="Löst.")
    services.close_round(round=first, actor=city.people["slk"])
    supplement = Round.objects.get(cycle=city.cycle, occasion=Occasion.T1)
    services.open_round(round=supplement, actor=city.people["slk"])
    supplement.refresh_from_db()
    services.nominate_supplement(
        initiative=partly.initiative, round=supplement, actor=city.people["slk"]
    )
    services.hand_to_group(initiative=partly.initiative, actor=city.people["handlaggare"])
    its_area = partly.initiative.service_area
    assert its_area is not None
    who = "ordforande" if its_area == city.area else f"ordf-{its_area.slug}"
    page = visit(f"/admin/omgang/{supplement.slug}/grupp/{its_area.slug}/", user=who)
    keys = Keys(page)
    keys.go("1")
    page.keyboard.type("Resten behövs.")
    keys.go("Control+Enter")
    keys.press("b", "Enter")
    page.wait_for_load_state()
    for part in RoundArea.objects.filter(round=supplement, fixed_at=None):
        name = "ordforande" if part.service_area == city.area else f"ordf-{part.service_area.slug}"
        page = visit(
            f"/admin/omgang/{supplement.slug}/grupp/{part.service_area.slug}/rangordning/",
            user=name,
        )
        desk.press(page, "Fastställ rangordningen")
    assert at(partly.initiative) == Standing.RANKED
    assert verify_register().faults == []


def _proposed(round_: Round) -> list[Candidacy]:
    """The proposal's candidacies in the order of their keys."""
    standing = [Standing.IN_PROPOSAL, Standing.RECOMMENDED]
    rows = Candidacy.objects.filter(round=round_, stage__in=standing)
    return list(rows.select_related("initiative").order_by("pk"))
