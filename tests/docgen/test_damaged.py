# SPDX-License-Identifier: EUPL-1.2
"""Damaged files: a sentence in Swedish, never an exception (issue 7: 300 files, none a 500)."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from docgen.content import ReportContent
from docgen.engine.check import annotate, check_template
from docgen.engine.errors import DocumentError, TemplateError
from docgen.engine.package import Package
from docgen.engine.reader import answer
from docgen.layout import FIELDS, READING
from tests.docgen.rendering import TEMPLATE, make

FILES = 300


def damaged(data: bytes, seed: int) -> bytes:
    """A file with bytes exchanged, cut out, or cut short."""
    chance = random.Random(seed)
    out = bytearray(data)
    for _ in range(chance.choice((1, 3, 30))):
        place = chance.randrange(len(out))
        if chance.random() < 0.2:
            del out[place : place + chance.randrange(1, 200)]
        else:
            out[place] = chance.randrange(256)
    return bytes(out[: chance.randrange(len(out))] if chance.random() < 0.1 else out)


def damaged_inside(data: bytes, seed: int) -> bytes:
    """A whole zip, one of whose parts has names and values exchanged: what a bad program writes."""
    chance = random.Random(seed)
    package = Package.read(data)
    part = chance.choice([x for x in package.names if x.endswith((".xml", ".rels"))])
    words = re.findall(rb"[A-Za-z0-9]+", package.raw(part))
    for _ in range(chance.choice((1, 3, 30))):
        old, new = chance.choice(words), chance.choice(words)
        places = [x.start() for x in re.finditer(re.escape(old), package.raw(part))]
        if places:
            at = chance.choice(places)
            raw = package.raw(part)
            package.put(part, raw[:at] + new + raw[at + len(old) :])
    return package.save()


@pytest.mark.parametrize(("damage", "files"), [(damaged, FILES), (damaged_inside, FILES // 3)])
def test_300_damaged_files_are_read_or_refused_in_words(
    rich_content: ReportContent, damage: Callable[[bytes, int], bytes], files: int
) -> None:
    whole = make(rich_content).data
    refused = 0
    for seed in range(files):
        told = answer(damage(whole, seed), READING)
        assert ("reading" in told) != ("error" in told)
        refused += "error" in told
        assert told.get("error", "Filen").startswith(("Filen", "Delen")), told
    assert refused > files // 4


def test_a_part_with_damaged_data_is_refused_by_the_package_too() -> None:
    data = bytearray(TEMPLATE)
    place = data.index(b"word/styles.xml") + 40
    data[place : place + 60] = bytes(60)
    with pytest.raises(TemplateError):
        Package.read(bytes(data))


@pytest.mark.parametrize("damage", [damaged, damaged_inside])
@pytest.mark.parametrize("step", [check_template, annotate])
def test_damaged_templates_are_refused_in_words(
    step: Callable[..., Any], damage: Callable[[bytes, int], bytes]
) -> None:
    for seed in range(FILES // 3):
        with suppress(DocumentError):
            step(damage(TEMPLATE, seed), FIELDS)
