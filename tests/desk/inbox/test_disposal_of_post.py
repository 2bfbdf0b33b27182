# SPDX-License-Identifier: EUPL-1.2
"""The page of a decision of disposal names what is in no case, and takes it away (issue 9)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.archive.models import DisposalDecision
from casework.inbox.models import InboxItem
from casework.inbox.services import file_as_record, set_aside
from casework.register.models import Record
from tests import mails
from tests.casework.inbox.test_disposing import in_months
from tests.desk.inbox.test_inbox_pages import address, take
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


def text_of(client: Client, url: str) -> str:
    return " ".join(client.get(url).content.decode().split())


def test_9_a_mail_whose_record_is_disposed_of_says_so_and_offers_no_file(
    registrar: Client, city: SmallCity
) -> None:
    assert city.letter is not None
    item, actor = take(mails.mail("Fråga"), 9), city.people["registrator"]
    file_as_record(item=item, case=city.letter, title="Fråga", actor=actor)
    file = reverse("desk_inbox_file", args=[item.files.exclude(file="")[0].pk])
    assert file in text_of(registrar, address(item))
    item.refresh_from_db()
    assert item.record is not None
    Record.objects.filter(pk=item.record.pk).update(disposed_at=timezone.now())
    page = text_of(registrar, address(item))
    assert "Handlingen är gallrad." in page
    assert file not in page
    assert registrar.get(file).status_code == 404


def test_9_post_that_was_set_aside_is_disposed_of_on_the_decisions_page(
    registrar: Client, city: SmallCity
) -> None:
    gone, left = take(mails.mail("Reklam om möbler"), 9), take(mails.mail("Om en häck"), 8)
    for item in (gone, left):
        set_aside(item=item, aside="minor", actor=city.people["registrator"])
    file = gone.files.exclude(file="")[0]
    recorded = registrar.post(
        reverse("desk_record_disposal"),
        {
            "reference": "KS § 9", "authority": gone.authority_id, "inbox": ["set_aside"],
            "decided_on": timezone.localdate().isoformat(), "inbox_after_months": "2",
        },
    )  # fmt: skip
    rule = DisposalDecision.objects.get()
    here = reverse("desk_disposal_decision", args=[rule.pk])
    assert recorded["Location"] == here
    assert "2 månader efter den månad då den hanterades: Lagt åt sidan." in text_of(registrar, here)
    with in_months(3):
        registrar.force_login(city.people["registrator"])
        page = text_of(registrar, here)
        assert "2 poster i inkorgen kan gallras i dag." in page
        assert f'href="{address(gone)}">Reklam om möbler</a>' in page
        refused = registrar.post(here, {"item": gone.pk}, follow=True)
        assert "Inget är gallrat." in refused.content.decode()
        answer = registrar.post(here, {"item": gone.pk, "sure": "1"}, follow=True)
        assert "1 post i inkorgen är gallrad enligt KS § 9." in answer.content.decode()
        page = text_of(registrar, here)
        assert "Reklam om möbler" not in page
        assert "Om en häck" in page
        lane = text_of(registrar, address(gone))
        assert "enligt KS § 9" in lane
        assert "Lägg tillbaka i inkorgen" not in lane
        assert "Gallrad post" in text_of(registrar, reverse("desk_inbox_done"))
        assert registrar.get(reverse("desk_inbox_file", args=[file.pk])).status_code == 404
    assert InboxItem.objects.get(pk=left.pk).disposed_at is None
