# SPDX-License-Identifier: EUPL-1.2
"""The way through the model, where the rules bite."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.initiatives.enums import ScopeReason
from casework.meetings.models import Decision
from casework.organisation.enums import Role
from casework.organisation.models import Appointment, Authority, User
from casework.organisation.selectors import forget_appointments
from casework.organisation.services import appoint, end_appointment
from casework.planning.enums import Occasion
from casework.planning.models import Round
from casework.process import services
from casework.process.enums import Stage, Standing
from casework.process.line import whereabouts_of
from casework.process.mandates import people, words
from casework.process.models import Step
from casework.process.selectors import history_of, waiting_for
from casework.process.services import Act, ImpossibleTransition
from casework.process.specs import Mandate
from casework.register.enums import Outcome, RecordKind
from casework.register.models import Record
from casework.register.services import assign_officer, grant_access, mark_secret
from tests import small_city as small
from tests.small_city import SmallCity


def test_submitting_with_gaps_names_every_missing_answer(city: SmallCity) -> None:
    initiative = services.start_draft(
        actor=city.people["larare"], answers={"title": "Bara en rubrik"}
    )
    with pytest.raises(ValidationError) as caught:
        services.submit(initiative=initiative, actor=city.people["larare"])
    assert set(caught.value.message_dict) == {"kind", "need", "benefits", "cost_tkr", "affected"}


def test_a_second_click_says_what_holds_now(city: SmallCity) -> None:
    draft = city.initiatives["draft"]
    services.submit(initiative=draft, actor=city.people["larare"])
    with pytest.raises(ImpossibleTransition, match="Hos kontaktpersonen"):
        services.submit(initiative=draft, actor=city.people["larare"])


def test_a_sent_initiative_is_no_longer_the_originators_to_change(city: SmallCity) -> None:
    draft = city.initiatives["draft"]
    services.submit(initiative=draft, actor=city.people["larare"])
    with pytest.raises(ImpossibleTransition):
        services.save_draft(
            initiative=draft, answers={"title": "Annat"}, actor=city.people["larare"]
        )


def test_r27_returning_needs_a_reason(city: SmallCity) -> None:
    draft = city.initiatives["draft"]
    services.submit(initiative=draft, actor=city.people["larare"])
    with pytest.raises(ValidationError) as caught:
        services.return_to_originator(initiative=draft, actor=city.people["kontakt"], reason=" ")
    assert "reason" in caught.value.message_dict


def test_r4_out_of_scope_is_an_outcome_with_a_reason_and_leaves_the_case_open(
    city: SmallCity,
) -> None:
    initiative = city.initiatives["registered"]
    services.exclude_scope(
        initiative=initiative,
        actor=city.people["handlaggare"],
        ground=ScopeReason.LOCAL,
        reason="Ett lokalt initiativ utan samordningsvinster.",
    )
    case = city.case("registered")
    assert case.outcome == Outcome.OUT_OF_SCOPE
    assert case.closed_at is None  # a person closes it
    initiative.process.refresh_from_db()
    assert initiative.process.live_candidacy is None


def test_r4_another_person_reconsiders_once_and_it_goes_on(city: SmallCity) -> None:
    initiative, office = city.initiatives["registered"], city.people["slk"]
    services.exclude_scope(
        initiative=initiative, actor=city.people["handlaggare"], ground=ScopeReason.LOCAL,
        reason="Lokalt.",
    )  # fmt: skip
    step = services.reconsider_scope(
        initiative=initiative, actor=office, ground=ScopeReason.CROSS,
        reason="Två förvaltningar berörs.",
    )  # fmt: skip
    assert (step.from_stage, step.to_stage) == (Stage.OUT_OF_SCOPE, Stage.IN_PREPARATION)
    case = city.case("registered")
    assert (case.outcome, case.decided_on) == ("", None)
    initiative.process.refresh_from_db()
    candidacy = initiative.process.live_candidacy
    assert candidacy is not None
    assert candidacy.round == city.round
    services.exclude_scope(
        initiative=initiative, actor=city.people["handlaggare"], ground=ScopeReason.LOCAL,
        reason="Ändå lokalt.",
    )  # fmt: skip
    with pytest.raises(services.ImpossibleTransition, match="redan omprövat"):
        services.uphold_scope(initiative=initiative, actor=office, reason="Nej.")


def test_what_has_ended_waits_for_nobody_though_it_can_be_reconsidered(city: SmallCity) -> None:
    initiative, office = city.initiatives["registered"], city.people["slk"]
    services.exclude_scope(
        initiative=initiative, actor=city.people["handlaggare"], ground=ScopeReason.LOCAL,
        reason="Lokalt.",
    )  # fmt: skip
    assert initiative not in [row.process.initiative for row in waiting_for(office)]
    assert whereabouts_of(initiative.process).next_label == ""


def test_r4_nobody_reconsiders_their_own_decision(city: SmallCity) -> None:
    office = city.people["slk"]
    appoint(user=office, role=Role.OFFICER, scope=Authority.objects.get(code="KS"), actor=None)
    forget_appointments(office)
    initiative = small.registered(city, "Utan handläggare")
    case = initiative.case
    assert case is not None
    assign_officer(case=case, officer=office, actor=city.people["registrator"])
    services.exclude_scope(
        initiative=initiative, actor=office, ground=ScopeReason.LOCAL, reason="Lokalt."
    )
    with pytest.raises(PermissionDenied, match="någon annan"):
        services.uphold_scope(initiative=initiative, actor=office, reason="Jag hade rätt.")


def test_r54_what_came_in_is_record_one_and_no_later_writing_changes_it(city: SmallCity) -> None:
    initiative = city.initiatives["registered"]
    case = city.case("registered")
    records = list(Record.objects.filter(case=case).order_by("entry__record_number"))
    assert [row.kind for row in records] == [
        RecordKind.INITIATIVE,
        RecordKind.BATCH,
        RecordKind.RECEIPT,
    ]
    file = records[0].files.get()
    before = file.file.read()
    assert "Vilket behov finns?" in before.decode()
    services.save_preparation(
        initiative=initiative,
        answers={"need": "Något helt annat."},
        actor=city.people["handlaggare"],
    )
    file.refresh_from_db()
    with file.file.open("rb") as again:
        assert again.read() == before
    originators = initiative.answer_sets.filter(part="originator").order_by("revision").last()
    assert originators is not None
    assert "ringer vårdnadshavare" in originators.answers["need"]


def test_r53_registration_joins_the_round_that_is_open_for_its_day(city: SmallCity) -> None:
    candidacy = city.initiatives["registered"].process.candidacy
    assert candidacy is not None
    assert candidacy.round == city.round
    assert candidacy.stage == Standing.ENTERED


def test_r53_without_an_open_round_it_waits_and_the_next_picks_it_up(city: SmallCity) -> None:
    Round.objects.filter(pk=city.round.pk).update(
        ideas_until=timezone.localdate() - dt.timedelta(days=1)
    )
    initiative = small.registered(city, "Kom för sent")
    assert initiative.process.candidacy is None
    here = whereabouts_of(initiative.process)
    assert here.waits_for_round
    supplement = Round.objects.get(cycle=city.cycle, occasion=Occasion.T1)
    assert services.open_round(round=supplement, actor=city.people["slk"]) >= 1
    initiative.process.refresh_from_db()
    assert initiative.process.candidacy is not None
    assert initiative.process.candidacy.round == supplement


def test_r65_before_the_group_takes_over_there_is_a_remiss_or_a_reason(city: SmallCity) -> None:
    initiative = city.initiatives["registered"]
    officer = city.people["handlaggare"]
    services.accept_scope(initiative=initiative, actor=officer, ground=ScopeReason.CROSS)
    with pytest.raises(ImpossibleTransition, match="Remittera initiativet"):
        services.hand_to_group(initiative=initiative, actor=officer)


def test_r32_the_contact_person_answers_and_it_returns_to_step_one(city: SmallCity) -> None:
    initiative = city.initiatives["completion"]
    assert {w.process.pk for w in waiting_for(city.people["kontakt"])} >= {initiative.process.pk}
    services.complete(
        initiative=initiative, actor=city.people["kontakt"], reason="Svaret finns nu."
    )
    assert initiative.process.live_candidacy is not None
    assert initiative.process.live_candidacy.stage == Standing.WITH_GROUP


def test_r32_a_completion_after_the_list_was_fixed_is_never_lost(city: SmallCity) -> None:
    """The chair opens the list again, or the group lets it stand in a later round."""
    initiative = city.initiatives["completion"]  # its area's list is fixed already
    services.complete(initiative=initiative, actor=city.people["kontakt"], reason="Svar.")
    with pytest.raises(ImpossibleTransition, match="Ordföranden kan öppna den igen"):
        services.admit(
            initiative=initiative,
            actor=city.people["ordforande"],
            act=city.act("grupp-pedagogiska"),
        )
    later = Round.objects.get(cycle=city.cycle, occasion=Occasion.T1)
    later_days = {
        name: getattr(city.round, name) + dt.timedelta(days=200)
        for name in ("opens_on", "ideas_until", "groups_until", "council_on", "decision_on")
    }
    Round.objects.filter(pk=later.pk).update(**later_days)
    services.defer(
        initiative=initiative,
        actor=city.people["ordforande"],
        act=city.act("grupp-pedagogiska"),
        reason="Listan är fastställd. Initiativet följer med till tertialrapporten.",
        target=later,
    )
    process = initiative.process
    process.refresh_from_db()
    assert process.stage == Stage.IN_PREPARATION
    assert process.candidacy is not None
    assert process.candidacy.round == later
    assert [row.stage for row in history_of(process)] == [Standing.ENTERED, Standing.DEFERRED]
    assert process.candidacy.predecessor is not None
    assert process.candidacy.predecessor.target == later


def test_a_deferral_leads_to_a_round_that_decides_later(city: SmallCity) -> None:
    initiative = small.with_group(city, "Skjuts upp")
    with pytest.raises(ValidationError) as caught:
        services.defer(
            initiative=initiative,
            actor=city.people["ordforande"],
            act=city.act("grupp-pedagogiska"),
            reason="Senare.",
            target=city.round,
        )
    assert "target" in caught.value.message_dict


def test_every_decision_of_a_body_hangs_on_its_meeting(city: SmallCity) -> None:
    step = Step.objects.get(initiative=city.initiatives["rejected"], transition="reject")
    assert step.decision is not None
    assert step.decision.meeting is not None
    assert step.body == city.bodies["grupp-pedagogiska"]
    assert step.decision.paragraph
    bodies = Step.objects.exclude(decision=None).count()
    assert bodies == Decision.objects.exclude(steps=None).count()


def test_a_group_decides_in_a_meeting_or_by_delegation_with_its_reference(
    city: SmallCity,
) -> None:
    initiative = small.with_group(city, "Utan möte")
    reason = "Finns redan."
    with pytest.raises(ValidationError, match="på vilket möte"):
        services.reject(initiative=initiative, actor=city.people["ordforande"], reason=reason)
    with pytest.raises(PermissionDenied, match="ordföranden"):
        services.reject(
            initiative=initiative,
            actor=city.people["ledamot"],
            reason=reason,
            act=Act(delegation="D 3.2"),
        )
    services.reject(
        initiative=initiative,
        actor=city.people["ordforande"],
        reason=reason,
        act=Act(delegation="D 3.2"),
    )
    step = Step.objects.filter(initiative=initiative).latest("pk")
    assert step.decision is not None
    assert step.decision.delegation == "D 3.2"


def test_a_decision_is_not_dated_before_the_step_before_it(city: SmallCity) -> None:
    """B5: the day of a decision is bounded by what it builds on."""
    initiative = small.with_group(city, "Förr i tiden")
    with pytest.raises(ValidationError, match="före den"):
        services.reject(
            initiative=initiative,
            actor=city.people["ordforande"],
            reason="Nej.",
            act=Act(delegation="D 3.2", day=dt.date(1999, 1, 1)),
        )


def test_an_ended_appointment_carries_no_mandate(city: SmallCity) -> None:
    initiative = small.with_group(city, "Utan mandat")
    seat = Appointment.objects.get(user=city.people["ordforande"], role=Role.GROUP_CHAIR)
    end_appointment(
        appointment=seat,
        on=timezone.localdate() - dt.timedelta(days=1),
        actor=city.people["admin"],
    )
    with pytest.raises(PermissionDenied, match="tjänsteområdesgruppen"):
        services.admit(
            initiative=initiative,
            actor=User.objects.get(username="ordforande"),
            act=city.act("grupp-pedagogiska"),
        )


def test_r16_a_body_that_has_ceased_decides_nothing(city: SmallCity) -> None:
    initiative = small.with_group(city, "Organet är borta")
    group = city.bodies["grupp-pedagogiska"]
    type(group).objects.filter(pk=group.pk).update(
        valid_until=timezone.localdate() - dt.timedelta(days=1)
    )
    with pytest.raises((PermissionDenied, ValidationError)):
        services.admit(
            initiative=initiative,
            actor=User.objects.get(username="ordforande"),
            act=Act(delegation="D 3.2"),
        )


def test_r47_who_may_decide_is_said_by_name(city: SmallCity) -> None:
    process = city.initiatives["completion"].process
    assert words(process, Mandate.GROUP) == ("tjänsteområdesgruppen för det pedagogiska området")
    names = {user.username for user in people(process, Mandate.GROUP)}
    assert names == {"ordforande", "ledamot"}


def test_a_mandate_over_a_case_one_may_not_see_is_none(city: SmallCity) -> None:
    initiative = small.with_group(city, "Hemligt i gruppen")
    assert initiative.case is not None
    mark_secret(
        case=initiative.case, provision="OSL 18:8", actor=city.people["registrator"], reason=""
    )
    with pytest.raises(PermissionDenied):
        services.reject(
            initiative=initiative,
            actor=User.objects.get(username="ordforande"),
            act=city.act("grupp-pedagogiska"),
            reason="Finns redan.",
        )
    grant_access(
        case=initiative.case,
        body=city.bodies["grupp-pedagogiska"],
        reason="Gruppen bedömer ärendet.",
        actor=city.people["registrator"],
    )
    services.reject(
        initiative=initiative,
        actor=User.objects.get(username="ordforande"),
        act=city.act("grupp-pedagogiska"),
        reason="Finns redan.",
    )


def test_r28_a_batch_is_sent_whole_or_not_at_all(city: SmallCity) -> None:
    draft = city.initiatives["draft"]
    services.submit(initiative=draft, actor=city.people["larare"])
    with pytest.raises(ImpossibleTransition):
        services.send_batch(
            administration=draft.administration, chosen=[draft], actor=city.people["kontakt"]
        )
    draft.refresh_from_db()
    assert draft.batch is None
    assert not draft.batches.exists()
