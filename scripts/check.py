#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Every check that needs no running: format, lint, types, import laws, migrations, house rules.

All of them run even if one fails, so that one round tells everything.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import house

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON_CHECKS = {
    "format": [sys.executable, "-m", "ruff", "format", "--check", "--quiet", "."],
    "lint": [sys.executable, "-m", "ruff", "check", "--quiet", "."],
    "types": [sys.executable, "-m", "mypy"],
    "import laws": [str(BIN / "lint-imports")],
    "framework": [sys.executable, "manage.py", "check", "--fail-level", "WARNING"],
    "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
}
LICENCE = "SPDX-License-Identifier: EUPL-1.2"
LICENSED = {".py", ".html", ".css", ".js"}
OWN_CHECKS = {
    "licence lines": lambda: licence_faults(),
    "addresses": lambda: address_faults(),
    "file length": house.length_faults,
    "room names": house.room_faults,
    "admin-free": house.admin_faults,
    "gettext": house.swedish_faults,
    "templates": house.template_faults,
    "styles": house.style_faults,
    "scripts": house.script_faults,
}


def main() -> int:
    """Run everything, print one line per check, and return 1 if any failed."""
    os.chdir(ROOT)
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
    }
    failed = []
    for name, command in PYTHON_CHECKS.items():
        started = time.monotonic()
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        _report(name, done.returncode == 0, time.monotonic() - started)
        if done.returncode:
            failed.append(name)
            print((done.stdout + done.stderr).strip()[-12_000:])
    for name, check in OWN_CHECKS.items():
        faults = check()
        _report(name, not faults)
        if faults:
            failed.append(name)
            print("\n".join(f"  {fault}" for fault in faults))
    return 1 if failed else 0


def _report(name: str, passed: bool, seconds: float = 0.0) -> None:
    print(f"{'ok    ' if passed else 'FAILED'}  {name:<14} {seconds:5.1f} s", flush=True)


def licence_faults() -> list[str]:
    """Name source files without the licence line."""
    return [
        f"{path.relative_to(ROOT)}: no SPDX line"
        for path in house.tracked()
        if path.suffix in LICENSED
        and "migrations" not in path.parts  # written by a command, and by it alone
        and path.stat().st_size
        and LICENCE not in "".join(path.read_text(encoding="utf-8").splitlines(True)[:4])
    ]


def address_faults() -> list[str]:
    """Name web addresses in files that must work behind any package mirror."""
    faults = []
    for path in house.tracked():
        relative = path.relative_to(ROOT)
        guarded = relative.parts[0] in {"requirements", ".ci"} or relative.name in {
            "Makefile", "package-lock.json", ".npmrc",
        }  # fmt: skip
        if not guarded:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            # A package's own home page in npm's lock is information, not a download address.
            if ("http:" + "//" in line or "https:" + "//" in line) and '"url":' not in line:
                faults.append(f"{relative}:{number}: {line.strip()[:80]}")
    return faults


if __name__ == "__main__":
    sys.exit(main())
