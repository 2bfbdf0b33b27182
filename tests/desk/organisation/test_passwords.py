# SPDX-License-Identifier: EUPL-1.2
"""A one-time password must be changed, and `keep` ends no body (issue 6)."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.journal.models import JournalEntry
from casework.organisation.models import User
from casework.organisation.services import keep, reset_password
from tests.small_city import PASSWORD, SmallCity

NEW = "grönt gräs i maj"


def _given(admin: Client, person: User) -> str:
    """The password as it stands on the administrator's page."""
    address = reverse("person:password", args=[person.pk])
    assert "loggas ut" in admin.get(address).content.decode()
    response = admin.post(address)
    assert "no-store" in response["Cache-Control"]
    found = re.search(r"<code>(.+?)</code>", response.content.decode())
    assert found
    return found.group(1)


def test_a_one_time_password_must_be_changed(admin: Client, city: SmallCity) -> None:
    person = city.people["larare"]
    before = Client()
    before.force_login(person)
    page = admin.get(reverse("person:edit", args=[person.pk])).content.decode()
    assert reverse("person:password", args=[person.pk]) in page
    password = _given(admin, person)
    assert before.get("/initiativ/").status_code == 302  # signed out
    browser = Client()
    assert not browser.login(username="larare", password=PASSWORD)
    assert browser.login(username="larare", password=password)
    change = reverse("new_password")
    assert browser.get("/initiativ/")["Location"] == change
    for first, again, words in (
        (password, password, "annat lösenord"),
        ("kort", "kort", "12 tecken"),
        (NEW, "annat", "inte lika"),
    ):
        response = browser.post(change, {"password": first, "again": again})
        assert words in response.content.decode()
    browser.post(change, {"password": NEW, "again": NEW})
    assert browser.get("/initiativ/").status_code == 200  # and still signed in
    assert Client().login(username="larare", password=NEW)
    actions = JournalEntry.objects.filter(action__contains="password").order_by("pk")
    assert [entry.action for entry in actions] == [
        "organisation.password_reset",
        "organisation.password_changed",
    ]
    assert password not in str(list(actions.values()))


def test_never_for_oneself_or_a_superuser(admin: Client, admin_user: User) -> None:
    operator = User.objects.create_superuser("drift", password=PASSWORD)
    for person in (admin_user, operator):
        page = admin.get(reverse("person:edit", args=[person.pk])).content.decode()
        assert reverse("person:password", args=[person.pk]) not in page
        admin.post(reverse("person:password", args=[person.pk]))
        with pytest.raises(PermissionDenied):
            reset_password(person=person, actor=admin_user)
        person.refresh_from_db()
        assert not person.must_change_password


def test_only_the_administrator(city: SmallCity) -> None:
    with pytest.raises(PermissionDenied):
        reset_password(person=city.people["larare"], actor=city.people["registrator"])


def test_a_closed_account_gets_none(city: SmallCity, admin_user: User) -> None:
    User.objects.filter(pk=city.people["larare"].pk).update(is_active=False)
    with pytest.raises(ValidationError):
        reset_password(person=city.people["larare"], actor=admin_user)


def test_r16_a_body_ends_by_its_own_service_only(city: SmallCity, admin_user: User) -> None:
    body = city.bodies["utvecklingsradet"]
    today = timezone.localdate()
    for values in ({"valid_until": today}, {"valid_from": today + dt.timedelta(days=1)}):
        with pytest.raises(ValidationError) as caught:
            keep(thing=type(body).objects.get(pk=body.pk), values=values, actor=admin_user)
        assert list(caught.value.message_dict) == list(values)
    kept = keep(thing=body, values={"name": "Rådet"}, actor=admin_user)
    assert (kept.name, kept.valid_until) == ("Rådet", None)
