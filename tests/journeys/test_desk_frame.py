# SPDX-License-Identifier: EUPL-1.2
"""The desk in its frame: dark theme, HTML, lost sessions.

The HTML validator reads the whole page, and the frame around ours is Wagtail's. What its templates
emit is not ours to mend, so a message counts only where its place lies in our part: from the first
``class="desk`` to the end of ``main``.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from casework.planning.services import open_cycle
from casework.prioritisation.services import reopen_ranking
from casework.process import services
from casework.process.enums import Stage
from casework.register.models import Case
from casework.register.services import request_disclosure
from tests import small_city as small
from tests.journeys.test_desk import RULES, addresses
from tests.journeys.test_every_page import VNU
from tests.small_city import PASSWORD, SmallCity


@pytest.fixture
def busy(city: SmallCity) -> list[tuple[str, str]]:
    """Something on every list, and the addresses of those lists."""
    assert city.cycle is not None
    open_cycle(budget_year=city.cycle.budget_year + 1, actor=city.people["slk"])
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="Fyra till.")
    for number in range(2):
        small.with_group(city, f"Cykelkarta {number}")
        small.admitted(city, f"Cykelväg {number}")
    sent = small.prepared(city, "Badplatser på karta")
    services.send_batch(
        administration=city.administrations[0], chosen=[sent], actor=city.people["kontakt"]
    )
    small.prepared(city, "Lekplatser på karta")
    asked = request_disclosure(text="Allt om cykelkartan", contact="", number="")
    slug = city.round.slug
    return [
        ("/admin/inkorg/", "registrator"),
        (f"/admin/initiativ/{sent.pk}/", "kontakt"),
        (f"/admin/initiativ/{sent.pk}/registrera/", "registrator"),
        (f"/admin/utlamnande/{asked.pk}/", "registrator"),
        ("/admin/skicka/", "kontakt"),
        (f"/admin/omgang/{slug}/grupp/pedagogiska/", "ordforande"),
        (f"/admin/omgang/{slug}/grupp/pedagogiska/rangordning/", "ordforande"),
        (f"/admin/omgang/{slug}/forslag/", "slk"),
    ]


OURS = re.compile(r'<div class="desk[ "].*?</main>', re.DOTALL)


@pytest.mark.service("vnu")
def test_desk_pages_are_valid_and_keep_their_contrast_in_the_dark(
    visit: Callable[..., Page], city: SmallCity, busy: list[tuple[str, str]], tmp_path: Path
) -> None:
    """One walk for both, since building the city takes longer than looking at it."""
    faults: list[str] = []
    names: dict[str, tuple[str, str]] = {}
    for number, (address, user) in enumerate([*addresses(city), *busy]):
        page = visit(address, user=user, dark=True)
        result = Axe().run(page, context="#main", options=RULES)
        faults += [
            f"{address} ({user}): {v['id']}: {v['nodes'][0]['html'][:160]}"
            for v in result.response["violations"]
        ]
        html = page.request.get(address).text()
        file = tmp_path / f"page-{number}.html"
        file.write_text(html, encoding="utf-8")
        names[file.name] = (f"{address} ({user})", html)
        page.close()
    faults += _invalid(tmp_path, names)
    assert faults == []


def _invalid(folder: Path, names: dict[str, tuple[str, str]]) -> list[str]:
    """The validator's errors that lie in our part of the page."""
    done = subprocess.run(
        ["java", "-jar", str(VNU), "--format", "json", "--errors-only", "--exit-zero-always",
         str(folder)],
        capture_output=True,
        text=True,
        check=True,
        timeout=180,
    )  # fmt: skip
    found = []
    for message in json.loads(done.stderr or "{}").get("messages", []):
        name, html = names[Path(message["url"]).name]
        if message["type"] == "error" and _is_ours(message, html):
            found.append(f"{name}: {message['message']} {message.get('extract', '')}")
    return found


def _is_ours(message: dict[str, object], html: str) -> bool:
    line = int(str(message.get("lastLine", 0)))
    before = "\n".join(html.split("\n")[: line - 1])
    place = len(before) + 1 + int(str(message.get("lastColumn", 0)))
    part = OURS.search(html)
    return part is not None and part.start() <= place <= part.end()


def sign_in_again(page: Page, user: str) -> None:
    """Fill in the sign-in form that the page now shows."""
    page.fill("#id_login", user)
    page.fill("#id_password", PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Logga in", exact=True).click()


def test_a_lost_session_loses_nothing(visit: Callable[..., Page], city: SmallCity) -> None:
    page = visit("/admin/registrera/", user="registrator")
    page.fill("#id_title", "Klagomål på snöröjning")
    page.select_option("#id_case_type", "other")
    page.context.clear_cookies()
    page.get_by_role("button", name="Registrera", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("för gammalt")
    page.goto("/admin/registrera/")
    sign_in_again(page, "registrator")
    expect(page.locator(".desk-kept")).to_contain_text("Vi har fyllt i det du skrev")
    expect(page.locator("#id_title")).to_have_value("Klagomål på snöröjning")
    expect(page.locator("#id_case_type")).to_have_value("other")
    page.get_by_role("button", name="Registrera", exact=True).click()
    page.wait_for_url("**/arende/**")
    assert Case.objects.filter(title="Klagomål på snöröjning").count() == 1
    page.goto("/admin/registrera/")
    expect(page.locator("#id_title")).to_have_value("")


def test_what_one_wrote_is_not_shown_to_another(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    pk = city.initiatives["registered"].pk
    address = f"/admin/initiativ/{pk}/forbered/"
    page = visit(address, user="handlaggare")
    page.fill("#id_goal", "Bara för mig")
    page.context.clear_cookies()
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("för gammalt")
    page.goto("/admin/registrera/")
    sign_in_again(page, "registrator")
    page.wait_for_url("**/registrera/")
    assert page.evaluate("sessionStorage.getItem('desk-kept')") is None


def test_two_members_decide_at_the_same_time(visit: Callable[..., Page], city: SmallCity) -> None:
    initiative = city.initiatives["registered"]
    address = f"/admin/initiativ/{initiative.pk}/beslut/accept_scope/"
    first, second = (visit(address, user="handlaggare") for _ in range(2))
    for page in (first, second):
        page.check("[name=ground][value=cross]")
        page.get_by_role("button", name="Omfattas av modellen").click()
        page.wait_for_load_state()
    expect(first.locator(".case-head")).to_be_visible()
    expect(second.locator("#main")).to_contain_text("Det går inte i det här läget")
    initiative.process.refresh_from_db()
    assert initiative.process.stage == Stage.IN_PREPARATION
