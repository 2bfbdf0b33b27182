#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Django's command line, with `site/` on the path (it is a source root, not a package)."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Run a management command."""
    root = Path(__file__).resolve().parent
    sys.path[:0] = [str(root), str(root / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    os.umask(0o077)  # database, index and uploads are for this user alone
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
