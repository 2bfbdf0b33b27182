#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Remake the lock files from pyproject.toml: hashes, no addresses, good for every platform.

Needs `uv` on the path (or its path in $UV). Run as `make lock`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "base.txt": ("wagtail-7.4.in", ["elasticsearch"]),
    "dev.txt": ("wagtail-7.4.in", ["dev"]),
    "dev-wagtail-8.0.txt": ("wagtail-8.0.in", ["dev"]),
}


def main() -> None:
    """Write every lock file."""
    uv = os.environ.get("UV", "uv")
    for name, (constraint, extras) in LOCKS.items():
        command = [
            uv, "pip", "compile", "pyproject.toml",
            "--generate-hashes", "--universal", "--python-version", "3.11",
            "--no-emit-index-url", "--no-emit-find-links",
            "--constraint", f"requirements/{constraint}",
            "--override", "requirements/overrides.in", "--no-emit-package", "pillow-heif",
            "--custom-compile-command", "make lock",
            "--quiet", "--output-file", f"requirements/{name}",
            *[argument for extra in extras for argument in ("--extra", extra)],
            *sys.argv[1:],
        ]  # fmt: skip
        subprocess.run(command, cwd=ROOT, check=True)
        print(f"requirements/{name}")
    tool = [
        uv, "pip", "compile", "requirements/sbom.in",
        "--generate-hashes", "--universal", "--python-version", "3.11",
        "--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command", "make lock",
        "--quiet", "--output-file", "requirements/sbom.txt", *sys.argv[1:],
    ]  # fmt: skip
    subprocess.run(tool, cwd=ROOT, check=True)
    print("requirements/sbom.txt")


if __name__ == "__main__":
    main()
