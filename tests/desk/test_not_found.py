# SPDX-License-Identifier: EUPL-1.2
"""What one reads at the desk where there is nothing, or nothing to see (issue 9)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from casework.register.services import mark_secret
from tests.casework.letters import letter
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


def test_9_a_page_that_is_not_there_leads_back_to_the_desk(desk: Client, city: SmallCity) -> None:
    """It spoke of what is published, and led to the public pages alone."""
    actor = city.people["registrator"]
    case = letter(actor)
    mark_secret(case=case, provision="OSL 21:1", reason="Hälsa.", actor=actor)
    answers = [desk.get(reverse("desk_case", args=[pk])) for pk in (case.pk, 99_999_999)]
    assert [answer.status_code for answer in answers] == [404, 404]
    first, second = (answer.content.decode() for answer in answers)
    assert "ett ärende som du inte får se" in first
    assert '<a href="/admin/">Till Att göra</a>' in first
    mains = [page[page.index("<main") : page.index("</main>")] for page in (first, second)]
    assert mains[0] == mains[1]
    outside = Client().get("/finns-inte/").content.decode()
    assert "Till diariet" in outside
    assert "Till Att göra" not in outside
