#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Create or renew a virtual environment from a lock file; does nothing when it is in step."""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--venv", default=".venv", type=Path)
    parser.add_argument("--lock", default="requirements/base.txt", type=Path)
    options = parser.parse_args()
    if sys.version_info < (3, 11):
        print("Python 3.11 or newer is needed.", file=sys.stderr)
        return 1

    home, lock = ROOT / options.venv, ROOT / options.lock
    # One stamp per lock: the development lock holds all that the base lock holds.
    stamps = [home / f"{lock.stem}.stamp"]
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if lock.stem == "base":
        stamps.append(home / "dev.stamp")
        dev_digest = hashlib.sha256((ROOT / "requirements/dev.txt").read_bytes()).hexdigest()
        if _holds(stamps[1], dev_digest):
            return 0
    if _holds(stamps[0], digest):
        return 0

    python = home / "bin" / "python"
    if not python.exists():
        if importlib.util.find_spec("ensurepip") is None:
            print("python3-venv is missing: apt install python3-venv", file=sys.stderr)
            return 1
        print(f"Creating {options.venv} …", flush=True)
        venv.create(home, with_pip=True)
    print(f"Installing {options.lock} …", flush=True)
    # --no-deps: the lock is complete, and one plug-in is left out of it on purpose
    # (requirements/overrides.in), which pip would otherwise ask for.
    subprocess.run(
        [
            str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
            "--no-input", "--require-hashes", "--no-deps", "-r", str(lock),
        ],
        check=True,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    stamps[0].write_text(digest, encoding="ascii")
    return 0


def _holds(stamp: Path, digest: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="ascii") == digest


if __name__ == "__main__":
    sys.exit(main())
