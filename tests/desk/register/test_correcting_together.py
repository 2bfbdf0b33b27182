# SPDX-License-Identifier: EUPL-1.2
"""Two who correct the same: nobody's correction is undone by a page that was open before."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from casework.register.models import Amendment, Case
from tests import small_city as small
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


def opened(browser: Client, address: str) -> dict[str, str]:
    """The fields of a page as it was opened."""
    form = browser.get(address).context["form"]
    fields = {bound.name: bound.value() for bound in form}
    return {name: str(value) for name, value in fields.items() if value is not None}


@pytest.mark.parametrize("of_record", [False, True])
def test_9_a_correction_from_an_older_page_undoes_none(
    registrar: Client, city: SmallCity, *, of_record: bool
) -> None:
    obj = small.letter_record(city) if of_record else city.case("registered")
    name = "desk_record_action" if of_record else "desk_caretake"
    address = reverse(name, args=[obj.pk, "ratta"])
    old = opened(registrar, address)
    assert registrar.post(address, {**old, "title": "Rättad", "reason": "Fel."}).status_code == 302
    answer = registrar.post(address, {**old, "party": "Rätt avsändare", "reason": "Fel."})
    assert answer.status_code == 302
    obj.refresh_from_db()
    assert (obj.title, obj.party) == ("Rättad", "Rätt avsändare")


def test_9_the_same_corrected_by_two_is_shown_to_the_later_one(
    registrar: Client, city: SmallCity
) -> None:
    case = city.case("registered")
    address = reverse("desk_caretake", args=[case.pk, "ratta"])
    old = opened(registrar, address)
    registrar.post(address, {**old, "title": "Första", "reason": "Fel."})
    answer = registrar.post(address, {**old, "title": "Andra", "reason": "Mitt skäl."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Registrator Ek rättade uppgiften 20" in page
    assert "till: ”Första”" in page
    assert 'value="Andra"' in page
    assert Case.objects.get(pk=case.pk).title == "Första"
    # Knowingly sent again, it stands; both corrections are kept.
    again = opened_in(answer) | {"title": "Andra", "reason": "Mitt skäl."}
    assert registrar.post(address, again).status_code == 302
    assert Case.objects.get(pk=case.pk).title == "Andra"
    assert Amendment.objects.filter(entry=case.entry, field="title").count() == 2


def opened_in(answer: object) -> dict[str, str]:
    """The fields of a page that was shown again."""
    form = answer.context["form"]  # type: ignore[attr-defined]
    return {bound.name: str(bound.value() or "") for bound in form}
