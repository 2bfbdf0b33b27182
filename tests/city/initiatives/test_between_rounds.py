# SPDX-License-Identifier: EUPL-1.2
"""An initiative that was put off and stands in no round yet: it is not over (R32, R39, R46)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from casework.initiatives.models import Initiative
from casework.prioritisation.services import reopen_ranking
from casework.process.line import whereabouts_of
from casework.process.services import defer
from tests import small_city as small
from tests.small_city import SmallCity
from ui.links import url_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def put_off(city: SmallCity) -> Initiative:
    """Put off by its group to the round that opens next; none is open for it."""
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="En till.")
    initiative = small.with_group(city, "Cykelkarta")
    defer(
        initiative=initiative, actor=city.people["ordforande"], reason="Kartan byts i år.",
        act=city.act("grupp-pedagogiska"),
    )  # fmt: skip
    return Initiative.objects.select_related("process").get(pk=initiative.pk)


def test_8_what_was_put_off_waits_for_a_round_with_those_who_open_rounds(
    city: SmallCity, put_off: Initiative
) -> None:
    here = whereabouts_of(put_off.process)
    assert not here.is_final
    assert here.waits_for_round
    assert str(city.people["slk"]) in here.people


def test_8_the_page_of_its_case_does_not_say_that_it_is_over(
    city: SmallCity, client: Client, put_off: Initiative
) -> None:
    client.force_login(city.people["handlaggare"])
    page = client.get(url_for(put_off.case, "desk")).content.decode()
    assert "Inget mer behöver göras" not in page
    assert "Det följer med när nästa öppnas." in page


def test_8_its_originator_reads_that_it_waits_and_not_that_it_is_prepared(
    city: SmallCity, client: Client, put_off: Initiative
) -> None:
    client.force_login(put_off.originator)
    page = client.get(reverse("originator_initiative", args=[put_off.pk])).content.decode()
    assert "Initiativet väntar på nästa omgång och prövas igen då." in page
    assert "Handläggaren tar reda på mer" not in page
    assert "Så blev det" not in page
    assert "Senaste beslutet" in page
