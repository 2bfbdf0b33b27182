# SPDX-License-Identifier: EUPL-1.2
"""A walk through both machines, over several rounds, by people in random roles.

Only declared steps, only by mandate, each journalled, each body's decision by a body that exists;
and no dead end: from every state that is reached some named person can move it on or end it.
"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from casework.consultation.selectors import is_settled
from casework.consultation.services import state_no_consultation
from casework.journal.audit import verify_chains
from casework.journal.models import JournalEntry
from casework.organisation.models import User
from casework.planning.models import Round, RoundArea
from casework.process import services
from casework.process.enums import FINAL_STAGES, Stage, Standing
from casework.process.graph import edges
from casework.process.machine import StageGuard, ways_of
from casework.process.mandates import open_transitions
from casework.process.models import Candidacy, Process, Step
from casework.process.transitions import forward_from, spec_of, ways
from casework.register.models import DiaryEntry
from tests import small_city as small
from tests.casework.oracle import ENDS_EARLY, MANDATES, calls
from tests.small_city import SmallCity


@pytest.fixture
def everybody(city: SmallCity) -> SmallCity:
    """Also a committee of five, another area's chair, and an empty list to begin with."""
    small.seat_committee(city)
    small.person(city, "annan")
    RoundArea.objects.filter(round=city.round).update(fixed_at=None, fixed_by=None)
    for initiative in (city.initiatives["completion"], city.initiatives["registered"]):
        services.withdraw(initiative=initiative, actor=city.people["larare"], reason="Undan.")
    return city


def machine_for(
    city: SmallCity, reached: set[str], rounds: set[int], *, eservice: bool
) -> type[RuleBasedStateMachine]:
    """The walk of one initiative."""
    acts = calls(city)
    alive: set[tuple[str, str]] = set()
    declared = {
        (edge.name, edge.source, edge.target)
        for model in (Process, Candidacy)
        for edge in edges(model)
    }

    class Walk(RuleBasedStateMachine):
        """One initiative, many hands, several rounds."""

        def __init__(self) -> None:
            super().__init__()
            self.savepoint = transaction.atomic()
            self.savepoint.__enter__()
            self.initiative = services.start_draft(
                actor=city.people["larare"],
                answers={
                    **small.answers(city, "Vandring", eservice=eservice),
                    "cost_tkr": 10,
                },
            )
            self.trail: list[tuple[str, str, str]] = []
            self.reread()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

        @rule(name=st.sampled_from(sorted(MANDATES)), who=st.sampled_from(sorted(city.people)))
        def attempt(self, name: str, who: str) -> None:
            self.take(name, who)

        @rule(pick=st.integers(0, 9), who=st.integers(0, 4))
        def go_on(self, pick: int, who: int) -> None:
            """A step that leads on from here by somebody who may, so that walks go far."""
            self.smooth()
            names = [
                name
                for name in self.leading_on()
                if name not in ENDS_EARLY and name in self.possible()
            ]
            ahead = forward_from(self.process)
            if ahead in names and pick % 3:
                names = [ahead]
            else:  # where no walk has been, if it leads there
                new = {name for name, _from, to in declared if to not in reached}
                names = [name for name in names if name in new] or names
            if names:
                name = names[(pick // 3) % len(names)]
                people = sorted(MANDATES[name])
                self.take(name, people[who % len(people)])

        @rule()
        def open_another_round(self) -> None:
            """A planned round opens and takes in what waits (R53)."""
            planned = Round.objects.filter(state="planned").first()
            if planned and self.process.live_candidacy is None:
                services.open_round(round=planned, actor=city.people["slk"])
                self.reread()

        def smooth(self) -> None:
            """What the ways wait for: answers, a remiss or its reason, experts, the other areas."""
            actor = {Stage.WITH_LIAISON: "kontakt", Stage.REGISTERED: "handlaggare"}.get(
                Stage(self.process.stage)
            )
            if actor and not self.initiative.service_area_id:
                assert city.area is not None
                services.save_preparation(
                    initiative=self.initiative,
                    answers={"service_area": city.area.pk, "goal": "Mål", "effect": "Effekt"},
                    actor=city.people[actor],
                )
            case = self.initiative.case
            if case and not is_settled(case) and self.process.stage not in FINAL_STAGES:
                state_no_consultation(
                    case=case, reason="Behövs inte.", actor=city.people["handlaggare"]
                )
            candidacy = self.process.live_candidacy
            if candidacy and candidacy.stage == Standing.RANKED:
                RoundArea.objects.filter(round=candidacy.round).exclude(
                    service_area=city.area
                ).update(fixed_at=timezone.now())
                if not self.initiative.expert_requests.exists():
                    small.ask_experts(city, self.initiative)
            if candidacy is None and self.process.stage in {Stage.IN_PREPARATION}:
                self.open_another_round()
            self.reread()

        def leading_on(self) -> list[str]:
            candidacy = self.process.live_candidacy
            found = {
                name
                for name, way in ways().items()
                if (way.leads_from(self.process.stage) and name in ways_of(Process))
                or (
                    (candidacy is not None and way.leads_from(candidacy.stage))
                    and name in ways_of(Candidacy)
                )
            }
            return sorted(found)

        def possible(self) -> set[str]:
            return {
                name
                for name in self.leading_on()
                if name == "register" or not services.missing_for(self.process, name)
            }

        def take(self, name: str, who: str) -> None:
            user = User.objects.get(username=who)
            before = self.state()
            count = Step.objects.filter(initiative=self.initiative).count()
            try:
                with transaction.atomic():
                    acts[name](self.initiative, user)
            except (PermissionDenied, ValidationError):
                self.reread()
                assert self.state() == before
                assert Step.objects.filter(initiative=self.initiative).count() == count
                return
            self.reread()
            new = list(Step.objects.filter(initiative=self.initiative).order_by("pk"))[count:]
            assert [step.transition for step in new] == [name]
            step = new[0]
            assert (name, step.from_stage, step.to_stage) in declared
            assert who in MANDATES[name]
            assert step.actor == user
            assert step.mandate
            if spec_of(name).is_body_decision:
                assert step.decision is not None
                assert step.decision.body.is_in_force(step.decided_on)
            entry = JournalEntry.objects.filter(action=f"process.{name}").latest("pk")
            assert entry.actor == user
            assert entry.after["stage"] == step.to_stage
            self.trail.append((name, step.from_stage, step.to_stage))
            reached.add(step.to_stage)
            reached.add(step.life_to)
            if step.candidacy_id and self.process.candidacy_id:
                rounds.add(self.initiative.candidacies.count())

        def state(self) -> tuple[str, str]:
            candidacy = self.process.live_candidacy
            return self.process.stage, candidacy.stage if candidacy else ""

        def reread(self) -> None:
            self.process: Process = Process.objects.select_related("candidacy__round__cycle").get(
                initiative=self.initiative.pk
            )
            self.initiative = self.process.initiative

        @invariant()
        def every_step_is_kept(self) -> None:
            steps = Step.objects.filter(initiative=self.initiative).order_by("pk")
            assert [(s.transition, s.from_stage, s.to_stage) for s in steps] == self.trail

        @invariant()
        def there_is_no_dead_end(self) -> None:
            """Some named person can move it on, end it, or let it into the next round."""
            if self.process.stage in FINAL_STAGES or self.state() in alive:
                return
            alive.add(self.state())
            if self.process.live_candidacy is None and self.process.stage in {
                Stage.REGISTERED,
                Stage.IN_PREPARATION,
            }:
                return  # it waits for a round, and can be withdrawn
            movers = {
                name
                for user in city.people.values()
                for name in open_transitions(self.process, User.objects.get(pk=user.pk))
            }
            assert movers, self.state()

        @invariant()
        def one_live_candidacy_at_most(self) -> None:
            live = [row for row in self.initiative.candidacies.all() if row.is_live]
            assert len(live) <= 1

        @invariant()
        def a_number_comes_with_registration_and_stays(self) -> None:
            registered = any(name == "register" for name, _from, _to in self.trail)
            assert (self.initiative.case is not None) == registered

        @invariant()
        def no_number_is_given_twice(self) -> None:
            numbers = list(
                DiaryEntry.objects.values_list("series", "year", "serial", "record_number")
            )
            assert len(numbers) == len(set(numbers))

    return Walk


@pytest.mark.slow
@pytest.mark.parametrize("eservice", [False, pytest.param(True, marks=pytest.mark.any_database)])
def test_no_walk_takes_an_undeclared_step_or_one_without_mandate(
    everybody: SmallCity, eservice: bool
) -> None:
    reached: set[str] = set()
    rounds: set[int] = set()
    run_state_machine_as_test(
        machine_for(everybody, reached, rounds, eservice=eservice),
        settings=settings(max_examples=8, stateful_step_count=40, deadline=None),
    )
    far = {Standing.COMPLETION, Standing.RANKED, Standing.IN_PROPOSAL, Stage.APPROVED}
    assert far <= reached, f"the walks are too short: {sorted(reached)}"
    assert list(verify_chains()) == []


def test_the_oracle_names_the_machines_transitions() -> None:
    assert set(ways()) == set(MANDATES)


def test_every_transition_has_words_a_mandate_and_a_station() -> None:
    for name, way in ways().items():
        assert str(way.spec.label), name
        assert str(way.spec.told), name
        assert way.sources, name
        if way.spec.carries:
            other = Candidacy if way.machine == "process" else Process
            assert hasattr(other, way.spec.carries), name


def test_a_stage_can_not_be_written_beside_its_machine(city: SmallCity) -> None:
    process = city.initiatives["draft"].process
    candidacy = city.initiatives["registered"].process.candidacy
    assert candidacy is not None
    for row, stage in ((process, Stage.APPROVED), (candidacy, Standing.FUNDED)):
        with pytest.raises(AttributeError):
            row.stage = stage
        with pytest.raises(StageGuard):
            type(row).objects.filter(pk=row.pk).update(stage=stage)
        with pytest.raises(StageGuard):
            type(row).objects.bulk_update([row], ["stage"])
    with pytest.raises(StageGuard):
        Process(initiative=process.initiative, stage=Stage.APPROVED)
    process.refresh_from_db()
    assert process.stage == Stage.DRAFT
