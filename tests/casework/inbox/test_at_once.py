# SPDX-License-Identifier: EUPL-1.2
"""Two at the same time: one mail is one item, and one item is filed once (issue 9)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from casework.inbox.models import InboxItem
from casework.inbox.services import file_as_new_case, receive_mail
from casework.organisation.models import Authority, User
from casework.register.models import Case, NumberSeries
from tests import mails
from tests.small_city import build

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 4


def _together(act: Callable[[], object]) -> list[object]:
    """What some threads get that begin at the same moment."""
    start = Barrier(AT_ONCE)

    def one() -> object:
        try:
            start.wait()
            return act()
        except ValidationError as error:
            return error.messages[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [each.result() for each in [pool.submit(one) for _thread in range(AT_ONCE)]]


def test_9_one_mail_that_many_fetch_is_one_item_and_is_filed_once() -> None:
    build()
    authority = Authority.objects.get(code="KS")
    registrar = User.objects.get(username="registrator")
    series = NumberSeries.objects.get(code="KS")
    before = Case.objects.count()

    def fetch() -> bool:
        return receive_mail(
            authority=authority, data=mails.mail(), source="maildir:a", actor=None
        ).is_new

    assert sorted(_together(fetch)) == [False] * (AT_ONCE - 1) + [True]  # type: ignore[type-var]
    item = InboxItem.objects.get()

    def file() -> str:
        own = InboxItem.objects.get(pk=item.pk)
        return file_as_new_case(item=own, series=series, actor=registrar, title="En gång")[0].dnr

    answers = _together(file)
    assert Case.objects.count() == before + 1
    assert sum("redan hanterad" in str(each) for each in answers) == AT_ONCE - 1
