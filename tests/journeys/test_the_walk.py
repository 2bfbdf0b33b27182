# SPDX-License-Identifier: EUPL-1.2
"""One e-service's whole way, in a browser, by all who have a part in it: nobody has a mouse."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from casework.initiatives.models import Initiative
from casework.prioritisation.services import reopen_ranking
from casework.process.enums import Stage, Standing
from casework.register.audit import verify_register
from casework.register.services import publish
from search.worker import drain
from tests import small_city as small
from tests.keyboard import check, choose, fill, press, reach, unfold
from tests.small_city import SmallCity

TITLE = "Kölapp till badhuset i mobilen"


@pytest.fixture
def open_list(city: SmallCity) -> SmallCity:
    """The area's list is open again, and a committee of exactly five has met."""
    small.seat_committee(city)
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="En till.")
    city.meeting("utvecklingsradet", "radet", "u1", "u2")
    city.meeting("e-tjansteutskottet")
    return city


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
        press(page.get_by_role("link", name=button, exact=True))
        for name, value in fields.items():
            box = page.locator(f"[name={name}]")
            if box.first.get_attribute("type") == "radio":
                check(page.locator(f"[name={name}][value={value}]"))
            else:
                fill(box, value)
        press(page.get_by_role("button", name=button, exact=True))
        return page

    def is_at(self, stage: str) -> None:
        """Assert where the initiative stands."""
        assert self.initiative.process.position == stage


def test_8_from_an_idea_to_implementation_without_a_mouse(
    visit: Callable[..., Page], city: SmallCity, open_list: SmallCity
) -> None:
    walk = Walk(visit)

    # 1. The originator gives it and sees who has it.
    page = visit("/initiativ/nytt/", user="larare")
    press(page.get_by_role("button", name="Börja"))
    fill(page.locator("#id_title"), TITLE)
    check(page.get_by_label("Nyutveckling"))
    fill(page.locator("#id_need"), "Barnfamiljer köar i regn för att få veta att det är fullt.")
    press(page.get_by_role("button", name="Spara och fortsätt", exact=True))
    check(page.locator("#id_benefits_0"))
    check(page.get_by_label("Utbildningsförvaltningen"))
    check(page.get_by_label("Socialförvaltningen"))
    press(page.get_by_role("button", name="Spara och fortsätt", exact=True))
    fill(page.locator("#id_cost_tkr"), "800")
    check(page.locator("#id_is_eservice"))
    press(page.get_by_role("button", name="Granska svaren"))
    press(page.get_by_role("button", name="Skicka till kontaktpersonen"))
    expect(page.locator(".case-head")).to_contain_text("Kontakt Ek")
    walk.pk = Initiative.objects.get(title=TITLE).pk

    # 2. The contact person returns it once, prepares it, sends the batch.
    walk.decide("kontakt", "Skicka tillbaka", reason="Vilka badhus gäller det?")
    walk.is_at(Stage.RETURNED)
    page = visit(f"/initiativ/{walk.pk}/kontrollera/", user="larare")
    press(page.get_by_role("button", name="Skicka till kontaktpersonen"))
    page = visit(walk.address, user="kontakt")
    press(page.get_by_role("link", name="Ändra underlaget"))
    choose(page.locator("#id_service_area"), "Pedagogiska området")
    fill(page.locator("#id_goal"), "En aktiv fritid för alla.")
    fill(page.locator("#id_effect"), "Ingen köar i onödan.")
    press(page.get_by_role("button", name="Spara", exact=True))
    walk.decide("kontakt", "Beredningen är klar")
    page = visit("/admin/skicka/", user="kontakt")
    press(page.get_by_role("button", name="Skicka till stadsledningskontoret"))
    walk.is_at(Stage.SENT)

    # 3. The registrar gives the number; it stands on the page, a receipt goes out.
    page = visit("/admin/inkorg/", user="registrator")
    press(page.get_by_role("link", name=f"Registrera {TITLE}"))
    choose(page.locator("#id_officer"), "Handlaggare Ek")
    press(page.get_by_role("button", name="Registrera och ge diarienummer"))
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
    expect(page.get_by_text("Remittera initiativet, eller ange").first).to_be_visible()
    page = visit(f"{walk.address}gor/ingen-remiss/", user="handlaggare")
    fill(page.locator("#id_reason"), "De berörda har deltagit i beredningen.")
    press(page.get_by_role("button", name="Ange varför ingen remiss hålls"))
    page = visit(walk.address, user="handlaggare")
    press(page.get_by_role("link", name="Skriv tjänsteutlåtande"))
    press(page.get_by_role("button", name="Börja skriva"))
    report = case.reports.get()
    page = visit(f"/admin/tjansteutlatanden/{report.pk}/", user="handlaggare")
    press(page.get_by_role("button", name="Skapa Word-fil"))
    with page.expect_download() as download:
        reach(page.get_by_role("link", name="Hämta Word-filen"))
        page.keyboard.press("Enter")
    with zipfile.ZipFile(download.value.path()) as package:
        text = "".join(
            package.read(name).decode() for name in package.namelist() if name.endswith(".xml")
        )
    for words in ("Tjänsteutlåtande", case.dnr, TITLE, "Förslag till beslut"):
        assert words in text
    walk.decide("handlaggare", "Lämna till tjänsteområdesgruppen")
    walk.is_at(Standing.WITH_GROUP)

    # 5. The group: completion goes to the contact person and returns; then admitted, fixed.
    here = f"/admin/omgang/{city.round.slug}"
    group = f"{here}/grupp/pedagogiska/"
    page = visit(f"{group}?initiativ={walk.pk}&utfall=request_completion", user="ordforande")
    press(page.get_by_role("button", name=re.compile("Anteckna: begär komplettering")))
    expect(page.locator(".desk-errors")).to_contain_text("Skriv vad som behöver kompletteras")
    walk.is_at(Standing.WITH_GROUP)
    fill(page.locator("#id_questions"), "Räkna också på simhallen i norr.")
    press(page.get_by_role("button", name=re.compile("Begär komplettering:")))
    walk.is_at(Standing.COMPLETION)
    walk.decide("kontakt", "Återlämna till gruppen", reason="Nu ingår simhallen i norr.")
    page = visit(f"{group}?initiativ={walk.pk}", user="ledamot")
    unfold(page, "Besluta genast")
    press(page.get_by_role("button", name=re.compile("Ta med i områdets prioritering:")))
    walk.is_at(Standing.ADMITTED)
    page = visit(f"{group}rangordning/", user="ordforande")
    press(page.get_by_role("button", name=re.compile("Fastställ rangordningen")))
    walk.is_at(Standing.RANKED)

    # 6. The committee first, both expertises, then the proposal, the council, the decision.
    page = visit(f"{here}/forslag/", user="slk")
    assert page.get_by_role("button", name=re.compile("Överlämna")).count() == 0
    press(page.get_by_role("button", name="Lämna e-tjänsterna till utskottet"))
    walk.decide(
        "radet",
        "Lämna utskottets ställningstagande",
        opinion="for",
        reason="Passar programmet.",
    )
    for person, expertise in (("ordforande", "business"), ("ledamot", "it")):
        page = visit(f"{walk.address}gor/sakkunnig/", user="handlaggare")
        choose(page.locator("#id_user"), str(city.people[person]))
        check(page.locator(f"[name=expertise][value={expertise}]"))
        press(page.get_by_role("button", name="Fråga en sakkunnig"))
        page = visit(walk.address, user=person)
        press(page.get_by_role("link", name="Svara"))
        fill(page.locator("#id_text"), "Det går att genomföra.")
        press(page.get_by_role("button", name="Lämna yttrandet"))
    page = visit(f"{here}/forslag/", user="slk")
    fill(page.locator("#frame"), "5 000")
    press(page.get_by_role("button", name=re.compile("Spara ordning")))
    press(page.get_by_role("button", name=re.compile("Överlämna förslaget")))
    walk.is_at(Standing.IN_PROPOSAL)
    candidacy = small.candidacy_of(walk.initiative)
    page = visit(f"{here}/radet/", user="radet")
    check(page.locator(f"[name=opinion-{candidacy}][value=for]"))
    fill(page.locator(f"[name=reason-{candidacy}]"), "Liten kostnad.")
    press(page.get_by_role("button", name=re.compile("Fastställ rekommendationen")))
    walk.is_at(Standing.RECOMMENDED)
    page = visit(f"{here}/fullmaktige/", user="beslut")
    choose(page.locator(f"[name=verdict-{candidacy}]"), "Bifall")
    fill(page.locator(f"[name=amount-{candidacy}]"), "800")
    press(page.get_by_role("button", name=re.compile("Anteckna besluten")))
    expect(page.locator(".desk-errors")).to_contain_text("Ange var beslutet står")
    fill(page.locator("#reference"), "KF 2026-11-23 § 12")
    press(page.get_by_role("button", name=re.compile("Anteckna besluten")))
    walk.is_at(Stage.APPROVED)
    walk.decide("handlaggare", "Genomförandet har börjat")
    walk.decide("handlaggare", "Genomförandet är klart")
    walk.is_at(Stage.IMPLEMENTED)

    # 7. The originator sees the whole way with reasons; a notice came at each decision.
    page = visit(f"/initiativ/{walk.pk}/", user="larare")
    for words in ("Vilka badhus gäller det?", "Räkna också på simhallen i norr.", "Liten kostnad."):
        expect(page.get_by_text(words).first).to_be_visible()
    told = [m.subject for m in mail.outbox if m.to == ["larare@almstad.example"]]
    assert sum(case.dnr in subject for subject in told) >= 10

    # 8. It is found by number in another spelling, inside and outside.
    drain()
    spelling = f"dnr ks {case.year}-{case.serial}"
    page = visit(f"/admin/sok/?q={spelling}", user="handlaggare")
    expect(page.locator(".case-head__dnr")).to_have_text(case.dnr)
    page = visit("/sok/?q=kölappar+badhus")
    expect(page.locator(".result").first).to_contain_text(TITLE)
    assert verify_register().faults == []
