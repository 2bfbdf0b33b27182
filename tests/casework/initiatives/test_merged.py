# SPDX-License-Identifier: EUPL-1.2
"""Two initiatives whose cases are merged: everyone who followed the one is told of both (R39)."""

from __future__ import annotations

import pytest

from casework.feedback.models import Notice
from casework.initiatives.enums import FollowerRole
from casework.initiatives.services import follow
from casework.register.audit import verify_register
from casework.register.services import mark_secret, merge_cases
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
