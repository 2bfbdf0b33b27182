# SPDX-License-Identifier: EUPL-1.2
"""What goes to an authority where nobody keeps the diary is told to be seen by nobody (issue 9)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from casework.organisation.enums import Role
from casework.organisation.models import Authority
from casework.organisation.services import appoint
from casework.register.models import NumberSeries
from tests import mails
from tests.casework.letters import letter
from tests.desk.inbox.test_inbox_pages import address, form, take
from tests.small_city import SmallCity, person

pytestmark = pytest.mark.django_db
NOBODY = "Ingen är registrator hos Nämnden"


@pytest.fixture
def board(city: SmallCity) -> Authority:
    """Another authority, with a series of its own."""
    found = Authority.objects.create(code="SBN", name="Nämnden")
    NumberSeries.objects.create(code="SBN", authority=found)
    return found


@pytest.mark.parametrize("somebody", [False, True])
def test_9_a_case_handed_over_to_nobody(
    registrar: Client, city: SmallCity, board: Authority, somebody: bool
) -> None:
    if somebody:
        appoint(user=person(city, "annan"), role=Role.REGISTRAR, scope=board, actor=None)
    case = letter(city.people["registrator"])
    sent = {"authority": board.pk, "reason": "Hör dit."}
    page = registrar.post(reverse("desk_caretake", args=[case.pk, "overlamna"]), sent, follow=True)
    assert "Det ligger nu i inkorgen hos Nämnden." in page.content.decode()
    assert (NOBODY in page.content.decode()) is not somebody


@pytest.mark.parametrize("somebody", [False, True])
def test_9_a_mail_forwarded_to_nobody(
    registrar: Client, city: SmallCity, board: Authority, somebody: bool
) -> None:
    if somebody:
        appoint(user=person(city, "annan"), role=Role.REGISTRAR, scope=board, actor=None)
    item = take(mails.mail("Ett"))
    sent = form(item, registrar, authority=str(board.pk), do="forward")
    page = registrar.post(address(item), sent, follow=True).content.decode()
    assert "Skickat vidare till Nämnden." in page
    assert (NOBODY in page) is not somebody
