# SPDX-License-Identifier: EUPL-1.2
"""One e-service's whole way, in a browser, by all who have a part in it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from casework.initiatives.models import Initiative
from casework.organisation.enums import Role
from casework.organisation.models import Body, User
from casework.organisation.services import appoint
from casework.preset.loader import open_cycle
from casework.process.enums import Stage
from casework.process.models import Cycle, GroupRound
from casework.register.audit import verify_register
from casework.register.services import publish
from search.worker import drain
from tests.small_city import PASSWORD, SmallCity

TITLE = "Kölapp till badhuset i mobilen"


@pytest.fixture
def open_round(city: SmallCity) -> Cycle:
    """A new budget year in which the other four areas are done, and a committee member."""
    assert city.cycle is not None
    cycle = open_cycle(city.cycle.budget_year + 1)
    GroupRound.objects.filter(cycle=cycle).exclude(service_area=city.area).update(
        done_at=timezone.now(), done_by=city.people["slk"]
    )
    member = User.objects.create_user(
        "utskottet", "utskottet@almstad.example", PASSWORD, administration=city.administrations[0]
    )
    for role, slug in (
        (Role.COUNCIL_MEMBER, "utvecklingsradet"),
        (Role.COMMITTEE_MEMBER, "e-tjansteutskottet"),
    ):
        appoint(member, role, Body.objects.get(slug=slug), appointed_by="Rådets ordförande")
    city.people["utskottet"] = member
    return cycle


class Walk:
    """The walk's people at their desks."""

    def __init__(self, visit: Callable[..., Page]) -> None:
        self.visit = visit
        self.pk = 0

    @property
    def initiative(self) -> Initiative:
        """As it stands now."""
        return Initiative.objects.select_related("case", "process").get(pk=self.pk)

    @property
    def address(self) -> str:
        """The matter's page at the desk."""
        case = self.initiative.case
        return f"/admin/arende/{case.pk}/" if case else f"/admin/initiativ/{self.pk}/"

    def decide(self, user: str, button: str, **fields: str) -> Page:
        """Open the matter, press the decision, fill in its form, and confirm."""
        page = self.visit(self.address, user=user)
        page.get_by_role("link", name=button, exact=True).click()
        page.wait_for_load_state()
        for name, value in fields.items():
            box = page.locator(f"[name={name}]")
            if box.first.get_attribute("type") == "radio":
                page.locator(f"[name={name}][value={value}]").check()
            else:
                box.fill(value)
        page.get_by_role("button", name=button, exact=True).click()
        page.wait_for_load_state()
        return page

    def is_at(self, stage: Stage) -> None:
        """Assert where the initiative stands."""
        assert self.initiative.process.stage == stage


def test_from_an_idea_to_implementation(
    visit: Callable[..., Page], city: SmallCity, open_round: Cycle
) -> None:
    walk = Walk(visit)

    # 1. The originator gives it and sees who has it.
    page = visit("/initiativ/nytt/", user="larare")
    page.get_by_role("button", name="Börja").click()
    page.fill("#id_title", TITLE)
    page.get_by_label("Nyutveckling").check()
    page.fill("#id_need", "Barnfamiljer köar i regn för att få veta att det är fullt.")
    page.get_by_role("button", name="Spara och fortsätt", exact=True).click()
    page.check("#id_benefit_citizens")
    page.get_by_label("Utbildningsförvaltningen").check()
    page.get_by_label("Socialförvaltningen").check()
    page.get_by_role("button", name="Spara och fortsätt", exact=True).click()
    page.fill("#id_cost_tkr", "800")
    page.check("#id_is_eservice")
    page.get_by_role("button", name="Till dina svar").click()
    page.get_by_role("button", name="Skicka till kontaktpersonen").click()
    expect(page.locator(".case-head")).to_contain_text("Kontakt Ek")
    walk.pk = Initiative.objects.get(title=TITLE).pk

    # 2. The contact person returns it once, prepares it, sends the batch.
    walk.decide("kontakt", "Skicka tillbaka", reason="Vilka badhus gäller det?")
    walk.is_at(Stage.RETURNED)
    page = visit(f"/initiativ/{walk.pk}/kontrollera/", user="larare")
    page.get_by_role("button", name="Skicka till kontaktpersonen").click()
    page.wait_for_load_state()
    page = visit(walk.address, user="kontakt")
    page.get_by_role("link", name="Ändra underlaget").click()
    page.select_option("#id_service_area", label="Pedagogiska området")
    page.fill("#id_goal", "En aktiv fritid för alla.")
    page.fill("#id_effect", "Ingen köar i onödan.")
    page.get_by_role("button", name="Spara", exact=True).click()
    walk.decide("kontakt", "Markera som förberett")
    page = visit("/admin/skicka/", user="kontakt")
    page.get_by_role("button", name="Skicka till stadsledningskontoret").click()
    page.wait_for_load_state()
    walk.is_at(Stage.SENT)

    # 3. The registrar gives the number; it stands on the page, a receipt goes out.
    page = visit("/admin/inkorg/", user="registrator")
    page.get_by_role("link", name=f"Registrera {TITLE}").click()
    page.select_option("#id_officer", label="Handlaggare Ek")
    page.get_by_role("button", name="Registrera och ge diarienummer").click()
    page.wait_for_load_state()
    case = walk.initiative.case
    assert case is not None
    expect(page.locator(".case-head__dnr")).to_have_text(case.dnr)
    receipt = next(m for m in mail.outbox if m.subject == f"Mottaget: {case.dnr}")
    assert TITLE not in receipt.body
    publish(case=case, actor=city.people["registrator"], summary="Kölapp i mobilen.")

    # 4. The officer judges scope, sees earlier decisions, hands over.
    drain()
    page = visit(walk.address, user="handlaggare")
    expect(page.get_by_text("Liknande tidigare beslut")).to_be_visible()
    expect(page.get_by_text("Uppgifterna talar för")).to_be_visible()
    walk.decide("handlaggare", "Omfattas av modellen", ground="cross")
    page = visit(walk.address, user="handlaggare")
    page.get_by_role("link", name="Skriv tjänsteutlåtande").click()
    page.get_by_role("button", name="Börja skriva").click()
    page.wait_for_load_state()
    report = case.reports.get()
    page = visit(f"/admin/tjansteutlatanden/{report.pk}/", user="handlaggare")
    page.get_by_role("button", name="Skapa Word-fil").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Hämta Word-filen").click()
    with zipfile.ZipFile(download.value.path()) as package:
        text = "".join(
            package.read(name).decode() for name in package.namelist() if name.endswith(".xml")
        )
    for words in ("Tjänsteutlåtande", case.dnr, TITLE, "Förslag till beslut"):
        assert words in text
    walk.decide("handlaggare", "Lämna till tjänsteområdesgruppen")
    walk.is_at(Stage.WITH_GROUP)

    # 5. The group: completion goes back and returns; then admitted, ordered, fixed.
    page = visit(f"/admin/grupp/pedagogiska/?initiativ={walk.pk}", user="ordforande")
    page.get_by_role("button", name="Begär komplettering").click()
    page.wait_for_load_state()
    expect(page.locator(".desk-errors")).to_contain_text("Skriv skälet")
    walk.is_at(Stage.WITH_GROUP)
    page.fill("#id_reason", "Räkna också på simhallen i norr.")
    page.get_by_role("button", name="Begär komplettering").click()
    page.wait_for_load_state()
    walk.is_at(Stage.COMPLETION)
    walk.decide("handlaggare", "Lämna tillbaka kompletterat", reason="Nu ingår simhallen i norr.")
    page = visit(f"/admin/grupp/pedagogiska/?initiativ={walk.pk}", user="ledamot")
    page.get_by_role("button", name="Ta med i områdets prioritering").click()
    page.wait_for_load_state()
    walk.is_at(Stage.ADMITTED)
    page = visit("/admin/grupp/pedagogiska/rangordning/", user="ordforande")
    page.get_by_role("button", name=re.compile("Fastställ rangordningen")).click()
    page.wait_for_load_state()
    walk.is_at(Stage.RANKED)

    # 6. The committee first, both expertises, then the proposal, the council, the decision.
    page = visit("/admin/forslag/", user="slk")
    assert page.get_by_role("button", name="Överlämna till utvecklingsrådet").count() == 0
    page.get_by_role("button", name="Lämna e-tjänsterna till utskottet").click()
    page.wait_for_load_state()
    walk.decide(
        "utskottet",
        "Lämna utskottets ställningstagande",
        opinion="for",
        reason="Passar programmet.",
    )
    page = visit("/admin/forslag/", user="slk")
    for person, expertise in (("Ordforande Ek", "business"), ("Ledamot Ek", "it")):
        page.select_option("#id_expert", label=person)
        page.check(f"[name=expertise][value={expertise}]")
        page.get_by_role("button", name="Anteckna medverkan").click()
        page.wait_for_load_state()
    page.fill("#frame", "5 000")
    page.get_by_role("button", name="Överlämna till utvecklingsrådet").click()
    page.wait_for_load_state()
    walk.is_at(Stage.CITY_PROPOSAL)
    walk.decide("radet", "Fastställ rekommendationen", opinion="for", reason="Liten kostnad.")
    page = walk.decide(
        "beslut",
        "Beslutat: genomförs",
        occasion="budget",
        reference="",
        decided_on=timezone.localdate().isoformat(),
    )
    expect(page.locator(".desk-errors")).to_be_visible()
    page.fill("#id_reference", "KF 2026-11-23 § 12")
    page.get_by_role("button", name="Beslutat: genomförs").click()
    page.wait_for_load_state()
    walk.is_at(Stage.APPROVED)
    walk.decide("handlaggare", "Genomförandet har börjat")
    walk.decide("handlaggare", "Genomförandet är klart")
    walk.is_at(Stage.IMPLEMENTED)

    # 7. The originator sees the whole way with reasons; a notice came at each decision.
    page = visit(f"/initiativ/{walk.pk}/", user="larare")
    for words in ("Vilka badhus gäller det?", "Räkna också på simhallen i norr.", "Liten kostnad."):
        expect(page.get_by_text(words).first).to_be_visible()
    told = [m.subject for m in mail.outbox if m.to == ["larare@almstad.example"]]
    assert sum(case.dnr in subject for subject in told) >= 12

    # 8. It is found by number in another spelling, inside and outside.
    drain()
    spelling = f"dnr ks {case.year}-{case.serial}"
    page = visit(f"/admin/sok/?q={spelling}", user="handlaggare")
    expect(page.locator(".case-head__dnr")).to_have_text(case.dnr)
    page = visit("/sok/?q=kölappar+badhus")
    expect(page.locator(".result").first).to_contain_text(TITLE)
    assert verify_register().faults == []
