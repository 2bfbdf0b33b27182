# SPDX-License-Identifier: EUPL-1.2
"""A walk through the process by people in random roles: only declared steps, only by mandate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from casework.initiatives.enums import ScopeReason
from casework.initiatives.models import Initiative
from casework.journal.models import Entry as JournalEntry
from casework.journal.audit import verify_chains
from casework.organisation.enums import Expertise, Role
from casework.organisation.models import Body, User
from casework.organisation.services import appoint
from casework.process import services
from casework.process.catalogue import TRANSITIONS
from casework.process.enums import FINAL_STAGES, Stage
from casework.process.graph import edges
from casework.process.models import GroupRound, Process, StageGuard, Step
from casework.register.models import Entry, NumberSeries
from tests.small_city import SmallCity

MANDATES: dict[str, set[str]] = {
    "submit": {"larare"},
    "withdraw": {"larare"},
    "return_to_originator": {"kontakt"},
    "complete_preparation": {"kontakt"},
    "send_in": {"kontakt"},
    "register": {"registrator"},
    "accept_scope": {"handlaggare"},
    "exclude_scope": {"handlaggare"},
    "hand_to_group": {"handlaggare"},
    "admit": {"ordforande", "ledamot"},
    "request_completion": {"ordforande", "ledamot"},
    "reject": {"ordforande", "ledamot"},
    "complete": {"handlaggare"},
    "rank": {"ordforande", "ledamot"},
    "hand_to_committee": {"slk"},
    "give_committee_opinion": {"utskottet"},
    "merge": {"slk"},
    "recommend": {"radet", "utskottet"},
    "approve": {"beslut"},
    "decline": {"beslut"},
    "start_implementation": {"handlaggare"},
    "finish_implementation": {"handlaggare"},
}
"""Who may what, written down a second time: the test's own oracle."""


EARLY_ENDS = FINAL_STAGES - {Stage.IMPLEMENTED}


def calls(city: SmallCity) -> dict[str, Callable[[Initiative, User], Any]]:
    today = timezone.localdate()
    council = {"occasion": "budget", "reference": "KF § 1", "decided_on": today}
    return {
        "submit": lambda i, u: services.submit(i, actor=u),
        "withdraw": lambda i, u: services.withdraw(i, actor=u, reason="Behövs inte längre."),
        "return_to_originator": lambda i, u: services.return_to_originator(
            i, actor=u, reason="Mer."
        ),
        "complete_preparation": lambda i, u: services.complete_preparation(i, actor=u),
        "send_in": lambda i, u: services.send_batch(i.administration, [i], actor=u),
        "register": lambda i, u: services.register(
            i,
            NumberSeries.objects.get(code="KS"),
            actor=u,
            title="Ärende",
            received_date=today,
            officer=city.people["handlaggare"],
        ),
        "accept_scope": lambda i, u: services.accept_scope(i, actor=u, ground=ScopeReason.CROSS),
        "exclude_scope": lambda i, u: services.exclude_scope(
            i, actor=u, ground=ScopeReason.LOCAL, reason="Lokalt."
        ),
        "hand_to_group": lambda i, u: services.hand_to_group(i, actor=u),
        "admit": lambda i, u: services.admit(i, actor=u),
        "request_completion": lambda i, u: services.request_completion(i, actor=u, reason="Mer."),
        "reject": lambda i, u: services.reject(i, actor=u, reason="Nej."),
        "complete": lambda i, u: services.complete(i, actor=u, reason="Klart."),
        "rank": lambda i, u: services.rank(i, actor=u),
        "hand_to_committee": lambda i, u: services.hand_to_committee(i, actor=u),
        "give_committee_opinion": lambda i, u: services.give_committee_opinion(
            i, actor=u, opinion="for", reason="Bra."
        ),
        "merge": lambda i, u: services.merge(i, actor=u),
        "recommend": lambda i, u: services.recommend(i, actor=u, opinion="for", reason="Bra."),
        "approve": lambda i, u: services.approve(i, actor=u, **council),
        "decline": lambda i, u: services.decline(i, actor=u, reason="Nej.", **council),
        "start_implementation": lambda i, u: services.start_implementation(i, actor=u),
        "finish_implementation": lambda i, u: services.finish_implementation(i, actor=u),
    }


@pytest.fixture
def everybody(city: SmallCity) -> SmallCity:
    """Also a committee member, and the chair of another area's group."""
    school = city.administrations[0]
    bodies = {body.slug: body for body in Body.objects.all()}
    for name, seats in {
        "utskottet": [
            (Role.COUNCIL_MEMBER, bodies["utvecklingsradet"]),
            (Role.COMMITTEE_MEMBER, bodies["e-tjansteutskottet"]),
        ],
        "annan": [(Role.GROUP_CHAIR, bodies["grupp-sociala"])],
    }.items():
        user = User.objects.create(username=name, administration=school)
        city.people[name] = user
        for role, body in seats:
            appoint(user, role, body, appointed_by="Stadsdirektören")
    return city


def machine_for(
    city: SmallCity, reached: set[str], *, eservice: bool
) -> type[RuleBasedStateMachine]:
    acts = calls(city)
    declared = {(name, source, target) for name, source, target in edges()}

    class Walk(RuleBasedStateMachine):
        """One initiative, many hands."""

        def __init__(self) -> None:
            super().__init__()
            self.savepoint = transaction.atomic()
            self.savepoint.__enter__()
            self.initiative = services.start_draft(
                city.people["larare"],
                {
                    "title": "Vandring",
                    "kind": "new",
                    "need": "Behov",
                    "benefits": {"users": ""},
                    "cost_tkr": 10,
                    "affected": city.administrations[:2],
                    "is_eservice": eservice,
                },
            )
            self.process: Process = self.initiative.process
            self.trail: list[tuple[str, str, str]] = []

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

        @rule(name=st.sampled_from(sorted(MANDATES)), who=st.sampled_from(sorted(city.people)))
        def attempt(self, name: str, who: str) -> None:
            self.take(name, who)

        @rule(pick=st.integers(0, 9), who=st.integers(0, 3))
        def go_on(self, pick: int, who: int) -> None:
            """A step that leads on from here by somebody who may, so that walks go far."""
            self.prepare()
            if self.process.stage in {Stage.RANKED, Stage.COMMITTEE_DONE}:
                self.everybody_is_done()
            open_names = sorted(
                name
                for name, source, target in declared
                if source == self.process.stage and target not in EARLY_ENDS
            )
            if open_names:
                name = open_names[pick % len(open_names)]
                people = sorted(MANDATES[name])
                self.take(name, people[who % len(people)])

        @rule()
        def prepare(self) -> None:
            actor = {Stage.WITH_LIAISON: "kontakt", Stage.REGISTERED: "handlaggare"}.get(
                Stage(self.process.stage)
            )
            if actor:
                services.save_preparation(
                    self.initiative,
                    {"service_area": city.area, "goal": "Mål", "effect": "Effekt"},
                    actor=city.people[actor],
                )

        @rule()
        def everybody_is_done(self) -> None:
            """What the merge waits for: all groups and both expertises (R24, R34)."""
            if self.process.cycle:
                GroupRound.objects.filter(cycle=self.process.cycle).update(done_at=timezone.now())
                for who, kind in (("ordforande", Expertise.BUSINESS), ("ledamot", Expertise.IT)):
                    services.note_participation(
                        self.process.cycle, city.people[who], kind, actor=city.people["slk"]
                    )

        def take(self, name: str, who: str) -> None:
            user = User.objects.get(username=who)
            before, count = self.process.stage, Step.objects.filter(process=self.process).count()
            try:
                with transaction.atomic():
                    acts[name](self.initiative, user)
            except (PermissionDenied, ValidationError):
                self.reread()
                assert self.process.stage == before
                assert Step.objects.filter(process=self.process).count() == count
                return
            self.reread()
            assert (name, before, self.process.stage) in declared
            assert who in MANDATES[name]
            step = Step.objects.filter(process=self.process).latest("pk")
            assert (step.transition, step.from_stage, step.to_stage) == (
                name,
                before,
                self.process.stage,
            )
            assert step.actor == user
            assert step.mandate
            entry = JournalEntry.objects.filter(action=f"process.{name}").latest("pk")
            assert entry.actor == user
            assert entry.after["stage"] == self.process.stage
            self.trail.append((name, before, self.process.stage))
            reached.add(self.process.stage)

        def reread(self) -> None:
            self.process = Process.objects.get(pk=self.process.pk)
            self.initiative = self.process.initiative

        @invariant()
        def every_step_is_kept(self) -> None:
            steps = Step.objects.filter(process=self.process)
            assert [(s.transition, s.from_stage, s.to_stage) for s in steps] == self.trail

        @invariant()
        def a_number_comes_with_registration_and_stays(self) -> None:
            registered = any(name == "register" for name, _from, _to in self.trail)
            assert (self.initiative.case is not None) == registered

        @invariant()
        def no_number_is_given_twice(self) -> None:
            numbers = list(Entry.objects.values_list("series", "year", "serial", "record_number"))
            assert len(numbers) == len(set(numbers))

        @invariant()
        def nothing_leads_on_from_an_end(self) -> None:
            for _name, source, _target in self.trail:
                assert source not in FINAL_STAGES

    return Walk


@pytest.mark.parametrize("eservice", [False, True])
def test_no_walk_takes_an_undeclared_step_or_one_without_mandate(
    everybody: SmallCity, eservice: bool
) -> None:
    reached: set[str] = set()
    run_state_machine_as_test(
        machine_for(everybody, reached, eservice=eservice),
        settings=settings(max_examples=30, stateful_step_count=60),
    )
    far = {Stage.COMPLETION, Stage.RANKED, Stage.CITY_PROPOSAL, Stage.IMPLEMENTED}
    assert far <= reached, f"the walks are too short: {sorted(reached)}"
    assert list(verify_chains()) == []


def test_the_catalogue_and_the_machine_name_the_same_transitions() -> None:
    methods = {
        name
        for name in vars(Process)
        if hasattr(getattr(Process, name, None), "_django_fsm") and not name.startswith("_")
    }
    assert methods == set(TRANSITIONS) == set(MANDATES)


def test_the_stage_can_not_be_written_beside_the_machine(city: SmallCity) -> None:
    process = city.initiatives["draft"].process
    with pytest.raises(AttributeError):
        process.stage = Stage.APPROVED
    with pytest.raises(StageGuard):
        Process.objects.filter(pk=process.pk).update(stage=Stage.APPROVED)
    with pytest.raises(StageGuard):
        Process(initiative=process.initiative, stage=Stage.APPROVED)
    with pytest.raises(StageGuard):
        Process.objects.bulk_update([process], ["stage"])
    process.refresh_from_db()
    assert process.stage == Stage.DRAFT
