#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Run every benchmark in its short form; each ends with one JSON line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Run `python -m benchmarks.NAME --short` for each module that has a main part."""
    os.chdir(ROOT)
    worst = 0
    for path in sorted((ROOT / "benchmarks").glob("[a-z]*.py")):
        if "__main__" not in path.read_text(encoding="utf-8"):
            continue
        print(f"== {path.stem}", flush=True)
        done = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{path.stem}", "--short"], check=False
        )
        worst = max(worst, done.returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
