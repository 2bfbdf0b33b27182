# SPDX-License-Identifier: EUPL-1.2
"""A real browser, Debian's Chromium without a window, against a live server."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from casework.organisation.models import User
from city.content.ensure import ensure_pages
from tests import small_city
from tests.small_city import SmallCity

COOKIE = settings.SESSION_COOKIE_NAME
# A page may take a while where several tests share a small machine.
expect.set_options(timeout=20_000)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is a journey and needs the browser."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.service("chromium"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser with a fresh profile for the whole run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell"), args=FLAGS
        )
        yield browser
        browser.close()


@pytest.fixture
def city(transactional_db: None) -> SmallCity:
    """The small city, committed, so that the server sees it; searchable as well."""
    city = small_city.build()
    ensure_pages()
    call_command("run_worker", once=True)
    # The index may remember the city of the test before, under the same keys.
    call_command("rebuild_index", verbosity=0)
    return city


@pytest.fixture
def visit(browser: Browser, live_server: object, city: SmallCity) -> Iterator[Callable[..., Page]]:
    """Open a page: ``visit("/diarium/", width=320, user="larare", dark=True)``."""
    contexts: dict[tuple[str, bool, bool], BrowserContext] = {}
    complaints: list[str] = []

    def listen(page: Page) -> None:
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda said: _policy_broken(said, complaints))

    def open_page(
        path: str, *, width: int = 1280, user: str = "", dark: bool = False, scripts: bool = True
    ) -> Page:
        key = (user, dark, scripts)
        if key not in contexts:
            contexts[key] = browser.new_context(
                base_url=str(live_server),
                locale="sv-SE",
                timezone_id="Europe/Stockholm",
                color_scheme="dark" if dark else "light",
                java_script_enabled=scripts,
            )
            if user:
                contexts[key].add_cookies(
                    [{"name": COOKIE, "value": _session_of(user), "url": str(live_server)}]
                )
            contexts[key].on("page", listen)
        page = contexts[key].new_page()
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(path)
        return page

    yield open_page
    for context in contexts.values():
        context.close()
    assert complaints == [], "no script fails, and none is stopped by the content policy"


def _session_of(user: str) -> str:
    """A session, as signing in gives it; journeys about signing in do so by the form."""
    client = Client()
    client.force_login(User.objects.get(username=user))
    return client.cookies[COOKIE].value


def _policy_broken(said: ConsoleMessage, complaints: list[str]) -> None:
    if "Content Security Policy" in said.text:
        complaints.append(f"{said.location}: {said.text}")


@pytest.fixture(scope="session")
def scratch() -> Iterator[str]:
    """A folder for pages that a validator reads."""
    with tempfile.TemporaryDirectory() as folder:
        yield folder
