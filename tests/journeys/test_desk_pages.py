# SPDX-License-Identifier: EUPL-1.2
"""Every page of the desk: no accessibility fault, by day and in the dark, narrow and valid.

The HTML validator reads the whole page, and the frame around ours is Wagtail's. What its templates
emit is not ours to mend, so a message counts only where its place lies in our part: from the first
``class="desk`` to the end of ``main``.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page

from casework.disclosure.services import request_disclosure
from casework.inbox.services import receive_mail
from casework.planning.services import open_cycle
from casework.prioritisation.services import reopen_ranking, suggest_order
from casework.process import services
from casework.register.enums import CaseType
from casework.register.models import NumberSeries
from casework.register.services import register_case
from tests import small_city as small
from tests.desk.assessment.giving import give_all, open_all
from tests.journeys.test_every_page import VNU
from tests.mails import mail
from tests.small_city import SmallCity

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOUR = "getComputedStyle(document.querySelector('h1')).color"
CONTRAST = {"runOnly": ["color-contrast"]}
# The frame hides what sticks out, so each element is asked; tables may scroll in their box.
STICKS_OUT = """[...document.querySelectorAll(".desk *")]
    .filter(el => !el.closest(".desk-scroll, .entry-scroll, .vh, .w-sr-only, svg"))
    .filter(el => !el.closest("details:not([open])"))
    .filter(el => el.getBoundingClientRect().right > window.innerWidth + 1)
    .slice(0, 3).map(el => el.outerHTML.slice(0, 80)).join(" | ")"""
OURS = re.compile(r'<div class="desk[ "].*?</main>', re.DOTALL)


def addresses(city: SmallCity) -> list[tuple[str, str]]:
    case = {name: city.case(name) for name in ("decided", "registered", "completion")}
    slug = city.round.slug
    meeting = city.meeting("grupp-pedagogiska").pk
    made = {name: initiative.pk for name, initiative in city.initiatives.items()}
    return [
        ("/admin/", "registrator"),
        ("/admin/", "handlaggare"),
        ("/admin/arenden/", "handlaggare"),
        ("/admin/registrera/", "registrator"),
        (f"/admin/arende/{case['decided'].pk}/", "handlaggare"),
        (f"/admin/arende/{case['registered'].pk}/", "registrator"),
        (f"/admin/arende/{case['registered'].pk}/handling/", "registrator"),
        (f"/admin/arende/{case['registered'].pk}/gor/ratta/", "registrator"),
        (f"/admin/arende/{case['registered'].pk}/gor/remiss/", "handlaggare"),
        (f"/admin/arende/{case['decided'].pk}/handelser/", "handlaggare"),
        (f"/admin/initiativ/{made['registered']}/beslut/exclude_scope/", "handlaggare"),
        (f"/admin/initiativ/{made['registered']}/forbered/", "handlaggare"),
        (f"/admin/omgang/{slug}/radet/", "radet"),
        (f"/admin/omgang/{slug}/fullmaktige/", "beslut"),
        ("/admin/omgangar/", "slk"),
        (f"/admin/omgang/{slug}/", "slk"),
        ("/admin/moten/", "ordforande"),
        (f"/admin/moten/{meeting}/", "ordforande"),
        (f"/admin/moten/{meeting}/protokoll/", "ordforande"),
        ("/admin/forvaltningens-initiativ/", "kontakt"),
        ("/admin/sok/?q=fr%C3%A5nvaro", "handlaggare"),
        ("/admin/sa-gar-det-till/", "handlaggare"),
        ("/admin/besked/", "kontakt"),
        ("/admin/genomforande/", "slk"),
        (f"/admin/initiativ/{made['decided']}/lage/", "handlaggare"),
        ("/admin/e-tjansteprogram/", "slk"),
    ]


@pytest.fixture
def busy(city: SmallCity) -> list[tuple[str, str]]:
    """Something on every list, and the addresses of those lists."""
    assert city.cycle is not None
    services.start_implementation(
        initiative=city.initiatives["decided"], actor=city.people["handlaggare"]
    )
    open_cycle(budget_year=city.cycle.budget_year + 1, actor=city.people["slk"])
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="Fyra till.")
    for number in range(2):
        small.with_group(city, f"Cykelkarta {number}")
        small.admitted(city, f"Cykelväg {number}")
    for member in ("ledamot", "ordforande"):
        give_all(city, member, 2 + (member == "ledamot"))
    open_all(city)
    small.admitted(city, "Cykelpump")  # one more to judge, sealed beside what is opened
    suggest_order(area=city.round_area, actor=city.people["ordforande"])
    sent = small.prepared(city, "Badplatser på karta")
    services.send_batch(
        administration=city.administrations[0], chosen=[sent], actor=city.people["kontakt"]
    )
    small.prepared(city, "Lekplatser på karta")
    letter = register_case(
        series=NumberSeries.objects.get(authority__code="KS", is_historic=False),
        case_type=CaseType.LETTER, title="a" * 380, received_date=timezone.localdate(),
        actor=city.people["registrator"],
    )  # fmt: skip
    item = receive_mail(
        authority=letter.authority, source="maildir:a", actor=None,
        data=mail(f"SV: {letter.dnr}", text="a" * 380, files=(("a" * 90 + ".exe", b"MZ"),)),
    ).item  # fmt: skip
    asked = request_disclosure(text="Allt om cykelkartan", contact="", number="")
    slug = city.round.slug
    return [
        ("/admin/inkorg/", "registrator"),
        ("/admin/inkorg/hanterat/", "registrator"),
        (f"/admin/inkorg/{item.pk}/", "registrator"),
        (f"/admin/arende/{letter.pk}/", "registrator"),  # a title that breaks nowhere (polish)
        ("/admin/arenden/", "registrator"),
        (f"/admin/initiativ/{sent.pk}/", "kontakt"),
        (f"/admin/initiativ/{sent.pk}/registrera/", "registrator"),
        (f"/admin/utlamnande/{asked.pk}/", "registrator"),
        ("/admin/skicka/", "kontakt"),
        (f"/admin/omgang/{slug}/grupp/pedagogiska/", "ordforande"),
        (f"/admin/omgang/{slug}/grupp/pedagogiska/?utfall=request_completion", "ordforande"),
        (f"/admin/omgang/{slug}/grupp/pedagogiska/rangordning/", "ordforande"),
        (f"/admin/omgang/{slug}/grupp/pedagogiska/min-bedomning/", "ledamot"),
        (f"/admin/omgang/{slug}/grupp/pedagogiska/bedomningar/", "ordforande"),
        (f"/admin/omgang/{slug}/grupp/pedagogiska/hur-sakert/", "ordforande"),
        (f"/admin/omgang/{slug}/forslag/", "slk"),
    ]


@pytest.mark.service("vnu")
def test_desk_pages_are_accessible_narrow_and_valid(
    visit: Callable[..., Page], city: SmallCity, busy: list[tuple[str, str]], tmp_path: Path
) -> None:
    """One walk for all, since opening the pages takes longer than looking at them."""
    faults: list[str] = []
    names: dict[str, tuple[str, str]] = {}
    for number, (address, user) in enumerate([*addresses(city), *busy]):
        page = visit(address, user=user)
        found = [*_violations(page, RULES), *_in_the_dark(page), *_too_wide(page)]
        faults += [f"{address} ({user}): {fault}" for fault in found]
        html = page.request.get(address).text()
        file = tmp_path / f"page-{number}.html"
        file.write_text(html, encoding="utf-8")
        names[file.name] = (f"{address} ({user})", html)
        page.close()
    faults += _invalid(tmp_path, names)
    assert faults == []


def _violations(page: Page, rules: dict[str, Any]) -> Iterator[str]:
    for fault in Axe().run(page, context="#main", options=rules).response["violations"]:
        yield f"{fault['id']}: {fault['nodes'][0]['html'][:160]}"


def _in_the_dark(page: Page) -> Iterator[str]:
    by_day = page.evaluate(COLOUR)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(COLOUR) != by_day
    yield from (f"dark: {fault}" for fault in _violations(page, CONTRAST))


def _too_wide(page: Page) -> Iterator[str]:
    page.set_viewport_size({"width": 320, "height": 800})
    page.wait_for_timeout(100)
    if over := page.evaluate(STICKS_OUT):
        yield f"at 320 px: {over}"


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
