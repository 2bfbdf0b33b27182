# SPDX-License-Identifier: EUPL-1.2
"""Two initiatives whose cases are merged: everyone who followed the one is told of both (R39)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.feedback.models import Notice
from casework.initiatives.enums import FollowerRole
from casework.initiatives.services import follow, unfollow
from casework.organisation.models import User
from casework.planning.services import change_round
from casework.process.models import Process
from casework.process.selectors import waiting_for, waiting_for_round
from casework.process.services import take_step
from casework.register.audit import verify_register
from casework.register.services import correct, mark_secret, merge_cases
from tests import small_city
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("secret", [False, True])
def test_6_the_merged_ones_followers_are_told_and_follow_the_other(
    city: SmallCity, secret: bool
) -> None:
    gone, goes_on = city.initiatives["rejected"], city.initiatives["registered"]
    assert gone.case is not None
    assert goes_on.case is not None
    user, registrar = city.people["ledamot"], city.people["registrator"]
    follow(initiative=gone, user=user, role=FollowerRole.AFFECTED, actor=None)
    if secret:
        mark_secret(case=goes_on.case, provision="OSL 18:8", actor=registrar)
    merge_cases(case=gone.case, into=goes_on.case, reason="Samma behov.", actor=registrar)
    assert goes_on.current_followers().filter(user=user).exists()
    notice = Notice.objects.get(user=user, initiative=gone, subject__contains="samman med")
    number = "ett annat ärende" if not goes_on.case.is_open_to(user) else goes_on.case.dnr
    assert notice.subject.endswith(number)
    assert verify_register().faults == []


@pytest.mark.parametrize("face", ["followed", "public", "hidden"])
def test_6_the_merged_ones_page_says_where_it_went_as_far_as_the_reader_may_see(
    client: Client, city: SmallCity, face: str
) -> None:
    """It said who had it, what was next and nothing of the other initiative."""
    gone, goes_on = city.initiatives["rejected"], city.initiatives["registered"]
    assert gone.case is not None
    assert goes_on.case is not None
    registrar = city.people["registrator"]
    user = small_city.person(city, "foljare")
    follow(initiative=gone, user=user, role=FollowerRole.AFFECTED, actor=None)
    correct(
        obj=goes_on.case, field="title_public", value="En lånekassa", reason="Namn.",
        actor=registrar,
    )  # fmt: skip
    merge_cases(case=gone.case, into=goes_on.case, reason="Samma behov.", actor=registrar)
    if face != "followed":
        unfollow(follower=goes_on.current_followers().get(user=user), actor=user)
    if face == "hidden":
        mark_secret(case=goes_on.case, provision="OSL 18:8", actor=registrar)
    client.force_login(User.objects.get(pk=user.pk))
    page = client.get(reverse("originator_initiative", args=[gone.pk])).content.decode()
    told = page.partition('id="sammanfort"')[2].partition("</section>")[0]
    assert "sammanfört med" in told
    assert (goes_on.case.dnr in told) is (face != "hidden")
    if face == "followed":
        assert f'href="{reverse("originator_initiative", args=[goes_on.pk])}"' in told
    elif face == "public":
        assert 'href="/arende/' in told
    else:
        assert "href" not in told
        assert "lånekassa" not in told


def test_6_nothing_waits_for_anybody_in_a_merged_initiative(
    client: Client, city: SmallCity
) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    change_round(round=city.round, actor=city.people["slk"], dates={"ideas_until": yesterday})
    into, gone = city.initiatives["registered"], small_city.registered(city, "Samma sak igen")
    assert gone.case is not None
    assert into.case is not None
    officer = city.people["handlaggare"]
    assert gone.pk in {row.process.initiative_id for row in waiting_for(officer)}
    merge_cases(case=gone.case, into=into.case, reason="Samma.", actor=city.people["registrator"])
    assert gone.pk not in {row.process.initiative_id for row in waiting_for(officer)}
    assert gone.process.pk not in waiting_for_round().values_list("pk", flat=True)
    process = Process.objects.get(initiative=gone)
    with pytest.raises(ValidationError, match="sammanfört"):
        take_step(process=process, name="accept_scope", actor=officer)
    client.force_login(city.people["larare"])
    page = client.get(reverse("originator_initiative", args=[gone.pk])).content.decode()
    assert "Ligger hos" not in page
    assert "Nästa steg" not in page
    assert "Sammanfört med ett annat" in page
