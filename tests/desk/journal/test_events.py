# SPDX-License-Identifier: EUPL-1.2
"""Everything that the journal records has Swedish words at the desk."""

from __future__ import annotations

import re
from pathlib import Path

from casework.process.catalogue import TRANSITIONS
from desk.journal.events import WORDS

ROOT = Path(__file__).resolve().parents[3]
ACTION = re.compile(
    r'(?:journal|record|_journal|_note)\(\s*"([a-z]+\.[a-z_]+)"'
    r'(?:\s*if [^,]*?else\s*"([a-z._]+)")?',
)


def test_every_recorded_action_has_words() -> None:
    found: set[str] = set()
    for folder in ("casework", "docgen", "site/ops"):
        for path in (ROOT / folder).rglob("*.py"):
            for actions in ACTION.findall(path.read_text("utf-8")):
                found |= {action for action in actions if action}
    assert len(found) > 25, "the pattern no longer finds the calls"
    assert found - set(WORDS) - {f"process.{name}" for name in TRANSITIONS} == set()
