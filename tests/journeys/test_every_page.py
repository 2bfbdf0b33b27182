# SPDX-License-Identifier: EUPL-1.2
"""Every page template of the city: no accessibility fault, valid HTML, fits a narrow screen."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser import press
from tests.small_city import SmallCity

ROOT = Path(__file__).resolve().parents[2]
VNU = ROOT / "tools/node/node_modules/vnu-jar/build/dist/vnu.jar"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def addresses(city: SmallCity) -> list[tuple[str, str]]:
    """Each template once or oftener, as (address, who looks)."""
    case = {name: city.case(name) for name in ("decided", "rejected", "completion")}
    made = {name: initiative.pk for name, initiative in city.initiatives.items()}
    return [
        ("/", ""),
        ("/pedagogiska/", ""),
        ("/sociala/", ""),
        ("/om-modellen/", ""),
        ("/personuppgifter/", ""),
        ("/tillganglighet/", ""),
        ("/sok/", ""),
        ("/sok/?q=fr%C3%A5nvaro", ""),
        ("/sok/?q=zzyzx&typ=letter", ""),
        ("/diarium/", ""),
        ("/diarium/?ar=1987", ""),
        *((f"/arende/ks-{row.year}-{row.serial}/", "") for row in case.values()),
        ("/bestall/?nr=KS+2026/1", ""),
        ("/bestall/kvitto/", ""),
        ("/logga-in/?next=/initiativ/", ""),
        ("/finns-inte/", ""),
        ("/initiativ/", "larare"),
        ("/initiativ/", "kontakt"),
        ("/besked/", "larare"),
        ("/initiativ/nytt/", "larare"),
        *((f"/initiativ/{made['draft']}/steg-{step}/", "larare") for step in (1, 2, 3)),
        (f"/initiativ/{made['draft']}/kontrollera/", "larare"),
        *((f"/initiativ/{made[name]}/", "larare") for name in ("returned", "rejected", "decided")),
        (f"/initiativ/{made['registered']}/aterkalla/", "larare"),
    ]


def test_search_finds_and_marks(visit: Callable[..., Page], city: SmallCity) -> None:
    page = visit("/sok/?q=frånvaroanmälan")
    assert page.locator(".result").count() == 1
    assert page.locator(".result mark").count() >= 1
    press(page.get_by_role("link", name="Pedagogiska området"))
    assert "omrade=pedagogiska" in page.url
    press(page.get_by_role("link", name="Ta bort filtret"))
    assert "omrade" not in page.url


def _faults(page: Page, name: str) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{name}: {fault['id']} {node['target']} {node.get('failureSummary', '')}"
        for fault in found
        for node in fault["nodes"]
    ]


@pytest.mark.service("vnu")
def test_every_page(visit: Callable[..., Page], city: SmallCity, tmp_path: Path) -> None:
    """One walk for all three, since building the city takes longer than looking at it."""
    faults: list[str] = []
    names: dict[str, str] = {}
    for number, (address, user) in enumerate(addresses(city)):
        page = visit(address, user=user)
        name = f"{address} {user}".strip()
        faults += _faults(page, name)
        html = page.request.get(address).text()
        file = tmp_path / f"page-{number}.html"
        file.write_text(html, encoding="utf-8")
        names[file.name] = name
        page.set_viewport_size({"width": 320, "height": 700})
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            faults.append(f"{name}: {width} px wide on a 320 px screen")
        page.close()
    faults += _invalid(tmp_path, names)
    assert not faults, "\n".join(faults)


def _invalid(folder: Path, names: dict[str, str]) -> list[str]:
    """What the HTML validator says of the pages as the server sent them."""
    done = subprocess.run(
        ["java", "-jar", str(VNU), "--format", "json", "--errors-only", "--exit-zero-always",
         str(folder)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )  # fmt: skip
    messages = json.loads(done.stderr or "{}").get("messages", [])
    return [
        f"{names[Path(message['url']).name]}: {message['message']} {message.get('extract', '')}"
        for message in messages
        if message["type"] == "error"
    ]


def test_dark_pages_keep_their_contrast(visit: Callable[..., Page], city: SmallCity) -> None:
    case = city.case("decided")
    faults: list[str] = []
    for address, user in (
        ("/", ""),
        ("/sok/?q=fr%C3%A5nvaro", ""),
        (f"/arende/ks-{case.year}-{case.serial}/", ""),
        ("/diarium/", ""),
        (f"/initiativ/{city.initiatives['returned'].pk}/", "larare"),
        (f"/initiativ/{city.initiatives['draft'].pk}/steg-1/", "larare"),
    ):
        page = visit(address, user=user, dark=True)
        faults += _faults(page, f"{address} dark")
        page.close()
    assert not faults, "\n".join(faults)


def test_an_order_that_was_not_sent_is_not_left_to_the_next_visitor(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    page = visit("/bestall/")
    page.fill("#id_contact", "Storgatan 1")
    # Nothing of who asks is kept in the browser, not even in the tab (TF 2:18).
    assert page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]") == []
    page.reload()
    assert page.input_value("#id_contact") == ""
    other = page.context.new_page()
    other.goto(page.url)
    assert other.input_value("#id_contact") == ""
