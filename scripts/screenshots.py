#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Remake docs/screens/: the pages that decide whether people like it, in three widths.

Builds a fresh demo city under var/screens, serves it on a free port, looks at it with Debian's
Chromium, and keeps small pictures. `--reuse` takes the city of the last run; names of pages after
it remake only those.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "var" / "screens"
TARGET = ROOT / "docs" / "screens"
WIDTHS = (320, 768, 1280)
MAX_HEIGHT = 1800
COLOURS = 255
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def main() -> int:
    """Build, serve, look, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reuse", action="store_true")
    parser.add_argument("pages", nargs="*")
    options = parser.parse_args()
    chromium = shutil.which("chromium-headless-shell")
    if not chromium:
        print("Chromium is missing: make services installs it.", file=sys.stderr)
        return 1
    environment = _environment()
    if not (options.reuse and HOME.exists()):
        shutil.rmtree(HOME, ignore_errors=True)
        HOME.mkdir(parents=True)
        for command in (["migrate", "-v0"], ["seed_demo"], ["run_worker", "--once"]):
            _manage(*command, env=environment)
    os.environ.update(environment)
    wanted = addresses()
    chosen = {name: wanted[name] for name in (options.pages or wanted)}
    TARGET.mkdir(parents=True, exist_ok=True)
    with serving(environment) as base:
        look(chromium, base, chosen)
    return 0


def _environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL"}}
    return {
        **kept,
        "VAR_DIR": str(HOME),
        "SEARCH_URL": "",
        "DEBUG": "0",
        "LOG_LEVEL": "ERROR",
        "EMAIL_URL": f"file://{HOME / 'mail'}",
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
    }


def _manage(*arguments: str, env: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def addresses() -> dict[str, tuple[str, str]]:
    """Each page's name with its address in this city and who looks at it."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    import django

    django.setup()
    from casework.organisation.enums import Role
    from casework.organisation.models import Appointment
    from casework.process.enums import Stage, Standing
    from casework.process.models import Candidacy, Process
    from casework.register.models import PublicCase

    def first(*stages: str) -> Process:
        found = Process.objects.filter(stage__in=stages).select_related("initiative__case")
        return max(found, key=lambda row: row.steps().count())

    def standing(*standings: str) -> Candidacy:
        return Candidacy.objects.filter(stage__in=standings).latest("pk")

    def busiest(stage: str) -> Candidacy:
        """One of the area and round in which most stand there."""
        rows = Candidacy.objects.filter(stage=stage, initiative__case__secrecy_provision="")
        places = Counter(rows.values_list("round", "initiative__service_area"))
        ((round_, area), _count), *_others = places.most_common()
        return rows.filter(round=round_, initiative__service_area=area).latest("pk")

    def meeting(candidacy: Candidacy) -> str:
        return (
            f"/admin/omgang/{candidacy.round.slug}/grupp/{candidacy.initiative.service_area.slug}/"
        )

    def chair(candidacy: Candidacy) -> str:
        seats = Appointment.objects.filter(
            role=Role.GROUP_CHAIR, body__service_area=candidacy.initiative.service_area
        )
        return str(seats.latest("pk").user.username)

    in_preparation = first(Stage.IN_PREPARATION, Stage.REGISTERED)
    with_group = busiest(Standing.WITH_GROUP)
    admitted = busiest(Standing.ADMITTED)
    followed = first(Stage.IMPLEMENTING, Stage.APPROVED)
    proposed = standing(Standing.IN_PROPOSAL, Standing.RECOMMENDED, Standing.RANKED)
    decided = PublicCase.objects.filter(case_type="initiative").exclude(decided_on=None)
    public = max(decided, key=lambda row: row.case.public_events.count())
    case = in_preparation.initiative.case
    officer = case.officer.username if case.officer else "handlaggare"
    return {
        "desk-todo": ("/admin/", "registrator"),
        "desk-case": (f"/admin/arende/{case.pk}/", officer),
        "desk-meeting": (meeting(with_group), chair(with_group)),
        "desk-ranking": (f"{meeting(admitted)}rangordning/", chair(admitted)),
        "desk-proposal": (f"/admin/omgang/{proposed.round.slug}/forslag/", "slk"),
        "originator": (
            f"/initiativ/{followed.initiative_id}/",
            followed.initiative.originator.username,
        ),
        "start": ("/", ""),
        "public-case": (f"/arende/{public.slug}/", ""),
        "search": ("/sok/?q=skola", ""),
        "model": ("/om-modellen/", ""),
    }


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[str]:
    """Serve the city on a free port, with its worker, whose silence the desk would tell of."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://localhost:{port}"
    server = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "portal.wsgi:application",
            "--bind", f"127.0.0.1:{port}", "--threads", "4", "--log-level", "error",
        ],
        cwd=ROOT, env=environment,
    )  # fmt: skip
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "run_worker"],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _attempt in range(120):
            try:
                with urllib.request.urlopen(f"{base}/halsa/", timeout=2):
                    break
            except OSError:
                time.sleep(0.5)
        yield base
    finally:
        for process in (worker, server):
            process.terminate()
            process.wait(15)


def look(chromium: str, base: str, pages: dict[str, tuple[str, str]]) -> None:
    """Take every picture."""
    from playwright.sync_api import BrowserContext, sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        contexts: dict[str, BrowserContext] = {}
        for name, (address, user) in pages.items():
            if user not in contexts:
                contexts[user] = browser.new_context(
                    base_url=base, locale="sv-SE", timezone_id="Europe/Stockholm",
                    reduced_motion="reduce",
                )  # fmt: skip
                if user:
                    _sign_in(contexts[user], user)
            for width in WIDTHS:
                page = contexts[user].new_page()
                page.set_viewport_size({"width": width, "height": 900})
                answer = page.goto(address)
                if answer is None or answer.status != 200:
                    status = answer.status if answer else "no answer"
                    raise SystemExit(f"{address}: {status}. No picture is kept of an error.")
                page.wait_for_load_state("networkidle")
                file = TARGET / f"{name}-{width}.png"
                page.screenshot(path=file, full_page=True)
                page.close()
                _shrink(file)
                print(f"{file.relative_to(ROOT)} {file.stat().st_size // 1024} kB")
        browser.close()


def _sign_in(context: object, user: str) -> None:
    page = context.new_page()  # type: ignore[attr-defined]
    page.goto("/logga-in/")
    page.fill("#id_login", user)
    page.fill("#id_password", "demo")
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.wait_for_load_state()
    page.close()


def _shrink(file: Path) -> None:
    """Cut what is below the fold many times over, and keep few colours."""
    from PIL import Image

    with Image.open(file) as picture:
        cut = picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, MAX_HEIGHT)))
    cut.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        file, optimize=True
    )


if __name__ == "__main__":
    sys.exit(main())
