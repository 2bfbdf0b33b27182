# SPDX-License-Identifier: EUPL-1.2
"""What the shipped template brings along: its version and the standard headings."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_HEADINGS = Path(__file__).parent.parent / "templates_docx" / "tjansteutlatande.json"


@cache
def template_data() -> dict[str, Any]:
    """The template's own data: its version and the standard headings."""
    data: dict[str, Any] = json.loads(_HEADINGS.read_text("utf-8"))
    return data
