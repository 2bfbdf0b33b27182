# SPDX-License-Identifier: EUPL-1.2
"""The demo city shows everything at once, and telling it again changes nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.assessment.models import Assessment
from casework.assessment.selectors import opened_scores
from casework.consultation.enums import AnswerState, ConsultationState
from casework.consultation.models import Consultation, Consultee, ExpertRequest
from casework.consultation.permissions import may_consult
from casework.consultation.services import state_no_consultation
from casework.disclosure.enums import DisclosureOutcome
from casework.disclosure.models import DisclosureRequest
from casework.feedback.models import Notice, NoticeState
from casework.follow_up.selectors import letters_held
from casework.inbox.audit import inbox_faults
from casework.inbox.enums import ItemKind, Nature
from casework.inbox.models import InboxItem
from casework.inbox.suggestions import asked_for, number_asked_for, suggested_cases
from casework.initiatives.models import Initiative
from casework.initiatives.selectors import bases_of
from casework.meetings.models import Dissent, Meeting
from casework.organisation.models import Body, User
from casework.organisation.selectors import committee_is_complete
from casework.planning.models import Frame, Round
from casework.prioritisation.enums import ListKind, ListState
from casework.prioritisation.models import ListItem, OrderedList
from casework.prioritisation.selectors import mergeable
from casework.prioritisation.suggestions import common_order
from casework.process.enums import Light, Stage, Standing
from casework.process.models import Candidacy, Process, Programme, Step
from casework.process.progress import carried_out
from casework.register.enums import DEPENDENCIES, RecordKind
from casework.register.models import (
    Amendment,
    Case,
    EarlierDecision,
    Record,
)
from casework.register.selectors import case_meant, dependencies_of
from docgen import pdf
from docgen.models import Report
from docgen.permissions import may_write_report
from docgen.services import building, create_report, render
from docgen.services.reports import refresh_facts
from tests.docgen.rendering import verapdf_faults
from ui.public_diary import public_cases

pytestmark = pytest.mark.any_database


@pytest.fixture(scope="module")
def _told(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            call_command("seed_demo", stdout=StringIO())
            yield
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def _story(_told: None, db: None) -> None:
    """The demo city, told once for all."""


def test_every_stage_of_both_machines_is_there() -> None:
    assert set(Process.objects.values_list("stage", flat=True)) == set(Stage.values)
    assert set(Candidacy.objects.values_list("stage", flat=True)) == set(Standing.values)


def test_several_rounds_run_at_once_and_the_next_year_is_planned() -> None:
    states = {row.slug: row.state for row in Round.objects.select_related("cycle")}
    assert states["2026-budget"] == states["2026-t1"] == "closed"
    assert states["2027-budget"] == states["2026-t2"] == states["2028-budget"] == "open"
    assert states["2029-budget"] == "planned"


def test_what_a_year_can_bring_has_happened() -> None:
    deferred = Candidacy.objects.get(predecessor__round__cycle__budget_year=2027)
    assert str(deferred.round) == "Budget 2028"
    part = Candidacy.objects.get(stage=Standing.PARTLY_FUNDED, round__occasion="t1")
    assert part.initiative.candidacies.count() == 2  # a supplement to what had money
    assert OrderedList.objects.filter(kind="area", state=ListState.REPLACED).exists()  # reopened
    assert Step.objects.filter(transition="reopen_list").exists()
    late = Candidacy.objects.get(initiative__title="Ansökan om förskoleplats på flera språk")
    assert late.stage == Standing.FUNDED  # completed after the list was fixed, and let in
    proposal, council = (
        list(
            OrderedList.objects.get(round=part_of("2027-budget"), kind=kind, state="fixed")
            .items.order_by("place")
            .values_list("candidacy", flat=True)
        )
        for kind in ("city", "council")
    )
    assert sorted(proposal) == sorted(council)
    assert proposal != council  # the council changed the order


def part_of(slug: str) -> Round:
    """The round with that address."""
    return Round.objects.by_slug(slug).get()


def test_meetings_are_held_and_minuted_and_members_dissent() -> None:
    assert Meeting.objects.filter(state="closed", approved_on__isnull=False).count() > 20
    assert Meeting.objects.filter(state="planned", agenda__isnull=False).exists()
    own = Dissent.objects.filter(decision__is_historic=False)
    assert set(own.values_list("kind", flat=True)) == {"reservation", "statement"}
    committee = Body.objects.get(slug="e-tjansteutskottet")
    assert committee_is_complete(committee, timezone.localdate())


def test_experts_and_remisser_answer() -> None:
    assert ExpertRequest.objects.filter(answered_at__isnull=False).count() > 20
    assert ExpertRequest.objects.filter(answered_at=None).exists()
    positions = set(Consultee.objects.exclude(position="").values_list("position", flat=True))
    assert positions == {"supports", "supports_with_changes", "rejects", "no_opinion"}
    assert Consultee.objects.filter(state="waiting").exists()


def test_7_remisser_and_orders_have_met_every_end() -> None:
    """Issue 7: the demo city has mass on every page."""
    states = set(Consultation.objects.values_list("state", flat=True))
    assert states == set(ConsultationState.values)
    ends = set(Consultee.objects.values_list("state", flat=True))
    assert ends == set(AnswerState.values)
    assert Consultee.objects.filter(extended_until__isnull=False).exists()
    orders = DisclosureRequest.objects.all()
    assert set(orders.values_list("outcome", flat=True)) == {*DisclosureOutcome.values, ""}
    assert orders.filter(decision_wanted_at__isnull=False, decision_number="").exists()
    assert orders.exclude(decision_number="").exists()


def test_7_letters_wait_are_answered_corrected_merged_and_voided() -> None:
    letters = Case.objects.exclude(case_type="initiative")
    # What nobody has taken waits with the unit of whoever registered it.
    people = User.objects.filter(username__in=["handlaggare", "registrator"])
    waiting = {held.case for person in people for held in letters_held(person, [], most=99)}
    assert len(waiting) >= 5
    assert letters.filter(officer=None, closed_at=None, voided_at=None).exists()
    assert letters.filter(outcome="answered").count() >= 6
    assert letters.exclude(merged_into=None).exists()
    assert letters.exclude(voided_at=None).exists()
    assert Amendment.objects.filter(entry__case__in=letters, kind="correction").exists()
    assert letters.exclude(secrecy_provision="").exists()
    assert {"letter", "motion", "consultation"} <= set(
        public_cases().values_list("case_type", flat=True)
    )


def test_7_reports_are_written_finished_and_read_by_everybody(client: Client) -> None:
    assert Report.objects.count() >= 10
    finished = Record.objects.filter(kind=RecordKind.REPORT)
    assert finished.count() >= 6
    shown = [pk for record in Record.objects.all() for pk in record.public_files]
    assert len(shown) >= 10
    for pk in shown[:3]:
        assert client.get(reverse("public_file", args=[pk])).status_code == 200
    assert EarlierDecision.objects.count() >= 20


def test_7_lists_have_reasons_and_meetings_an_agenda() -> None:
    ordered = OrderedList.objects.filter(kind="area", state=ListState.DRAFT)
    assert any(row.items.exclude(reason="").count() >= 3 for row in ordered)
    for slug in ("utvecklingsradet", "kommunfullmaktige", "e-tjansteutskottet"):
        held = Meeting.objects.filter(body__slug=slug, state="closed")
        assert held.filter(agenda__isnull=False).exists(), slug


def test_a_secret_one_is_open_to_the_group_and_hidden_from_others() -> None:
    case = Initiative.objects.get(title="Skyddade uppgifter i redovisningen").case
    assert case is not None
    seen_by = {
        name: Case.objects.visible_to(User.objects.get(username=name)).filter(pk=case.pk).exists()
        for name in ("ordforande-sociala", "ledamot-sociala", "slk", "ordforande-tekniska")
    }
    assert seen_by == {
        "ordforande-sociala": True,
        "ledamot-sociala": True,
        "slk": False,
        "ordforande-tekniska": False,
    }
    assert not public_cases().filter(case=case).exists()


def test_numbers_follow_the_days() -> None:
    steps = Step.objects.filter(transition="register")
    order = steps.order_by("initiative__case__year", "initiative__case__serial")
    registered = list(order.values_list("at", flat=True))
    assert registered == sorted(registered)
    assert registered[-1].date() < dt.date(2026, 11, 25)


def test_8_every_area_of_the_round_under_way_has_mass() -> None:
    """Issue 8: areas with 8–20 initiatives, with what makes them comparable, and some gaps."""
    rows = Candidacy.objects.filter(round=part_of("2028-budget")).select_related("initiative")
    areas = Counter(row.initiative.service_area_id for row in rows)
    assert len(areas) == 5
    assert all(8 <= count <= 20 for count in areas.values()), areas
    bases = bases_of(row.initiative for row in rows)
    for has in ("plan", "benefits"):
        share = sum(bool(getattr(basis, has)) for basis in bases) / len(bases)
        assert 0.7 < share < 1, has
    assert all("goals" in basis.words and "risk" in basis.words for basis in bases if basis.plan)
    office = User.objects.get(username="slk")
    cases = [row.initiative.case_id for row in rows if row.initiative.case_id]
    links = dependencies_of(office, cases)
    assert {link.kind for found in links.values() for link in found} == set(DEPENDENCIES)


def test_8_one_area_has_opened_its_scores_and_one_is_sealed() -> None:
    under_way = Assessment.objects.filter(area__round=part_of("2028-budget"))
    opened, sealed = under_way.exclude(opened_at=None), under_way.filter(opened_at=None)
    assert opened.count() == sealed.count() == 1
    reader = User.objects.get(username="ledamot-pedagogiska")
    assert opened_scores(opened[0].area, reader).count() > 100
    assert not opened_scores(sealed[0].area, User.objects.get(username="ledamot-sociala")).exists()


@pytest.mark.parametrize("slug", ["2026-budget", "2027-budget"])
def test_8_a_cycle_that_is_over_keeps_what_the_groups_scored_and_where_they_parted(
    slug: str,
) -> None:
    round_ = part_of(slug)
    opened = Assessment.objects.filter(area__round=round_).exclude(opened_at=None)
    assert opened.values("area").distinct().count() == 5
    fixed = ListItem.objects.filter(
        list__round=round_, list__kind=ListKind.AREA, list__state=ListState.FIXED
    )
    suggested = fixed.exclude(suggested_place=None)
    assert suggested.count() > 0.7 * fixed.count()
    assert suggested.exclude(suggested_place=F("place")).exclude(reason="").exists()
    scores = common_order(round_, [row.candidacy_id for row in fixed])
    assert any(row.score is not None for row in scores)


def test_8_what_is_carried_out_is_reported_and_one_report_is_late() -> None:
    office = User.objects.get(username="slk")
    with time_machine.travel(dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC), tick=False):
        rows = carried_out(office)
        assert sum(row.newest is not None for row in rows) >= 4
        assert any(row.is_late for row in rows)
        lights = {row.newest.light for row in rows if row.newest}
        assert lights == set(Light.values)
    assert Programme.objects.count() == 2


def test_8_the_budget_line_has_a_list_of_three_areas_and_frames_for_all() -> None:
    assert len(mergeable(part_of("2028-budget"))) >= 18
    kinds = set(Frame.objects.filter(round=part_of("2028-budget")).values_list("kind", "year"))
    assert {("total", 1), ("total", 2), ("total", 3), ("running", 2)} <= kinds
    assert Frame.objects.filter(service_area__isnull=False).count() == 15


def test_telling_it_again_changes_nothing() -> None:
    before = (Initiative.objects.count(), Step.objects.count(), User.objects.count())
    call_command("seed_demo", stdout=StringIO())
    assert (Initiative.objects.count(), Step.objects.count(), User.objects.count()) == before
    assert not Notice.objects.exclude(state=NoticeState.SENT).exists()


def test_every_page_of_every_initiative_answers(client: Client) -> None:
    for row in public_cases():
        assert client.get(f"/arende/{row.slug}/").status_code == 200, row.slug
    for initiative in Initiative.objects.select_related("originator"):
        client.force_login(initiative.originator)
        assert client.get(f"/initiativ/{initiative.pk}/").status_code == 200, initiative.title


def test_the_clock_is_the_worlds_again() -> None:
    assert abs(timezone.now() - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)


@pytest.mark.service("libreoffice", "verapdf")
@pytest.mark.slow
def test_every_demo_report_is_a_pdf_to_keep_and_to_hear_read(tmp_path: Path) -> None:
    """Issue 7: the founding case's, and drafts begun from initiatives of all ends and stages."""
    officer = User.objects.get(username="handlaggare")
    made = {}
    for report in Report.objects.select_related("case"):
        made[report.case.dnr] = render(report)
    for stage in Stage.values:
        initiative = Initiative.objects.filter(
            process__stage=stage, case__isnull=False, case__secrecy_provision=""
        ).first()
        case = initiative.case if initiative else None
        if case is None or not may_write_report(officer, case):
            continue
        report = create_report(case=case, actor=officer)
        content = building.content_of(report.get_latest_revision_as_object())
        if content.consultation is None:
            if not may_consult(officer, case):
                continue
            state_no_consultation(case=case, reason="Alla har deltagit.", actor=officer)
            refresh_facts(report=report, actor=officer)
        made[case.dnr] = render(report)
    assert len(made) >= 4
    files = []
    for number, outcome in enumerate(pdf.to_pdfs(list(made.values()))):
        assert isinstance(outcome, bytes), outcome
        files.append(tmp_path / f"{number}.pdf")
        files[-1].write_bytes(outcome)
    assert verapdf_faults(files) == []


def test_9_the_inbox_holds_one_of_each() -> None:
    items = InboxItem.objects.all()
    assert items.waiting().count() >= 5
    assert set(items.values_list("kind", flat=True)) == {ItemKind.MAIL, ItemKind.SCAN}
    assert {Nature.BOUNCE, Nature.AUTO_REPLY, Nature.MASS, Nature.MACHINE} <= set(
        items.values_list("nature", flat=True)
    )
    assert items.filter(copies__isnull=False).exists()
    registrar = User.objects.get(username="registrator")
    found = [x for item in items.waiting() for x in suggested_cases(registrar, item)]
    assert {x.is_known_sender for x in found} == {True, False}
    assert list(inbox_faults()) == []


def test_9_a_mail_in_the_inbox_asks_for_records() -> None:
    """The way out that makes an order of it can be tried."""
    mail = InboxItem.objects.waiting().get(title__startswith="Begäran om handlingar")
    registrar = User.objects.get(username="registrator")
    case = case_meant(registrar, number_asked_for(mail))
    assert case is not None
    assert [x.case for x in suggested_cases(registrar, mail)] == [case]
    assert Record.objects.filter(case=case).count() >= 2  # something to hand out
    wanted = asked_for(mail)
    assert "anmälan" in wanted
    assert "redaktion" not in wanted.casefold()  # who asks is nothing that an order keeps
