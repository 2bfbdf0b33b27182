# SPDX-License-Identifier: EUPL-1.2
"""Files from outside in a child process: what came back, as much as can be found, and templates."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from docgen.engine.errors import UnreadableDocument, UnsafeFile
from docgen.engine.faults import Fault
from docgen.engine.reader import Plan, Reading
from docgen.layout import READING

SECONDS = 40
_ROOT = Path(__file__).resolve().parent.parent

# A file that lacks so large a share of its fields is not read as if people had removed them.
_LACKING = 1 / 5
_FIXED_HEADINGS = ("decision.heading", "links.heading", "dissents.heading", "attachments.heading")


def read_safely(data: bytes, plan: Plan = READING) -> Reading:
    """Read a file from outside in a child process; raises a reason in Swedish."""
    answer = _child(data, "docgen.engine.reader", plan.to_json())
    if "reading" in answer:
        return Reading.from_json(answer["reading"])
    if answer.get("unsafe"):
        raise UnsafeFile(answer["error"])
    raise UnreadableDocument(answer["error"])


def check_safely(data: bytes) -> list[Fault]:
    """Check a template and try it out in a child process; what is wrong with it, in Swedish."""
    try:
        return [Fault(**told) for told in _child(data, "docgen.trial")]
    except UnreadableDocument as error:
        return [Fault("unusable", str(error))]


def _child(data: bytes, module: str, *arguments: str) -> Any:
    """What a module of ours answers about a file on its standard input."""
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(_ROOT),
        "PYTHONIOENCODING": "utf-8",
    }
    try:
        # Our own interpreter and module; the file goes in as bytes and is no argument.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", module, *arguments],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument(_("Filen tog för lång tid att läsa.")) from error
    try:
        return json.loads(done.stdout)
    except ValueError as error:
        raise UnreadableDocument(_("Filen gick inte att läsa.")) from error


def read_fully(data: bytes, sent: Reading, returned: Reading) -> tuple[Reading, bool]:
    """The reading of a file that may have lost its fields, and whether it is only a part.

    Fields go by alias, tag or binding. Where a fifth or more are gone all the same, the texts are
    found by their headings; then nothing that was not found counts as removed.

    Raises:
        UnreadableDocument: the headings do not help either.
    """
    if _share_lacking(sent, returned) < _LACKING:
        return returned, False
    again = read_safely(data, replace(READING, headings=_headings(sent)))
    if _share_lacking(sent, again, "section.") < _LACKING:
        return again, True
    raise UnreadableDocument(
        _(
            "Filen har förlorat för många av sina fält för att kunna jämföras: %(count)d av "
            "%(total)d finns kvar. Det kan bero på programmet som den sparades med. För in "
            "ändringarna för hand, eller gör dem i en nyhämtad Word-fil."
        )
        % {"count": len(_places(sent) & _places(returned)), "total": len(_places(sent))}
    )


def _places(reading: Reading, prefix: str = "") -> set[tuple[str, str]]:
    return {(x.key, x.item) for x in reading.fields if x.key.startswith(prefix)}


def _share_lacking(sent: Reading, returned: Reading, prefix: str = "") -> float:
    expected = _places(sent, prefix)
    if not expected:
        return 1.0
    return len(expected - _places(returned, prefix)) / len(expected)


def _headings(sent: Reading) -> dict[str, tuple[str, str]]:
    """The headings that stand once in what was sent, and the fields that they are."""
    named = [x for x in sent.fields if x.key in READING.opens or x.key in _FIXED_HEADINGS]
    times = Counter(x.text.strip() for x in named)
    return {x.text.strip(): (x.key, x.item) for x in named if times[x.text.strip()] == 1}
