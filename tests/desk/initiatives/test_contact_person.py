# SPDX-License-Identifier: EUPL-1.2
"""The contact person's desk: all in one table, ideas for colleagues, what is sent in order."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.feedback.models import Notice
from casework.initiatives.enums import FollowerRole, Part
from casework.initiatives.models import Batch, Initiative
from casework.initiatives.selectors import newest_sets
from casework.process import services
from casework.process.enums import Stage
from tests import small_city as small
from tests.desk.counting import queries
from tests.small_city import SmallCity


@pytest.fixture
def contact(client: Client, city: SmallCity) -> Client:
    """The contact person, signed in."""
    client.force_login(city.people["kontakt"])
    return client


def _waiting(city: SmallCity, title: str) -> Initiative:
    initiative = small.draft(city, title)
    services.submit(initiative=initiative, actor=city.people["larare"])
    return initiative


def test_r27_all_that_is_prepared_is_filled_in_in_one_table(
    contact: Client, city: SmallCity
) -> None:
    first, second = _waiting(city, "Matsedel"), _waiting(city, "Busskort")
    address = reverse("desk_prepare_all")
    page = contact.get(address).content.decode()
    assert page.index("Matsedel") < page.index("Busskort")
    assert "Väntar på förslagsställaren" in page  # the returned one
    assert city.area is not None
    answer = contact.post(
        address,
        {
            f"i{first.pk}-effect": "Mindre svinn.",
            f"i{first.pk}-service_area": city.area.pk,
            f"i{second.pk}-effect": "Färre frågor.",
        },
    )
    assert answer.status_code == 302
    for initiative, words in ((first, "Mindre svinn."), (second, "Färre frågor.")):
        assert newest_sets(initiative)[Part.PREPARATION].answers["effect"] == words
    assert newest_sets(first)[Part.PREPARATION].answers["service_area"] == city.area.pk


def test_the_tables_queries_do_not_grow_with_what_is_prepared(
    contact: Client, city: SmallCity
) -> None:
    address, teacher = reverse("desk_prepare_all"), city.people["larare"]
    first = _waiting(city, "Matsedel")
    contact.post(address, {f"i{first.pk}-service_area": city.area.pk if city.area else ""})
    before = queries(contact, address)
    for number in range(5):
        _waiting(city, f"Fler {number}")
    assert queries(contact, address) == before
    page = contact.get(address).content.decode()
    assert page.count(f'<option value="{city.area.pk if city.area else ""}" selected>') == 1
    assert page.count("Fler ") >= 5
    assert teacher.get_full_name() in page


def test_a_fault_in_one_row_saves_none_and_keeps_what_was_typed(
    contact: Client, city: SmallCity
) -> None:
    first, second = _waiting(city, "Matsedel"), _waiting(city, "Busskort")
    answer = contact.post(
        reverse("desk_prepare_all"),
        {f"i{first.pk}-effect": "Mindre svinn.", f"i{second.pk}-contact": "x" * 300},
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Inget är sparat än" in page
    assert "Mindre svinn." in page
    assert Part.PREPARATION not in newest_sets(first)


def test_r20_a_colleagues_idea_is_the_colleagues_and_both_write(
    contact: Client, city: SmallCity
) -> None:
    teacher = city.people["larare"]
    answer = contact.post(reverse("desk_write_for"), {"originator": teacher.pk})
    new = Initiative.objects.latest("pk")
    assert new.originator == teacher
    assert answer["Location"] == f"/initiativ/{new.pk}/steg-1/"
    assert contact.get(answer["Location"]).status_code == 200
    contact.force_login(teacher)
    assert contact.get(answer["Location"]).status_code == 200


def test_a_stranger_of_another_forvaltning_cannot_be_chosen(
    contact: Client, city: SmallCity
) -> None:
    stranger = small.person(city, "annan")
    stranger.administration = city.administrations[1]
    stranger.save()
    answer = contact.post(reverse("desk_write_for"), {"originator": stranger.pk})
    assert answer.status_code == 422
    assert not Initiative.objects.filter(originator=stranger).exists()


def test_r28_what_is_sent_together_keeps_the_order_that_was_chosen(
    contact: Client, city: SmallCity
) -> None:
    rows = [small.prepared(city, title) for title in ("Ett", "Två", "Tre")]
    data = {"administration": city.administrations[0].pk, "initiative": [r.pk for r in rows]}
    places = {f"place-{row.pk}": place for row, place in zip(rows, "312", strict=True)}
    assert contact.post(reverse("desk_batch"), {**data, **places}).status_code == 302
    batch = Batch.objects.latest("pk")
    through = Initiative.batches.through.objects.filter(batch=batch).order_by("pk")
    order = [rows.index(Initiative.objects.get(pk=row.initiative_id)) for row in through]
    assert order == [1, 2, 0]


def test_r26_two_of_the_same_idea_are_joined_and_all_follow_the_one(
    contact: Client, city: SmallCity
) -> None:
    kept, double = _waiting(city, "Matsedel"), _waiting(city, "Digital matsedel")
    other = small.person(city, "kollega")
    double.originator = other
    double.save()
    double.followers.update(user=other)
    page = contact.get(reverse("desk_join", args=[double.pk])).content.decode()
    assert "Matsedel" in page
    data = {"into": kept.pk, "reason": "Samma behov."}
    assert contact.post(reverse("desk_join", args=[double.pk]), data).status_code == 302
    double.refresh_from_db()
    assert (double.process.stage, double.joined_to) == (Stage.JOINED, kept)
    roles = dict(kept.current_followers().values_list("user__username", "role"))
    assert roles == {"larare": FollowerRole.ORIGINATOR, "kollega": FollowerRole.CO_AUTHOR}
    contact.force_login(other)
    page = contact.get(reverse("originator_initiative", args=[double.pk])).content.decode()
    assert "sammanfördes med ett annat initiativ" in page
    assert reverse("originator_initiative", args=[kept.pk]) in page


def test_8_the_page_of_joining_names_what_is_joined(contact: Client, city: SmallCity) -> None:
    _waiting(city, "Matsedel")
    double = _waiting(city, "Digital matsedel")
    page = contact.get(reverse("desk_join", args=[double.pk])).content.decode()
    assert "<strong>Digital matsedel</strong>" in page


def test_8_what_is_missing_stands_in_words_for_those_who_see(
    contact: Client, city: SmallCity
) -> None:
    _waiting(city, "Matsedel")
    page = contact.get(reverse("desk_prepare_all")).content.decode()
    words = page.partition('<ul class="gap-words">')[2].partition("</ul>")[0]
    assert "<li>Skriv hur initiativet bidrar till stadens mål.</li>" in words


def test_one_is_not_joined_with_itself_nor_with_what_is_sent(
    contact: Client, city: SmallCity
) -> None:
    double = _waiting(city, "Matsedel")
    for into in (double, city.initiatives["registered"]):
        data = {"into": into.pk, "reason": "Samma."}
        assert contact.post(reverse("desk_join", args=[double.pk]), data).status_code == 422
    double.process.refresh_from_db()
    assert double.process.stage == Stage.WITH_LIAISON


def test_8_what_was_typed_of_a_batch_stands_where_nothing_was_chosen(
    contact: Client, city: SmallCity
) -> None:
    first, second = (small.prepared(city, title) for title in ("Matsedel", "Busskort"))
    answer = contact.post(
        reverse("desk_batch"),
        {
            "administration": first.administration_id, "message": "Först det viktiga.",
            f"place-{first.pk}": "2", f"place-{second.pk}": "1",
        },
    )  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Välj minst ett initiativ" in page.partition("desk-errors")[2]
    assert ">Först det viktiga.</textarea>" in page
    assert f'name="place-{first.pk}" value="2"' in page
    assert f'name="initiative" value="{first.pk}">' in page, "not ticked again"


def test_8_a_completion_is_told_with_the_groups_own_day(city: SmallCity) -> None:
    initiative = small.with_group(city, "Turistkarta")
    due = timezone.localdate() + dt.timedelta(days=9)
    services.request_completion(
        initiative=initiative, questions="Vad kostar den?", due=due,
        actor=city.people["ordforande"], act=city.act("grupp-pedagogiska"),
    )  # fmt: skip
    told = Notice.objects.filter(initiative=initiative, step__transition="request_completion")
    steps = set(told.exclude(concern="").values_list("next_step", flat=True))
    assert steps
    assert all(words.endswith(f"senast {due}") for words in steps), steps
