# SPDX-License-Identifier: EUPL-1.2
"""One initiative of the demo, from the first line to where it is to stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils import timezone

from casework.consultation.models import ExpertRequest
from casework.consultation.services import answer_expert, ask_expert
from casework.initiatives.enums import FollowerRole
from casework.initiatives.models import Initiative
from casework.initiatives.services import follow
from casework.meetings.services import DissentBy, note_dissent
from casework.organisation.models import User
from casework.process import services as process
from casework.process.models import Step
from casework.process.services import Act
from casework.register.models import Case
from casework.register.services import grant_access, publish, publish_record
from demo.cast import Cast
from demo.chapters import Chapter
from demo.clock import Timeline
from demo.papers import write_report
from demo.remiss import Remiss
from demo.sittings import Sittings, group_day

EXPERTS = (("sakkunnig-verksamhet", "business"), ("sakkunnig-it", "it"))


class Walk:
    """Leads one initiative through its chapters by planning one step after the other."""

    def __init__(
        self, row: dict[str, Any], cast: Cast, timeline: Timeline, sittings: Sittings
    ) -> None:
        self.row, self.cast, self.timeline, self.sittings = row, cast, timeline, sittings
        later = row.get("later", [])
        self.chapters = [
            Chapter(row["round"], row["stage"], row),
            *(Chapter(part["round"], part["stage"], part) for part in later),
        ]
        self.initiative = Initiative()
        self.basis: dict[str, object] = {}
        self.begun_on = dt.date.fromisoformat(row["day"])
        self.originator = cast.originator(row["at"])

    @property
    def area(self) -> str:
        """The service area's short name."""
        return str(self.row["area"])

    @property
    def officer(self) -> User:
        """The officer who handles it."""
        return self.cast.by("handlaggare" if len(self.row["title"]) % 2 else "handlaggare-2")

    @property
    def liaison(self) -> User:
        """The contact person of its förvaltning."""
        return self.cast.liaison(self.initiative.administration)

    def case(self) -> Case | None:
        """Its case, once it is registered."""
        return self.initiative.case

    def candidacy(self) -> int:
        """The primary key of its place in the newest round."""
        self.initiative.process.refresh_from_db()
        pk = self.initiative.process.candidacy_id
        assert pk is not None  # asked only of those in a round
        return pk

    def after(self, days: int, hour: int, action: Callable[[], None]) -> None:
        """Plan something so many days from now, on a weekday."""
        day = timezone.localdate() + dt.timedelta(days=days)
        while day.weekday() > 4:
            day += dt.timedelta(days=1)
        self.timeline.plan(day, hour, action)

    # From the idea to the diary

    def begin(self) -> None:
        """Plan the first step."""
        self.timeline.plan(self.begun_on, 9, self._draft)

    def _draft(self) -> None:
        row, first = self.row, self.chapters[0]
        self.initiative = process.start_draft(
            actor=self.originator,
            answers={
                "title": row["title"],
                "kind": row.get("kind", "new"),
                "need": row["need"],
                "proposal": row.get("proposal", ""),
                "benefits": row["benefits"],
                "cost_tkr": row["cost"],
                "is_eservice": row.get("eservice", False),
                "affected": [self.cast.administrations[slug].pk for slug in row["affected"]],
            },
        )
        if first.reaches("with_liaison"):
            self.timeline.plan(self.begun_on, 11, self._submit)

    def _submit(self) -> None:
        process.submit(initiative=self.initiative, actor=self.originator)
        if co_author := self.row.get("co_author"):
            follow(
                initiative=self.initiative,
                user=self.cast.by(co_author),
                role=FollowerRole.CO_AUTHOR,
                actor=self.originator,
            )
        first = self.chapters[0]
        if first.stage == "joined":
            self.after(2, 11, self._join)
        if not first.reaches("returned"):
            return
        if first.stage == "returned" or "returned" in self.row:
            self.after(3, 10, self._return)
        else:
            self.after(7, 10, self._prepare)

    def _join(self) -> None:
        process.join_with(
            initiative=self.initiative,
            into=Initiative.objects.get(title=self.row["joins"]),
            actor=self.liaison,
            reason=self.row["why"],
        )

    def _return(self) -> None:
        question = self.row.get("returned", "Beskriv vilka som berörs och ange en kostnad.")
        process.return_to_originator(
            initiative=self.initiative, actor=self.liaison, reason=question
        )
        if self.chapters[0].stage != "returned":
            self.after(2, 15, self._submit_again)

    def _submit_again(self) -> None:
        process.submit(initiative=self.initiative, actor=self.originator)
        self.after(2, 10, self._prepare)

    def _prepare(self) -> None:
        row = self.row
        process.save_preparation(
            initiative=self.initiative,
            answers={
                "service_area": self.cast.areas[row["area"]].pk,
                **self.basis,
                "goal": row["goal"],
                "effect": row["effect"],
                "dependencies": row.get("dependencies", ""),
                "contact": row.get("contact", ""),
            },
            actor=self.liaison,
        )
        process.complete_preparation(initiative=self.initiative, actor=self.liaison)
        if self.chapters[0].reaches("sent"):
            self.after(2, 10, self._send)

    def _send(self) -> None:
        process.send_batch(
            administration=self.initiative.administration,
            chosen=[self.initiative],
            actor=self.liaison,
        )
        if self.chapters[0].reaches("registered"):
            self.after(2, 8, self._register)

    def _register(self) -> None:
        row, registrar = self.row, self.cast.by("registrator")
        self.initiative.refresh_from_db()
        assert self.initiative.batch is not None  # it came in one
        case = process.register(
            initiative=self.initiative,
            actor=registrar,
            title=row["title"],
            received_date=timezone.localdate(self.initiative.batch.sent_at),
            officer=self.officer,
            secrecy_provision=row.get("secret", ""),
            title_public=row.get("title_public", ""),
        )
        let_in: list[dict[str, Any]] = [
            *({"body": self.cast.bodies[slug]} for slug in row.get("secret_bodies", ())),
            *({"user": self.cast.by(name)} for name, _kind in EXPERTS if row.get("secret")),
        ]
        for whom in let_in:
            grant_access(case=case, reason="Tar del i ärendet.", actor=self.officer, **whom)
        if not row.get("secret") and row.get("published", True):
            publish(case=case, actor=registrar, summary=row["need"].split("\n")[0])
            publish_record(record=case.records.earliest("pk"), actor=registrar)
        if follower := row.get("follows"):
            follow(
                initiative=self.initiative,
                user=self.cast.by(follower),
                role=FollowerRole.AFFECTED,
                actor=self.officer,
            )
        if self.chapters[0].stage == "withdrawn":
            self.after(4, 10, self._withdraw)
        elif self.chapters[0].reaches("out_of_scope"):
            self.after(6, 10, self._scope)

    def _withdraw(self) -> None:
        process.withdraw(initiative=self.initiative, actor=self.originator, reason=self.row["why"])

    # Preparation

    def _scope(self) -> None:
        row = self.row
        if self.chapters[0].stage == "out_of_scope":
            process.exclude_scope(
                initiative=self.initiative,
                actor=self.officer,
                ground=row.get("ground", "local"),
                reason=row["why"],
            )
            return
        ground = "cross" if len(row["affected"]) > 1 else "large"
        process.accept_scope(initiative=self.initiative, actor=self.officer, ground=ground)
        if "office" in row:
            process.save_preparation(
                initiative=self.initiative, answers=row["office"], actor=self.officer
            )
        if self.chapters[0].stage == "in_preparation" and self.chapters[0] is self.chapters[-1]:
            self._begin_preparing()
        if self.chapters[0].reaches("with_group"):
            self.after(1, 14, Remiss(self).consult)
            self.after(8, 10, partial(self._hand_to_group, self.chapters[0]))

    def _begin_preparing(self) -> None:
        """What is prepared still has its remiss out, and a report begun."""
        if self.row.get("remiss") or self.row.get("report"):
            self.after(1, 14, Remiss(self).consult)
        if self.row.get("report"):
            self.after(3, 9, self._report)

    def _report(self) -> None:
        """The officer's tjänsteutlåtande, before the group has the case (R60)."""
        case = self.case()
        assert case is not None  # registered before
        finished = self.row["report"] == "finished"
        write_report(case, self.officer, self.cast.by("registrator"), finished=finished)

    # In a round

    def come_back(self, number: int, day: dt.date) -> None:
        """Begin a later chapter: it was deferred to that round, or asks for a supplement there."""
        chapter = self.chapters[number]
        if chapter.reaches("with_group"):
            self.timeline.plan(day, 10, partial(self._hand_to_group, chapter))

    def _hand_to_group(self, chapter: Chapter) -> None:
        if "report" in self.row and chapter is self.chapters[0]:
            self._report()
        process.hand_to_group(initiative=self.initiative, actor=self.officer)
        today = timezone.localdate()
        if chapter.reaches("admitted"):
            self._ask_experts(chapter)
        if chapter.reaches("completion"):
            day = group_day(self.area, today + dt.timedelta(days=7))
            asked = chapter.stage == "completion" or "completed" in chapter.data
            first = self._request_completion if asked else self._first_step
            self.sittings.decide(f"grupp-{self.area}", day, partial(first, chapter), self.case)

    def _request_completion(self, chapter: Chapter, act: Act) -> None:
        day = timezone.localdate()
        process.request_completion(
            initiative=self.initiative,
            actor=self.cast.chair(self.area),
            questions=chapter.says("completed"),
            due=day + dt.timedelta(days=45),
            act=act,
        )
        if chapter.stage != "completion" and "late" not in chapter.data:
            self.timeline.plan(day + dt.timedelta(days=10), 10, self.complete)
            again = group_day(self.area, day + dt.timedelta(days=12))
            self.sittings.decide(
                f"grupp-{self.area}", again, partial(self._first_step, chapter), self.case
            )

    def complete(self) -> None:
        """The contact person answers the group's questions."""
        process.complete(
            initiative=self.initiative,
            actor=self.liaison,
            reason="Underlaget är kompletterat som gruppen bad.",
        )

    def _first_step(self, chapter: Chapter, act: Act) -> None:
        """One of three outcomes, or another round (R31)."""
        chair = self.cast.chair(self.area)
        if chapter.stage == "rejected":
            step = process.reject(
                initiative=self.initiative, actor=chair, reason=chapter.says("why"), act=act
            )
            self.dissent(step)
        elif chapter.stage == "deferred_by_group":
            process.defer(
                initiative=self.initiative,
                actor=chair,
                reason=chapter.says("why"),
                target=self.cast.round(self.chapters[1].round),
                act=act,
            )
        else:
            self.admit(chapter, act)

    def dissent(self, step: Step) -> None:
        """One of the members thinks otherwise, and it stands in the minutes (R62, R70)."""
        told = self.row.get("dissent")
        if told is None:
            return
        member = self.cast.by(told["by"])
        assert step.decision is not None  # a body's decision
        note_dissent(
            decision=step.decision,
            kind=told["kind"],
            persons=[DissentBy(name=str(member), user=member)],
            proposal=told.get("proposal", ""),
            statement=told["text"],
            actor=member,
        )

    def admit(self, chapter: Chapter, act: Act) -> None:
        """The group takes it with it."""
        process.admit(
            initiative=self.initiative,
            actor=self.cast.chair(self.area),
            act=act,
            reason=chapter.says("admitted"),
        )

    def _ask_experts(self, chapter: Chapter) -> None:
        """Both kinds are asked; they answer for what goes on to the city's proposal (R23, R24)."""
        if ExpertRequest.objects.filter(initiative=self.initiative).exists():
            return  # a later chapter builds on what they said
        for name, expertise in EXPERTS:
            request = ask_expert(
                initiative=self.initiative,
                user=self.cast.by(name),
                expertise=expertise,
                actor=self.officer,
                question="Går det att genomföra med den tid och kostnad som anges?",
            )
            if chapter.reaches("ranked"):
                answer = partial(self._expert_answers, request, name)
                self.timeline.plan(timezone.localdate() + dt.timedelta(days=6), 15, answer)

    def _expert_answers(self, request: ExpertRequest, name: str) -> None:
        answer_expert(
            request=request,
            text="Det går att genomföra. Räkna med ett halvårs arbete innan det är i drift.",
            actor=self.cast.by(name),
        )

    # After the decision

    def implement(self, decided_on: dt.date) -> None:
        """Plan the work that follows the money."""
        for stage, days, action in (
            ("implementing", 60, process.start_implementation),
            ("implemented", 300, process.finish_implementation),
        ):
            if self.chapters[0].reaches(stage):
                reason = "Projektet är bemannat." if stage == "implementing" else "Driftsatt."
                self.timeline.plan(
                    decided_on + dt.timedelta(days=days),
                    10,
                    partial(self._work, action, reason),
                )

    def _work(self, action: Callable[..., object], reason: str) -> None:
        action(initiative=self.initiative, actor=self.officer, reason=reason)
