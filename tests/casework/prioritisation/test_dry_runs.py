# SPDX-License-Identifier: EUPL-1.2
"""The two rules as dry runs: anybody can try them on a file (R34, R37)."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

MERGE = {
    "shares": {"soc": 24, "tek": 14},
    "order": ["soc", "tek"],
    "lists": {"soc": ["s1", "s2", "s3"], "tek": ["t1", "t2"]},
}
LINE: dict[str, Any] = {
    "frames": {"2028": 10, "drift": 5},
    "items": [
        {"id": "a", "value": 3.5, "costs": {"2028": 6}},
        {"id": "b", "value": 2, "costs": {"2028": 5, "drift": 1}},
        {"id": "c", "value": 2, "costs": {"2028": 4}, "excludes": ["d"]},
        {"id": "d", "value": 1, "costs": {}},
    ],
}


def run(name: str, told: object, folder: Path) -> list[Any]:
    file = folder / "in.json"
    file.write_text(json.dumps(told), "utf-8")
    out = io.StringIO()
    call_command(name, str(file), stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_dry_merge_tells_each_place_and_its_number(tmp_path: Path) -> None:
    rows = run("merge_lists", MERGE, tmp_path)
    assert [(row["place"], row["id"], row["nth"], row["quotient"]) for row in rows] == [
        (1, "s1", 1, "24"),
        (2, "t1", 1, "14"),
        (3, "s2", 2, "8"),
        (4, "s3", 3, "24/5"),
        (5, "t2", 2, "14/3"),
    ]
    assert (rows[3]["nearest"], rows[3]["nearest_quotient"]) == ("tek", "14/3")
    assert rows[4]["nearest"] is None


def test_shares_are_read_as_they_are_written(tmp_path: Path) -> None:
    """A tenth and a fifth are in proportion one to two, whatever a computer makes of 0.1."""
    told = MERGE | {"shares": {"soc": 0.3, "tek": 0.1}, "first_divisor": 1.2}
    assert run("merge_lists", told, tmp_path)[0]["quotient"] == "1/4"


def test_a_dry_line_tells_three_lines_and_what_stopped_each_row(tmp_path: Path) -> None:
    (told,) = run("draw_line", LINE, tmp_path)
    assert told == {
        "strict": ["a"],
        "fill": ["a", "c"],
        "best": {"ids": ["a", "c"], "value": 5.5, "gap": 0.0},
        "stopped_by": {"b": "2028"},
        "excluded_by": {"d": "c"},
        "partial": {"id": "b", "frame": "2028", "tkr_left": 4},
    }


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("merge_lists", {"lists": {}}),
        ("merge_lists", []),
        ("merge_lists", MERGE | {"shares": {"soc": 0, "tek": 1}}),
        ("draw_line", {"frames": {"2028": 1}, "items": [{"id": "a", "costs": {"2029": 1}}]}),
        ("draw_line", {"frames": {"2028": 0.5}, "items": []}),
    ],
)
def test_a_file_that_makes_no_sense_ends_with_one_line(
    name: str, told: object, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match="kan inte läsas"):
        run(name, told, tmp_path)


def test_what_must_be_done_and_does_not_fit_is_named(tmp_path: Path) -> None:
    item = {"id": "a", "costs": {"2028": 2}, "must": True}
    with pytest.raises(CommandError, match="2028"):
        run("draw_line", {"frames": {"2028": 1}, "items": [item]}, tmp_path)
