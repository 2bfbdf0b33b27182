# SPDX-License-Identifier: EUPL-1.2
"""The domain's requirements, R1–R70: each is told once, and what it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROW = re.compile(r"^\| R(\d+) \| (?P<what>.+?) \| (?P<where>.+?) \|$", re.MULTILINE)
ROWS = {
    int(row[1]): row.groupdict()
    for row in ROW.finditer((ROOT / "docs/domain.md").read_text("utf-8"))
}
CODE = ("casework", "search", "docgen", "site", "tests")


def test_every_requirement_is_told_once() -> None:
    text = (ROOT / "docs/domain.md").read_text("utf-8")
    assert sorted(int(row[1]) for row in ROW.finditer(text)) == list(range(1, 71))


@pytest.mark.parametrize("number", sorted(ROWS))
def test_what_a_requirement_names_is_there(number: int) -> None:
    where = ROWS[number]["where"]
    for path in re.findall(r"`([a-z_]+/[a-z_/.0-9]*)`", where):
        places = (ROOT / "casework" / path, ROOT / path)
        found = [place for place in places if place.exists() or place.with_suffix(".py").exists()]
        assert found, f"R{number} names {path}, which is not there"
        after = where.split(f"`{path}`", 1)[1].split("`", 1)[0]
        sources = "".join(_sources(found[0]))
        for name in re.findall(r"\b(?:[a-z]+_[a-z_]+|[A-Z][a-zA-Z]+[a-z][A-Z]\w+)\b", after):
            assert name in sources, f"R{number} names {name}, which {path} does not hold"


def _sources(place: Path) -> list[str]:
    file = place if place.suffix else place.with_suffix(".py")
    files = [file] if file.is_file() else sorted(place.rglob("*.py"))
    return [each.read_text("utf-8") for each in files]


def test_every_requirement_is_cited_by_the_code_or_a_test() -> None:
    cited: set[int] = set()
    for folder in CODE:
        for file in (ROOT / folder).rglob("*.py"):
            if file != Path(__file__):
                text = file.read_text("utf-8")
                cited |= {int(n) for n in re.findall(r"\bR(\d{1,2})\b", text)}
                for first, last in re.findall(r"\bR(\d{1,2})[–-]R(\d{1,2})\b", text):
                    cited |= set(range(int(first), int(last) + 1))
    assert set(ROWS) - cited == set()
