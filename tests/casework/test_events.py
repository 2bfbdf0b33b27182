# SPDX-License-Identifier: EUPL-1.2
"""Nothing is journalled that has no words."""

from __future__ import annotations

import pytest
from django.db import transaction

from casework.journal.events import REGISTRY, EventType, UnregisteredEvent, register, words_of
from casework.journal.models import JournalEntry
from casework.journal.services import OFFICE_CHAIN, log
from casework.organisation.models import Authority
from casework.process.transitions import ways


def test_every_registered_event_has_words() -> None:
    assert len(REGISTRY) > 60
    for key, event in REGISTRY.items():
        app, _dot, name = key.partition(".")
        assert app
        assert name
        assert key == event.key
        assert str(event.words).strip()
        assert str(event.words) != key


def test_every_transition_is_an_event_told_as_its_spec_tells_it() -> None:
    for name, way in ways().items():
        assert str(REGISTRY[f"process.{name}"].words) == f"Initiativet {way.spec.told}"


def test_a_key_is_registered_once() -> None:
    with pytest.raises(ValueError, match="registered already"):
        register("register.case_registered", "Igen")


@pytest.mark.django_db
def test_an_unregistered_event_is_refused() -> None:
    authority = Authority.objects.create(code="KS", name="Kommunstyrelsen")
    for event in (
        EventType("register.made_up", "Påhittat"),
        EventType("register.case_registered", "Ärendet registrerades"),
    ):
        with pytest.raises(UnregisteredEvent), transaction.atomic():
            log(event, authority, actor=None)
    assert not JournalEntry.objects.exists()


@pytest.mark.django_db
def test_what_belongs_to_no_case_goes_to_the_chain_of_the_office() -> None:
    authority = Authority.objects.create(code="KS", name="Kommunstyrelsen")
    with transaction.atomic():
        entry = log(REGISTRY["organisation.added"], authority, actor=None)
    assert (entry.chain_id, entry.subject) == (OFFICE_CHAIN, "")


def test_words_are_filled_from_what_the_event_tells() -> None:
    try:
        register("test.filled", "Flyttades till %(area)s (%(missing)s)")
        entry = JournalEntry(action="test.filled", after={"area": "Skola"})
        assert words_of(entry) == "Flyttades till Skola ()"
    finally:
        REGISTRY.pop("test.filled")
