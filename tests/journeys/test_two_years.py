# SPDX-License-Identifier: EUPL-1.2
"""Two budget years and an interim report in one run, in a browser.

Four initiatives in the first year: one comes back completed after the list was fixed, one is
deferred and returns the year after with its history, one is secret in its group, one is funded in
part and asks for more in the interim report. A committee of four is refused, the council changes
the order, a dissent stands in the minutes. The originator's page is right at each step.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from casework.initiatives.models import Initiative
from casework.meetings.models import Decision, Dissent
from casework.organisation.enums import Role
from casework.organisation.models import Appointment
from casework.planning.enums import Occasion
from casework.planning.models import Round, RoundArea
from casework.prioritisation.services import (
    hand_eservices_to_committee,
    reopen_ranking,
)
from casework.process import services
from casework.process.enums import Stage, Standing
from casework.register.audit import verify_register
from casework.register.services import grant_access, mark_secret
from tests import small_city as small
from tests.browser import press
from tests.keyboard import unfold
from tests.small_city import SmallCity


class Desk:
    """The city's people at their desks, in a browser."""

    def __init__(self, visit: Callable[..., Page], city: SmallCity) -> None:
        self.visit, self.city = visit, city

    def press(self, page: Page, button: str) -> Page:
        """Press a button whose text begins so."""
        press(page.get_by_role("button", name=re.compile(f"^{re.escape(button)}")).first)
        return page

    def outcome(self, round_: Round, initiative: Initiative, outcome: str, **fields: str) -> Page:
        """The group decides on one initiative in its meeting."""
        page = self.visit(
            f"/admin/omgang/{round_.slug}/grupp/pedagogiska/"
            f"?initiativ={initiative.pk}&utfall={outcome}",
            user="ordforande",
        )
        for name, value in fields.items():
            box = page.locator(f"#id_{name}")
            if box.evaluate("el => el.tagName") == "SELECT":
                box.select_option(value)
            else:
                box.fill(value)
        unfold(page, "Besluta genast")
        press(page.locator(f"button[name=outcome][value={outcome}]"))
        return page

    def fix(self, round_: Round) -> None:
        """The group fixes its list."""
        page = self.visit(
            f"/admin/omgang/{round_.slug}/grupp/pedagogiska/rangordning/", user="ordforande"
        )
        self.press(page, "Fastställ rangordningen")

    def hand_over(self, round_: Round, *initiatives: Initiative) -> None:
        """Experts answer; the office saves and hands over."""
        RoundArea.objects.filter(round=round_, fixed_at=None).exclude(
            service_area=self.city.area
        ).update(fixed_at=timezone.now(), fixed_by=self.city.people["ordforande"])
        for initiative in initiatives:
            if not initiative.expert_requests.exists():
                small.ask_experts(self.city, initiative)
        page = self.visit(f"/admin/omgang/{round_.slug}/forslag/", user="slk")
        page.fill("#frame", "2 000")
        self.press(page, "Spara ordning")
        self.press(page, "Överlämna förslaget")

    def recommend(self, round_: Round, places: dict[Initiative, int]) -> None:
        """The council recommends, in its own order."""
        page = self.visit(f"/admin/omgang/{round_.slug}/radet/", user="radet")
        for initiative, place in places.items():
            key = small.candidacy_of(initiative)
            page.fill(f"[name=place-{key}]", str(place))
            page.check(f"[name=opinion-{key}][value=for]")
            page.fill(f"[name=reason-{key}]", f"Rådets plats {place}.")
        self.press(page, "Fastställ rekommendationen")

    def decide(self, round_: Round, rows: dict[Initiative, tuple[str, str]]) -> None:
        """The city council's secretary notes the decisions."""
        page = self.visit(f"/admin/omgang/{round_.slug}/fullmaktige/", user="beslut")
        for initiative, (verdict, amount) in rows.items():
            key = small.candidacy_of(initiative)
            page.select_option(f"[name=verdict-{key}]", verdict)
            page.fill(f"[name=amount-{key}]", amount)
            page.fill(f"[name=reason-{key}]", "Enligt budgeten.")
        page.fill("#reference", "KF 2026-11-23 § 14")
        self.press(page, "Anteckna besluten")

    def originator_reads(self, initiative: Initiative, *words: str) -> None:
        """The originator's page tells it."""
        page = self.visit(f"/initiativ/{initiative.pk}/", user="larare")
        for text in words:
            expect(page.locator("main")).to_contain_text(text)
        page.close()


def at(initiative: Initiative) -> str:
    """Where an initiative is."""
    initiative.refresh_from_db()
    initiative.process.refresh_from_db()
    return initiative.process.position


@pytest.fixture
def two_years(city: SmallCity) -> tuple[SmallCity, Round, Round]:
    """The first year's list is open again; the second year is laid up by the office."""
    small.seat_committee(city)
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="Fyra till.")
    services.withdraw(
        initiative=city.initiatives["completion"], actor=city.people["larare"], reason="Undan."
    )
    supplement = Round.objects.get(cycle=city.cycle, occasion=Occasion.T1)
    return city, city.round, supplement


def test_two_years(visit: Callable[..., Page], two_years: tuple[SmallCity, Round, Round]) -> None:
    city, first, supplement = two_years
    desk = Desk(visit, city)
    city.meeting("utvecklingsradet", "radet", "u1", "u2", "u3")
    assert city.cycle is not None

    # The office lays up the next year beside the first, and opens it.
    page = visit("/admin/omgangar/", user="slk")
    page.fill("#id_budget_year", str(city.cycle.budget_year + 1))
    desk.press(page, "Lägg upp budgetåret")
    second = Round.objects.get(
        cycle__budget_year=city.cycle.budget_year + 1, occasion=Occasion.BUDGET
    )
    page = visit(f"/admin/omgang/{second.slug}/", user="slk")
    desk.press(page, "Öppna")
    assert Round.objects.open().count() == 2

    # Four initiatives of the first year.
    late = small.with_group(city, "Kommer tillbaka efter listan")
    put_off = small.with_group(city, "Skjuts upp ett år")
    secret = small.with_group(city, "Hemlig i gruppen")
    partly = small.with_group(city, "Får en del av medlen")
    assert secret.case is not None
    mark_secret(case=secret.case, provision="OSL 18:8", actor=city.people["registrator"])
    grant_access(
        case=secret.case,
        user=city.people["ordforande"],
        reason="Leder bedömningen.",
        actor=city.people["registrator"],
    )

    due = timezone.localdate() + dt.timedelta(days=10)
    desk.outcome(first, late, "request_completion", questions="Vad kostar driften?",
                 due=due.isoformat())  # fmt: skip
    assert at(late) == Standing.COMPLETION
    desk.originator_reads(late, "Vad kostar driften?")
    desk.outcome(first, put_off, "defer", reason="Underlaget räcker inte i år.",
                 target=str(second.pk))  # fmt: skip
    assert at(put_off) == Stage.IN_PREPARATION
    desk.originator_reads(put_off, str(second))
    desk.outcome(first, secret, "admit", reason="Behövs.")
    desk.outcome(first, partly, "admit", reason="Behövs också.")

    # Another member sees that there is a secret one, and nothing of it.
    page = visit(f"/admin/omgang/{first.slug}/grupp/pedagogiska/rangordning/", user="ledamot")
    expect(page.locator("main, #main").first).to_contain_text("ett ärende med sekretess")
    assert "Hemlig i gruppen" not in page.content()
    desk.fix(first)
    assert at(partly) == Standing.RANKED

    # The completion comes back when the list is fixed; the chair opens it again.
    services.complete(initiative=late, actor=city.people["kontakt"], reason="200 tkr om året.")
    page = visit(f"/admin/omgang/{first.slug}/grupp/pedagogiska/rangordning/", user="ordforande")
    page.locator("#reason").fill("Ett kompletterat initiativ ska med.")
    desk.press(page, "Öppna listan för")
    desk.outcome(first, late, "admit", reason="Nu är underlaget komplett.")
    desk.fix(first)
    assert at(late) == at(secret) == at(partly) == Standing.RANKED

    # A committee of four is refused at its decision; with five it decides.
    service = small.registered(city, "E-tjänst som utskottet bereder", eservice=True)
    services.withdraw(
        initiative=service, actor=city.people["larare"], reason="Prövas ett annat år."
    )
    assert hand_eservices_to_committee(round=first, actor=city.people["slk"]) == 0
    seat = Appointment.objects.filter(role=Role.COMMITTEE_MEMBER).latest("pk")
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    meeting = city.meeting("e-tjansteutskottet")
    Appointment.objects.filter(pk=seat.pk).update(valid_until=yesterday)
    page = visit(f"/admin/moten/{meeting.pk}/", user="radet")
    page.get_by_text("Anteckna ett annat beslut").click()
    page.fill("#id_number", city.case("registered").dnr)
    page.fill("#id_points", "Ärendet bereds.")
    desk.press(page, "Anteckna beslutet")
    expect(page.locator(".desk-errors").first).to_contain_text("exakt fem ledamöter")
    Appointment.objects.filter(pk=seat.pk).update(valid_until=None)

    # The proposal; the council changes the order, and one member dissents in the minutes.
    desk.hand_over(first, late, secret, partly)
    assert at(late) == at(partly) == at(secret) == Standing.IN_PROPOSAL
    grant_access(
        case=secret.case,
        body=city.bodies["utvecklingsradet"],
        reason="Rådet behandlar förslaget.",
        actor=city.people["registrator"],
    )
    grant_access(
        case=secret.case,
        body=city.bodies["kommunfullmaktige"],
        reason="Fullmäktige beslutar.",
        actor=city.people["registrator"],
    )
    desk.recommend(first, {partly: 1, late: 2, secret: 3})
    desk.originator_reads(partly, "förordades av utvecklingsrådet")
    council = city.meeting("utvecklingsradet")
    decision = Decision.objects.filter(meeting=council, case=partly.case).latest("pk")
    page = visit(f"/admin/beslut/{decision.pk}/avvikande/", user="radet")
    page.locator("[name=kind][value=reservation]").check()
    page.get_by_label("U1 Ek").check()
    page.fill("#id_proposal", "Initiativet avslås.")
    desk.press(page, "Anmäl")
    assert Dissent.objects.get(decision=decision).who
    page = visit(f"/admin/moten/{council.pk}/", user="radet")
    expect(page.locator("main, #main").first).to_contain_text("Reservation")

    # The city council: one in part, two in full.
    desk.decide(
        first,
        {
            partly: ("approve_in_part", "500"),
            late: ("approve", "1 250"),
            secret: ("approve", "900"),
        },
    )
    assert at(partly) == at(late) == Stage.APPROVED
    desk.originator_reads(partly, "en del av medlen", "500")
    services.withdraw(
        initiative=city.initiatives["registered"], actor=city.people["larare"], reason="Löst."
    )
    services.close_round(round=first, actor=city.people["slk"])

    # The interim report: the partly funded one asks for the rest.
    services.open_round(round=supplement, actor=city.people["slk"])
    supplement.refresh_from_db()
    services.nominate_supplement(initiative=partly, round=supplement, actor=city.people["slk"])
    services.hand_to_group(initiative=partly, actor=city.people["handlaggare"])
    desk.outcome(supplement, partly, "admit", reason="Resten behövs.")
    desk.fix(supplement)
    desk.hand_over(supplement, partly)
    desk.recommend(supplement, {partly: 1})
    desk.decide(supplement, {partly: ("approve", "750")})
    desk.originator_reads(partly, "beviljades medel i tertialrapport 1")

    # The year after: what was put off returns with its history, and is declined.
    services.hand_to_group(initiative=put_off, actor=city.people["handlaggare"])
    desk.outcome(second, put_off, "admit", reason="Nu räcker underlaget.")
    desk.fix(second)
    desk.hand_over(second, put_off)
    desk.recommend(second, {put_off: 1})
    desk.decide(second, {put_off: ("decline", "")})
    assert at(put_off) == Stage.DECLINED
    desk.originator_reads(put_off, "fick inte medel i budgeten", str(first))
    assert put_off.candidacies.count() == 2
    assert verify_register().faults == []
