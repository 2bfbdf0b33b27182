# SPDX-License-Identifier: EUPL-1.2
"""A meeting is called by mail: the agenda without what a mail may not tell (R18, R45)."""

from __future__ import annotations

from django.core import mail

from casework.feedback.models import Notice
from casework.meetings.services import call_meeting, plan_meeting, set_agenda
from casework.process.selectors import ready_for
from casework.register.services import mark_secret
from tests import small_city


def test_the_members_are_called_without_secret_titles(db: None) -> None:
    city = small_city.build()
    chair, group = city.people["ordforande"], city.bodies["grupp-pedagogiska"]
    plain = small_city.with_group(city, "Öppna lekplatser")
    secret = small_city.with_group(city, "Skyddade boenden")
    assert plain.case is not None
    assert secret.case is not None
    meeting = plan_meeting(body=group, day=city.round.groups_until, place="Sal 3", actor=chair)
    set_agenda(meeting=meeting, cases=ready_for(group), actor=chair)
    mark_secret(case=secret.case, provision="OSL 26 kap. 1 §", actor=city.people["registrator"])
    before = set(Notice.objects.values_list("pk", flat=True))
    call_meeting(meeting=meeting, actor=chair)
    called = Notice.objects.exclude(pk__in=before).order_by("user")
    assert {row.user for row in called} == {chair, city.people["ledamot"]}
    for row in called:
        assert "Sal 3" in row.body
        assert plain.case.dnr in row.body
        assert f"/admin/moten/{meeting.pk}/" in row.body
        assert "Också ett ärende med sekretess." in row.body
        for word in ("boende", secret.case.dnr):
            assert word not in row.body
    assert mail.outbox == []  # the worker sends them, not the request
