# SPDX-License-Identifier: EUPL-1.2
"""A member tries another order alone; the chair may make an own copy the group's draft (R33)."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casework.journal.models import JournalEntry
from casework.prioritisation.enums import ListKind
from casework.prioritisation.models import ListItem, Rehearsal
from casework.prioritisation.selectors import group_order, newest
from casework.prioritisation.services import (
    fix_ranking,
    keep_rehearsal,
    reopen_ranking,
    save_order,
    take_over_rehearsal,
    throw_rehearsal,
)
from casework.prioritisation.services.rehearsing import MOST_COPIES
from casework.register.models import Case
from casework.register.services import mark_secret
from tests import small_city as small
from tests.desk.assessment.giving import address, browser
from tests.desk.counting import queries
from tests.desk.walk.test_non_interference import EACH_TIME
from tests.small_city import SmallCity


@pytest.fixture
def three(city: SmallCity) -> list[int]:
    """Three admitted initiatives that the group has ordered; the list is open."""
    chair = city.people["ordforande"]
    reopen_ranking(area=city.round_area, actor=chair, reason="Tre till.")
    for name in ("Etta", "Tvåa", "Trea"):
        small.admitted(city, name)
    order = group_order(city.round_area, chair)
    save_order(area=city.round_area, order=order, actor=chair, reasons={order[0]: "Brådskar."})
    return order


def kept(city: SmallCity, who: str, order: list[int] | None = None) -> Rehearsal:
    return keep_rehearsal(area=city.round_area, name="Min", order=order, actor=city.people[who])


def page_of(city: SmallCity, who: str, query: str = "") -> str:
    answer = browser(city, who).get(address(city, "desk_rehearsal") + query)
    return " ".join(answer.content.decode().split())


def drafted(city: SmallCity) -> list[int]:
    list_ = newest(city.round, ListKind.AREA, city.round_area.service_area)
    return list(
        ListItem.objects.filter(list=list_).order_by("place").values_list("candidacy", flat=True)
    )


def test_a_copy_is_begun_moved_compared_and_thrown_away(city: SmallCity, three: list[int]) -> None:
    member, here = browser(city, "ledamot"), address(city, "desk_rehearsal")
    assert f'href="{here}"' in member.get(address(city, "desk_ranking")).content.decode()
    begun = member.post(here, {"begin": "", "name": "Barnen först"})
    copy = Rehearsal.objects.get()
    assert begun["Location"] == f"{here}?kopia={copy.pk}"
    pairs = len(three) * (len(three) - 1) // 2
    assert f"skiljer sig från gruppens ordning i 0 av {pairs} par" in page_of(city, "ledamot")
    mine = f"{here}?kopia={copy.pk}"
    member.post(mine, {"order": three, "move": f"up-{three[1]}"})
    page = page_of(city, "ledamot")
    assert f"i 1 av {pairs} par" in page
    assert "Din kopia: Barnen först" in page
    assert "hos gruppen: plats 2" in page
    assert drafted(city) == three
    member.post(mine, {"throw": ""})
    assert not Rehearsal.objects.exists()


def test_nobody_else_sees_a_copy_or_that_there_is_one(city: SmallCity, three: list[int]) -> None:
    before, entries = page_of(city, "ordforande"), JournalEntry.objects.count()
    copy = kept(city, "ledamot", three[::-1])
    assert EACH_TIME.sub("", page_of(city, "ordforande")) == EACH_TIME.sub("", before)
    assert "Din kopia" not in page_of(city, "ordforande")
    other = browser(city, "ordforande").get(f"{address(city, 'desk_rehearsal')}?kopia={copy.pk}")
    assert other.status_code == 404
    assert browser(city, "slk").get(address(city, "desk_rehearsal")).status_code in {302, 403}
    assert JournalEntry.objects.count() == entries
    with pytest.raises(PermissionDenied):
        throw_rehearsal(rehearsal=copy, actor=city.people["ordforande"])


def test_the_chair_makes_an_own_copy_the_groups_draft_and_nobody_else_does(
    city: SmallCity, three: list[int]
) -> None:
    members = kept(city, "ledamot", three[::-1])
    for who in ("ledamot", "ordforande"):
        with pytest.raises(PermissionDenied):
            take_over_rehearsal(rehearsal=members, actor=city.people[who])
    chairs = kept(city, "ordforande")
    assert "Gör kopian till gruppens utkast" not in page_of(city, "ledamot")
    assert "Gör kopian till gruppens utkast" in page_of(city, "ordforande")
    list_ = newest(city.round, ListKind.AREA, city.round_area.service_area)
    assert list_ is not None
    answer = browser(city, "ordforande").post(
        f"{address(city, 'desk_rehearsal')}?kopia={chairs.pk}",
        {"order": three[::-1], "edition": list_.edition, "take": ""},
    )
    assert answer["Location"] == address(city, "desk_ranking")
    assert drafted(city) == three[::-1]
    assert list_.items.get(candidacy=three[0]).reason == "Brådskar."
    list_.refresh_from_db()
    assert list_.is_draft
    assert list_.saved_by == city.people["ordforande"]
    assert list(Rehearsal.objects.all()) == [members]


def test_taking_over_overruns_nobody(city: SmallCity, three: list[int]) -> None:
    copy = kept(city, "ordforande", three[::-1])
    list_ = newest(city.round, ListKind.AREA, city.round_area.service_area)
    assert list_ is not None
    other = [three[1], three[0], *three[2:]]
    save_order(area=city.round_area, order=other, actor=city.people["ledamot"])
    with pytest.raises(ValidationError, match="ändrade ordningen"):
        take_over_rehearsal(rehearsal=copy, actor=city.people["ordforande"], edition=list_.edition)
    assert drafted(city) == other
    assert Rehearsal.objects.exists()


def test_a_copy_follows_what_waits_and_what_one_may_see(city: SmallCity, three: list[int]) -> None:
    kept(city, "ledamot", three[::-1])
    fourth = small.candidacy_of(small.admitted(city, "Fyra"))
    case = Case.objects.get(initiative__process__candidacy=three[0])
    mark_secret(case=case, provision="OSL 18:8", actor=city.people["registrator"])
    page = page_of(city, "ledamot")
    assert case.dnr not in page
    assert page.rindex("Fyra") > page.index("Din kopia")
    kept(city, "ledamot", [*three[:0:-1], fourth])


def test_a_copy_is_kept_only_of_what_waits_under_a_name_and_not_without_end(
    city: SmallCity, three: list[int]
) -> None:
    member, area = city.people["ledamot"], city.round_area
    with pytest.raises(ValidationError, match="namn"):
        keep_rehearsal(area=area, name="  ", actor=member)
    with pytest.raises(ValidationError, match="stämmer inte längre"):
        keep_rehearsal(area=area, name="Min", order=three[1:], actor=member)
    for number in range(MOST_COPIES):
        keep_rehearsal(area=area, name=f"Nr {number}", actor=member)
    with pytest.raises(ValidationError, match="Kasta någon"):
        keep_rehearsal(area=area, name="En till", actor=member)
    with pytest.raises(PermissionDenied):
        keep_rehearsal(area=area, name="Min", actor=city.people["slk"])


def test_a_fixed_list_takes_no_copy_over(city: SmallCity, three: list[int]) -> None:
    copy, chair = kept(city, "ordforande"), city.people["ordforande"]
    fix_ranking(area=city.round_area, actor=chair, act=city.act("grupp-pedagogiska"))
    with pytest.raises(ValidationError, match="redan fastställd"):
        take_over_rehearsal(rehearsal=copy, actor=chair)
    page = page_of(city, "ordforande")
    assert "kan bara kastas" in page
    assert 'name="take"' not in page


def test_the_pages_queries_do_not_grow_with_the_list(city: SmallCity, three: list[int]) -> None:
    kept(city, "ledamot")
    member, here = browser(city, "ledamot"), address(city, "desk_rehearsal")
    before = queries(member, here)
    for number in range(3):
        small.admitted(city, f"Fler {number}")
    assert queries(member, here) == before
