# SPDX-License-Identifier: EUPL-1.2
"""What is typed anywhere in the lane stands there after a fault in another way out (issue 9)."""

from __future__ import annotations

import pytest
from django.test import Client

from casework.inbox.models import InboxItem
from casework.inbox.services import set_aside
from casework.register.models import Case
from casework.register.services import register_record
from tests import mails
from tests.desk.inbox.test_inbox_pages import address, form, take
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db

TYPED = {
    "title": "Skrivet ämne", "party": "Skriven avsändare", "received_date": "24/11",
    "existing": "KS 1999/7", "title_public": "Skrivet utåt", "secrecy_provision": "OSL 18:8",
    "address": "skriven@", "reason": "Skrivet skäl", "order_number": "KS 1999/8",
    "contact": "Skriven väg 1",
}  # fmt: skip
JUDGED = {
    "forward": "forward", "number": "form", "new": "form", "case:99999999": "form",
    "order": "order", "aside:nonsense": "",
}  # fmt: skip
"""By what was pressed the form that is judged."""


def shown(page: str, typed: dict[str, str]) -> list[str]:
    return [name for name, value in typed.items() if f'value="{value}"' in page]


@pytest.mark.parametrize("do", JUDGED)
def test_9_a_fault_in_one_way_keeps_what_is_typed_for_the_others(
    registrar: Client, city: SmallCity, do: str
) -> None:
    item = take(mails.mail("Ett"))
    sent = form(item, registrar) | TYPED | {"asked": "Skriven begäran", "with_code": "on"}
    del sent["is_private"]
    answer = registrar.post(address(item), sent | {"do": do})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert shown(page, TYPED) == list(TYPED)
    assert not answer.context["form"]["is_private"].value()
    assert "Skriven begäran</textarea>" in page
    # The ways that were not taken are not judged.
    bound = [name for name in ("form", "forward", "order") if answer.context[name].is_bound]
    assert bound == ([JUDGED[do]] if JUDGED[do] else [])


def test_9_a_last_one_that_cannot_be_taken_back_keeps_what_is_typed(
    registrar: Client, city: SmallCity
) -> None:
    first, second = take(mails.mail("Ett"), 9), take(mails.mail("Två"), 8)
    registrar.post(address(first), form(first, registrar, do="new"))
    case = Case.objects.latest("pk")
    register_record(case=case, actor=None, title="Mer", kind="letter", direction="in",
                    received_date=case.received_date, party="Någon")  # fmt: skip
    sent = form(second, registrar) | TYPED | {"do": f"undo:{first.pk}"}
    answer = registrar.post(address(second), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "har fått fler handlingar" in page
    assert shown(page, TYPED) == list(TYPED)
    assert registrar.post(address(second), {"do": "undo:x"}).status_code == 404


def test_9_the_last_one_is_taken_back_from_the_lane_of_the_next(
    registrar: Client, city: SmallCity
) -> None:
    first, second = take(mails.mail("Ett"), 9), take(mails.mail("Två"), 8)
    registrar.post(address(first), {"do": "aside:minor"})
    answer = registrar.post(address(second), {"do": f"undo:{first.pk}"})
    assert answer["Location"] == address(first)
    assert InboxItem.objects.waiting().count() == 2


def test_9_what_was_typed_of_what_a_colleague_took_is_there_to_be_copied(
    registrar: Client, city: SmallCity
) -> None:
    item = take(mails.mail("Ett"))
    sent = form(item, registrar, title="Skrivet ämne", reason="Skrivet skäl", do="new")
    set_aside(item=item, aside="minor", actor=None)
    answer = registrar.post(address(item), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Någon annan hann före" in page
    assert "Skrivet ämne</dd>" in page
    assert "Skrivet skäl</dd>" in page
    assert not Case.objects.filter(title="Skrivet ämne").exists()


def test_9_what_was_only_proposed_is_not_given_back_as_typed(
    registrar: Client, city: SmallCity
) -> None:
    """A browser sends the lines of a proposed text with other ends than they were given."""
    item = take(mails.mail("Ett", text="En rad.\nEn till."))
    proposed = registrar.get(address(item)).context["order"]["asked"].value()
    assert "\n" in proposed
    sent = form(item, registrar) | {"asked": proposed.replace("\n", "\r\n")}
    set_aside(item=item, aside="minor", actor=None)
    page = registrar.post(address(item), sent | {"title": "Mitt", "do": "new"})
    assert page.context["typed"] == [("Vad handlingen gäller", "Mitt")]
