# SPDX-License-Identifier: EUPL-1.2
"""What is ranked after a proposal was handed over stands on a list beside it (issue 6)."""

from __future__ import annotations

from django.test import Client

from casework.prioritisation import services
from casework.prioritisation.enums import ListKind
from casework.prioritisation.selectors import handed_over
from tests import small_city as small
from tests.small_city import SmallCity


def test_r34_what_is_ranked_later_gets_a_list_of_its_own(city: SmallCity, client: Client) -> None:
    """The list that was handed over stands, with the council's answer, beside the new one."""
    earlier = str(city.initiatives["decided"])
    services.reopen_ranking(
        area=city.round_area, actor=city.people["ordforande"], reason="Ett till ska med."
    )
    late = small.admitted(city, "Senare tanke")
    small.fix_list(city, late)
    client.force_login(city.people["slk"])
    here = f"/admin/omgang/{city.round.slug}/forslag/"
    page = client.get(here).content.decode()
    assert "Senare tanke" in page
    assert ">Det som har rangordnats sedan" in page
    (first,) = handed_over(city.round)
    assert f"{here}{first.version}/" in page
    small.hand_over(city, late)
    lists = handed_over(city.round)
    assert [row.items.count() for row in lists] == [1, 1]
    assert lists[0] == first
    old = client.get(f"{here}{first.version}/").content.decode()
    assert earlier in old
    assert "Senare tanke" not in old
    assert "förordas" in old
    new = client.get(f"{here}{lists[1].version}/").content.decode()
    assert "Senare tanke" in new
    assert earlier not in new
    assert "2\xa0500\xa0tkr" in new  # the sum goes on where the first list ended
    assert client.get(f"{here}99/").status_code == 404
    # Sent back, the late list gets a new version; the first one still stands.
    services.refer_back(
        round=city.round,
        actor=city.people["radet"],
        reason="Räkna om.",
        act=city.act("utvecklingsradet"),
    )
    services.hand_over(round=city.round, actor=city.people["slk"])
    assert [row.items.count() for row in handed_over(city.round)] == [1, 1]
    small.recommend(city, late)
    assert len(handed_over(city.round, ListKind.COUNCIL)) == 2
    assert "förordas" in client.get(f"{here}{first.version}/").content.decode()
