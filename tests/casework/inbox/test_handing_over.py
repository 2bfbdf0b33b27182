# SPDX-License-Identifier: EUPL-1.2
"""A case that belongs to another authority goes into that one's inbox, and ends here."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from casework.inbox.enums import ItemState
from casework.inbox.models import InboxItem
from casework.inbox.services import hand_over_case
from casework.organisation.models import Authority
from casework.register.audit import verify_register
from casework.register.enums import Direction, Outcome
from casework.register.models import Case, NumberSeries
from casework.register.services import mark_record_secret, register_letter
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(city: SmallCity) -> Case:
    case, _record = register_letter(
        series=NumberSeries.objects.get(code="KS"), actor=city.people["registrator"],
        title="Bygglov för en carport", received_date=timezone.localdate(), party="En boende",
        files=[SimpleUploadedFile("brev.pdf", b"%PDF-1.7 x\n%%EOF")],
    )  # fmt: skip
    return case


@pytest.fixture
def other(letter: Case) -> Authority:
    return Authority.objects.exclude(pk=letter.authority_id)[0]


def test_the_other_authority_gets_what_came_in_and_the_case_ends_here(
    city: SmallCity,
    letter: Case,
    other: Authority,
) -> None:
    actor = city.people["registrator"]
    item = hand_over_case(case=letter, authority=other, reason="Hör dit.", actor=actor)
    assert (item.authority, item.state, item.text) == (other, ItemState.NEW, "Hör dit.")
    assert letter.dnr in item.title
    assert [file.original_name for file in item.files.all()] == ["brev.pdf"]
    letter.refresh_from_db()
    assert letter.outcome == Outcome.HANDED_OVER
    assert letter.closed_at is not None
    sent = letter.records.get(direction=Direction.OUTGOING)
    assert sent.dispatches.get().receiver == other.name
    assert not verify_register().faults


def test_what_is_secret_is_not_handed_over_by_a_button(
    city: SmallCity,
    letter: Case,
    other: Authority,
) -> None:
    actor = city.people["registrator"]
    mark_record_secret(record=letter.records.get(), provision="OSL 21:1", actor=actor)
    with pytest.raises(ValidationError, match="mellan myndigheter"):
        hand_over_case(case=letter, authority=other, reason="Hör dit.", actor=actor)
    letter.refresh_from_db()
    assert letter.closed_at is None
    assert not InboxItem.objects.filter(authority=other).exists()


def test_an_initiative_and_ones_own_authority_are_refused(
    city: SmallCity,
    letter: Case,
    other: Authority,
) -> None:
    actor = city.people["registrator"]
    with pytest.raises(ValidationError, match="redan hos"):
        hand_over_case(case=letter, authority=letter.authority, reason="Hör hit.", actor=actor)
    with pytest.raises(ValidationError, match="modellen"):
        hand_over_case(case=city.case("registered"), authority=other, reason="X", actor=actor)
