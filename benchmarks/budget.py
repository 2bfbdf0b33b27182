# SPDX-License-Identifier: EUPL-1.2
"""What the best budget line takes: seconds until it is proven, and the gap where it is not.

    python -m benchmarks.budget

A hundred candidates and fifteen frames, five areas in three years, each candidate with costs in
its own area's frames; then 2,000 candidates. ``proven_all_s`` is harder than a city: every
candidate has costs in every frame; how many of those were proven best is told. Each figure is the
worst of some made-up budgets. No database is asked. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import random
import time

from casework.methods.budget import Best, Wish, best

_AREAS, _YEARS = 5, 3
_PART = 0.4
"""So much of what is asked for do the frames hold."""

Budget = tuple[list[Wish[int]], dict[str, int]]


def main() -> None:
    """Draw the best lines, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--budgets", type=int, default=5)
    parser.add_argument("--short", action="store_true", help="two budgets of each")
    options = parser.parse_args()
    if options.short:
        options.budgets = 2
    seeds = range(options.budgets)
    proven = [_drawn(_budget(100, seed)) for seed in seeds]
    every = [_drawn(_budget(100, seed, everywhere=True)) for seed in seeds]
    many = [_drawn(_budget(2_000, seed)) for seed in seeds]
    figures = {
        "proven_s": round(max(taken for taken, _found in proven), 2),
        "proven": sum(found.is_proven for _taken, found in proven),
        "proven_all_s": round(max(taken for taken, _found in every), 2),
        "proven_all": sum(found.is_proven for _taken, found in every),
        "gap_2000": round(max(float(found.gap) for _taken, found in many), 4),
        "gap_2000_s": round(max(taken for taken, _found in many), 2),
        "budgets": options.budgets,
    }
    print(json.dumps({"name": "budget", "database": "", "figures": figures, "peer": {}}))


def _budget(size: int, seed: int, *, everywhere: bool = False) -> Budget:
    chance = random.Random(seed)
    frames = [f"{area}-{year}" for area in range(_AREAS) for year in range(_YEARS)]
    wishes = []
    for item in range(size):
        area = chance.randrange(_AREAS)
        own = frames if everywhere else frames[area * _YEARS : (area + 1) * _YEARS]
        costs = {frame: chance.randint(50, 3_000) for frame in own}
        wishes.append(Wish(item, chance.randint(100, 500), costs))
    held = {
        frame: int(_PART * sum(wish.costs.get(frame, 0) for wish in wishes)) for frame in frames
    }
    return wishes, held


def _drawn(budget: Budget) -> tuple[float, Best[int]]:
    start = time.perf_counter()
    found = best(*budget)
    return time.perf_counter() - start, found


if __name__ == "__main__":
    main()
