# SPDX-License-Identifier: EUPL-1.2
"""The way through the model, where the rules bite."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.feedback.models import Notice, NoticeState
from casework.initiatives.enums import ScopeReason
from casework.organisation.enums import Role
from casework.organisation.models import Appointment, Body, User
from casework.organisation.services import appoint, end_appointment
from casework.prioritisation import services as prioritisation
from casework.process import services
from casework.process.catalogue import Mandate
from casework.process.enums import Stage
from casework.process.line import line_of, standing_of
from casework.process.mandates import people, words
from casework.process.models import GroupRound
from casework.process.services import ImpossibleTransition
from casework.process.worklist import visible_processes, waiting_for
from casework.register.enums import Outcome
from casework.register.services import mark_secret
from tests.small_city import SmallCity


def test_submitting_with_gaps_names_every_missing_answer(city: SmallCity) -> None:
    initiative = services.start_draft(city.people["larare"], {"title": "Bara en rubrik"})
    with pytest.raises(ValidationError) as caught:
        services.submit(initiative, actor=city.people["larare"])
    assert set(caught.value.message_dict) == {"kind", "need", "benefits", "cost_tkr", "affected"}


def test_a_second_click_says_what_holds_now(city: SmallCity) -> None:
    draft = city.initiatives["draft"]
    services.submit(draft, actor=city.people["larare"])
    with pytest.raises(ImpossibleTransition, match="Hos kontaktpersonen"):
        services.submit(draft, actor=city.people["larare"])


def test_a_sent_initiative_is_no_longer_the_originators_to_change(city: SmallCity) -> None:
    draft = city.initiatives["draft"]
    services.submit(draft, actor=city.people["larare"])
    with pytest.raises(ImpossibleTransition):
        services.save_draft(draft, {"title": "Annat"}, actor=city.people["larare"])


def test_returning_needs_a_reason(city: SmallCity) -> None:
    draft = city.initiatives["draft"]
    services.submit(draft, actor=city.people["larare"])
    with pytest.raises(ValidationError) as caught:
        services.return_to_originator(draft, actor=city.people["kontakt"], reason=" ")
    assert "reason" in caught.value.message_dict


def test_out_of_scope_is_an_outcome_with_a_reason(city: SmallCity) -> None:
    registered = city.initiatives["registered"]
    services.exclude_scope(
        registered,
        actor=city.people["handlaggare"],
        ground=ScopeReason.LOCAL,
        reason="Ett lokalt initiativ utan samordningsvinster.",
    )
    case = city.case("registered")
    assert case.outcome == Outcome.OUT_OF_SCOPE
    assert case.closed_at is not None


def test_a_completed_initiative_returns_to_step_one(city: SmallCity) -> None:
    initiative = city.initiatives["completion"]
    services.complete(initiative, actor=city.people["handlaggare"], reason="Svaret finns nu.")
    assert initiative.process.stage == Stage.WITH_GROUP


def test_an_ended_appointment_carries_no_mandate(city: SmallCity) -> None:
    initiative = city.initiatives["completion"]
    services.complete(initiative, actor=city.people["handlaggare"], reason="Klart.")
    seat = Appointment.objects.get(user=city.people["ordforande"], role=Role.GROUP_CHAIR)
    end_appointment(
        seat, on=timezone.localdate() - dt.timedelta(days=1), actor=city.people["admin"]
    )
    with pytest.raises(PermissionDenied, match="tjänsteområdesgruppen"):
        services.admit(initiative, actor=User.objects.get(username="ordforande"))


def test_who_may_decide_is_said_by_name(city: SmallCity) -> None:
    process = city.initiatives["completion"].process
    assert words(process, Mandate.GROUP) == "tjänsteområdesgruppen för Pedagogiska området"
    names = {user.username for user in people(process, Mandate.GROUP)}
    assert names == {"ordforande", "ledamot"}


def test_a_mandate_over_a_case_one_may_not_see_is_none(city: SmallCity) -> None:
    initiative = city.initiatives["completion"]
    services.complete(initiative, actor=city.people["handlaggare"], reason="Klart.")
    mark_secret(
        case=city.case("completion"), provision="OSL 18:8", actor=city.people["registrator"]
    )
    with pytest.raises(PermissionDenied):
        services.admit(initiative, actor=User.objects.get(username="ordforande"))


def test_the_committee_has_at_most_five_who_all_sit_in_the_council(city: SmallCity) -> None:
    committee = Body.objects.get(slug="e-tjansteutskottet")
    council = Body.objects.get(slug="utvecklingsradet")
    with pytest.raises(ValidationError, match="utvecklingsrådet"):
        appoint(
            city.people["slk"], Role.COMMITTEE_MEMBER, committee, appointed_by="Rådets ordförande"
        )
    for number in range(6):
        user = User.objects.create(username=f"u{number}")
        appoint(user, Role.COUNCIL_MEMBER, council, appointed_by="Stadsdirektören")
        if number < 5:
            appoint(user, Role.COMMITTEE_MEMBER, committee, appointed_by="Rådets ordförande")
    with pytest.raises(ValidationError, match="fem"):
        appoint(user, Role.COMMITTEE_MEMBER, committee, appointed_by="Rådets ordförande")


@pytest.fixture
def admitted(city: SmallCity) -> Any:
    """An initiative in step two of the next cycle, all rounds open."""
    from casework.preset.loader import open_cycle

    assert city.cycle is not None
    later = open_cycle(city.cycle.budget_year + 1)
    initiative = city.initiatives["completion"]
    process = initiative.process
    process.cycle = later
    process.save()
    services.complete(initiative, actor=city.people["handlaggare"], reason="Klart.")
    services.admit(initiative, actor=city.people["ordforande"])
    return initiative, later


def round_of(city: SmallCity, cycle: Any) -> GroupRound:
    return GroupRound.objects.get(cycle=cycle, service_area=city.area)


def test_a_list_is_fixed_only_when_nothing_waits_and_everything_has_a_place(
    city: SmallCity, admitted: Any
) -> None:
    initiative, cycle = admitted
    with pytest.raises(ValidationError):
        prioritisation.fix_ranking(round_of(city, cycle), actor=city.people["ordforande"])
    prioritisation.save_order(round_of(city, cycle), [initiative], actor=city.people["ordforande"])
    prioritisation.fix_ranking(round_of(city, cycle), actor=city.people["ordforande"])
    initiative.process.refresh_from_db()
    assert initiative.process.stage == Stage.RANKED
    with pytest.raises(ImpossibleTransition):
        prioritisation.save_order(
            round_of(city, cycle), [initiative], actor=city.people["ordforande"]
        )


def test_only_the_areas_group_orders_its_list(city: SmallCity, admitted: Any) -> None:
    initiative, cycle = admitted
    for name in ("slk", "registrator", "radet", "larare"):
        with pytest.raises(PermissionDenied):
            prioritisation.save_order(round_of(city, cycle), [initiative], actor=city.people[name])


def test_the_city_proposal_waits_for_all_groups_and_both_expertises(
    city: SmallCity, admitted: Any
) -> None:
    initiative, cycle = admitted
    prioritisation.save_order(round_of(city, cycle), [initiative], actor=city.people["ordforande"])
    prioritisation.fix_ranking(round_of(city, cycle), actor=city.people["ordforande"])
    initiative.process.refresh_from_db()
    with pytest.raises(ImpossibleTransition) as caught:
        prioritisation.make_proposal(cycle, [initiative], actor=city.people["slk"])
    told = " ".join(caught.value.messages)
    assert "Alla tjänsteområdesgrupper" in told
    assert "Sakkunniga" in told
    GroupRound.objects.filter(cycle=cycle, done_at=None).update(done_at=timezone.now())
    services.note_participation(cycle, city.people["ledamot"], "it", actor=city.people["slk"])
    with pytest.raises(ImpossibleTransition, match="Sakkunniga"):
        prioritisation.make_proposal(cycle, [initiative], actor=city.people["slk"])
    services.note_participation(
        cycle, city.people["ordforande"], "business", actor=city.people["slk"]
    )
    prioritisation.make_proposal(cycle, [initiative], actor=city.people["slk"])
    initiative.process.refresh_from_db()
    assert initiative.process.stage == Stage.CITY_PROPOSAL
    with pytest.raises(ImpossibleTransition):
        prioritisation.make_proposal(cycle, [initiative], actor=city.people["slk"])


def test_an_eservice_goes_by_the_committee_first(city: SmallCity, admitted: Any) -> None:
    initiative, cycle = admitted
    initiative.is_eservice = True
    initiative.save()
    prioritisation.save_order(round_of(city, cycle), [initiative], actor=city.people["ordforande"])
    prioritisation.fix_ranking(round_of(city, cycle), actor=city.people["ordforande"])
    GroupRound.objects.filter(cycle=cycle, done_at=None).update(done_at=timezone.now())
    for who, kind in (("ledamot", "it"), ("ordforande", "business")):
        services.note_participation(cycle, city.people[who], kind, actor=city.people["slk"])
    initiative.process.refresh_from_db()
    with pytest.raises(ImpossibleTransition, match="utskottet"):
        services.merge(initiative, actor=city.people["slk"])
    assert standing_of(initiative.process).next_label == "Lämna till utskottet för e-tjänster"


def test_a_batch_is_sent_whole_or_not_at_all(city: SmallCity) -> None:
    draft = city.initiatives["draft"]
    services.submit(draft, actor=city.people["larare"])
    with pytest.raises(ImpossibleTransition):
        services.send_batch(draft.administration, [draft], actor=city.people["kontakt"])
    draft.refresh_from_db()
    assert draft.batch is None


def test_each_decision_makes_a_notice_without_case_content(
    city: SmallCity, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        services.accept_scope(
            city.initiatives["registered"],
            actor=city.people["handlaggare"],
            ground=ScopeReason.CROSS,
        )
    notice = Notice.objects.get(step__transition="accept_scope", initiative__title__contains="väg")
    sent = mail.outbox[-1]
    assert sent.to == ["larare@almstad.example"]
    assert notice.case is not None
    assert notice.case.dnr in sent.subject
    assert "skolvägar" not in sent.subject + sent.body
    assert Notice.objects.get(pk=notice.pk).state == "sent"


def test_registration_sends_a_receipt_with_number_date_and_officer(city: SmallCity) -> None:
    case = city.case("registered")
    receipt = Notice.objects.get(case=case, step=None)
    assert case.dnr in receipt.body
    assert case.received_date.isoformat() in receipt.body
    assert str(case.officer) in receipt.body
    assert case.title not in receipt.subject + receipt.body


def test_the_line_tells_the_loop_and_who_decided(city: SmallCity) -> None:
    line = {stage.label: stage for stage in line_of(city.initiatives["decided"].process)}
    assert line["Områdets bedömning"].loops
    assert line["Områdets bedömning"].state == "done"
    assert "Pedagogiska" in line["Områdets bedömning"].decider or "pedagogiska" in (
        line["Områdets bedömning"].decider
    )


def test_a_draft_is_seen_by_nobody_but_its_originator(city: SmallCity) -> None:
    draft = city.initiatives["draft"].process
    seeing = {
        name
        for name, user in city.people.items()
        if visible_processes(user).filter(pk=draft.pk).exists()
    }
    assert seeing == {"larare"}


def test_what_waits_is_found_by_role(city: SmallCity) -> None:
    waiting = {
        name: {item.process.stage for item in waiting_for(user)}
        for name, user in city.people.items()
    }
    assert waiting["larare"] == {Stage.DRAFT, Stage.RETURNED}
    assert Stage.REGISTERED in waiting["handlaggare"]
    assert Stage.COMPLETION in waiting["handlaggare"]
    assert waiting["radet"] == set()


def test_implementation_does_not_move_the_day_of_the_decision(city: SmallCity) -> None:
    decided = city.initiatives["decided"]
    day = city.case("decided").decided_on
    assert day is not None
    with time_machine.travel(timezone.now() + dt.timedelta(days=90), tick=False):
        officer = city.people["handlaggare"]
        if decided.process.stage == Stage.APPROVED:
            services.start_implementation(decided, actor=officer)
        services.finish_implementation(decided, actor=officer)
    assert city.case("decided").decided_on == day
    assert city.case("decided").outcome == Outcome.IMPLEMENTED


def test_mail_that_could_not_be_sent_is_told_at_the_desk(
    city: SmallCity, settings: Any, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    with django_capture_on_commit_callbacks(execute=True):
        services.accept_scope(
            city.initiatives["registered"],
            actor=city.people["handlaggare"],
            ground=ScopeReason.CROSS,
        )
    notice = Notice.objects.get(step__transition="accept_scope", initiative__title__contains="väg")
    assert notice.state == NoticeState.FAILED
    assert notice.error
    client.force_login(city.people["handlaggare"])
    page = client.get(reverse("desk_case", args=[city.case("registered").pk]))
    assert "kunde inte skickas" in page.content.decode()
