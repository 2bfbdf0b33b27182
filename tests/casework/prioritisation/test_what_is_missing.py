# SPDX-License-Identifier: EUPL-1.2
"""What stands in the way of the city's proposal, asked of all at once (R24, R34, R42)."""

from __future__ import annotations

from casework.prioritisation import services
from casework.prioritisation.selectors import mergeable
from casework.process.conditions import all_groups_done, both_expertises, committee_passed
from casework.process.services import missing_for
from casework.process.transitions import ways
from tests import small_city as small
from tests.small_city import SmallCity


def test_8_what_is_missing_is_what_the_conditions_of_each_say(city: SmallCity) -> None:
    """Of thousands the page asks at once; what is asked of each must say the same."""
    services.reopen_ranking(
        area=city.round_area, actor=city.people["ordforande"], reason="Tre till ska med."
    )
    first, second = small.admitted(city, "Första"), small.admitted(city, "Andra")
    service = small.admitted(city, "Boka båtplats", eservice=True)
    small.fix_list(city, first, second, service)
    small.finish_other_areas(city)
    small.ask_experts(city, first)
    concerned: dict[str, set[str]] = {}
    for candidacy in mergeable(city.round):
        assert candidacy.initiative.case is not None
        for sentence in missing_for(candidacy.initiative.process, "merge"):
            concerned.setdefault(sentence, set()).add(candidacy.initiative.case.dnr)
    told = {}
    for line in services.what_is_missing(city.round, city.people["slk"]):
        sentence, _colon, numbers = line.rstrip(".").partition(": ")
        told[f"{sentence}."] = set(numbers.split(", "))
    assert told == concerned
    assert len(told) == 2
    way = ways()["merge"]
    assert list(way.conditions) == [all_groups_done, both_expertises, committee_passed]
