# SPDX-License-Identifier: EUPL-1.2
"""What ranking takes: the merge of the areas' lists with exact robustness, in seconds.

    python -m benchmarks.ranking

Five areas' lists of 2,000 initiatives, six criteria, nine members: merged by uddatalsmetoden; every
pair compared by all weights that differ at most a fifth; the places with each member left out. No
database is asked. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from fractions import Fraction

from casework.methods.apportion import merge
from casework.methods.kemeny import consensus
from casework.methods.robust import bands_without_each, robustness

_CRITERIA = 6
_MEMBERS = 9
_AREAS = {"ped": 4, "soc": 3, "tek": 2, "adm": 2, "it": 1}


def main() -> None:
    """Rank made-up initiatives, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--initiatives", type=int, default=2_000)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--short", action="store_true", help="once")
    options = parser.parse_args()
    chance = random.Random(1)
    weights = [chance.randint(1, 4) for _ in range(_CRITERIA)]
    values = [
        [Fraction(chance.randint(0, 10), 2) for _ in weights] for _ in range(options.initiatives)
    ]
    sheets = [
        [
            [chance.randint(0, 5) if chance.random() < 0.95 else None for _ in weights]
            for _ in range(options.initiatives)
        ]
        for _ in range(_MEMBERS)
    ]
    areas = list(_AREAS)
    lists = {
        area: list(range(at, options.initiatives, len(areas))) for at, area in enumerate(areas)
    }
    taken = []
    for _ in range(1 if options.short else options.times):
        start = time.perf_counter()
        merge(lists, _AREAS, areas)
        robustness(values, weights)
        bands_without_each(sheets, weights)
        taken.append(time.perf_counter() - start)
    orders = [sorted(range(20), key=lambda at: at + chance.gauss(0, 5)) for _ in range(_MEMBERS)]
    start = time.perf_counter()
    consensus(list(range(20)), [{item: at for at, item in enumerate(order)} for order in orders])
    figures = {
        "merge_robust_s": round(sorted(taken)[len(taken) // 2], 3),
        "initiatives": options.initiatives,
        "criteria": _CRITERIA,
        "consensus_20_s": round(time.perf_counter() - start, 3),
    }
    print(json.dumps({"name": "ranking", "database": "", "figures": figures, "peer": {}}))


if __name__ == "__main__":
    main()
