# SPDX-License-Identifier: EUPL-1.2
"""The demo's rounds: several at once, each with its lists, its proposal and its decisions (R53)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import partial

from django.utils import timezone

from casework.assessment.services import open_scores
from casework.meetings.services import DissentBy, note_dissent, record_decision
from casework.planning.services import change_round, open_cycle, set_frame
from casework.prioritisation import services as lists
from casework.prioritisation.models import OrderedList
from casework.prioritisation.selectors import mergeable
from casework.prioritisation.services import Advice, CouncilVerdict
from casework.prioritisation.suggestions import unexplained
from casework.process import services as process
from casework.process.enums import Standing
from casework.process.models import Candidacy, Step
from casework.process.services import Act
from casework.register.models import Case
from demo.cast import BOARD, CITY_COUNCIL, COMMITTEE, COUNCIL, Cast
from demo.chapters import Chapter
from demo.clock import Timeline
from demo.judging import judge, part_of
from demo.sittings import Sittings, group_day
from demo.walk import Walk

Day = dt.date
YEARS = {
    2026: Day(2024, 5, 2),
    2027: Day(2025, 5, 2),
    2028: Day(2026, 4, 20),
    2029: Day(2026, 10, 1),
}
"""The budget years and the days on which they are laid up."""


@dataclass(frozen=True, slots=True)
class Plan:
    """When what happens in a round; a day that is missing lies ahead of the story."""

    slug: str
    opened: dt.date
    rank: dt.date | None = None
    only: tuple[str, ...] = ()
    reopen: dt.date | None = None
    committee: dt.date | None = None
    committee_meets: dt.date | None = None
    proposal: dt.date | None = None
    council: dt.date | None = None
    board: dt.date | None = None
    decision: dt.date | None = None
    close: dt.date | None = None
    frame_tkr: int = 24_000
    dates: dict[str, dt.date] = field(default_factory=dict)
    is_reordered: bool = False
    is_scored: bool = False


PLANS = (
    Plan(
        "2026-budget", Day(2024, 5, 16),
        rank=Day(2025, 6, 9), committee=Day(2025, 8, 18), committee_meets=Day(2025, 8, 22),
        proposal=Day(2025, 8, 27), council=Day(2025, 9, 15), decision=Day(2025, 11, 24),
        close=Day(2025, 12, 15), is_scored=True,
    ),
    Plan(
        "2027-budget", Day(2025, 5, 16),
        rank=Day(2026, 6, 8), reopen=Day(2026, 8, 10), committee=Day(2026, 8, 24),
        committee_meets=Day(2026, 8, 26), proposal=Day(2026, 8, 28), council=Day(2026, 9, 15),
        board=Day(2026, 11, 4), decision=Day(2026, 11, 23), is_reordered=True,
        is_scored=True,
    ),
    Plan(
        "2026-t1", Day(2026, 1, 2),
        rank=Day(2026, 3, 16), committee=Day(2026, 4, 7), committee_meets=Day(2026, 4, 10),
        proposal=Day(2026, 4, 15), council=Day(2026, 4, 29), decision=Day(2026, 6, 15),
        close=Day(2026, 6, 22), frame_tkr=4_000,
    ),
    Plan(
        "2026-t2", Day(2026, 5, 4),
        rank=Day(2026, 9, 14), committee=Day(2026, 10, 5), committee_meets=Day(2026, 10, 9),
        proposal=Day(2026, 11, 12), frame_tkr=15_000,
        dates={
            "groups_until": Day(2026, 9, 30),
            "council_on": Day(2026, 12, 2),
            "decision_on": Day(2026, 12, 14),
        },
    ),
    Plan(
        "2028-budget", Day(2026, 8, 17),
        rank=Day(2026, 11, 2), only=("infrastruktur", "tekniska", "administrativa"),
        committee=Day(2026, 11, 16), committee_meets=Day(2026, 11, 20),
        dates={"opens_on": Day(2026, 8, 17)},
    ),
)  # fmt: skip


WHY = (
    "Andra initiativ på listan bygger på det här.",
    "Det som används i dag går ur tiden under året.",
    "Nyttan når flera förvaltningar redan första året.",
    "Kan vänta ett år utan att någon drabbas.",
    "Bör börja först när upphandlingen är klar.",
)
"""Why a list departs from its suggestion; each is said where it is asked for, in turn."""


class Years:
    """Plans the rounds' own days beside the initiatives' walks."""

    def __init__(
        self, walks: list[Walk], cast: Cast, timeline: Timeline, sittings: Sittings
    ) -> None:
        self.walks, self.cast, self.timeline, self.sittings = walks, cast, timeline, sittings

    def plan(self) -> None:
        """Lay up the years and plan every round."""
        for year, day in YEARS.items():
            self.timeline.plan(day, 9, partial(self._lay_up, year))
        for row in PLANS:
            self.timeline.plan(row.opened, 8, partial(self._open, row))
            if row.rank:
                for area in row.only or tuple(self.cast.areas):
                    day = group_day(area, row.rank)
                    self.sittings.decide(f"grupp-{area}", day, partial(self._fix, row, area))
            if row.reopen:
                self._plan_reopening(row)
            if row.committee:
                self.timeline.plan(row.committee, 9, partial(self._to_committee, row))
            if row.committee_meets:
                self.sittings.decide(COMMITTEE, row.committee_meets, partial(self._opinions, row))
            if row.proposal:
                self.timeline.plan(row.proposal, 10, partial(self._hand_over, row))
            if row.council:
                self.sittings.decide(COUNCIL, row.council, partial(self._recommend, row))
            if row.board:
                self.sittings.decide(BOARD, row.board, partial(self._propose, row))
            if row.decision:
                self.sittings.decide(CITY_COUNCIL, row.decision, partial(self._decide, row))
            if row.close:
                self.timeline.plan(row.close, 10, partial(self._close, row))

    def _lay_up(self, year: int) -> None:
        open_cycle(budget_year=year, actor=self.cast.by("slk"))

    def _open(self, row: Plan) -> None:
        office, round_ = self.cast.by("slk"), self.cast.round(row.slug)
        if row.dates:
            change_round(round=round_, actor=office, dates=row.dates)
        set_frame(round=round_, tkr=row.frame_tkr, actor=office)
        process.open_round(round=round_, actor=office)
        for walk, number, chapter in self._chapters(row.slug):
            if chapter.data.get("supplement"):
                self.timeline.plan(
                    row.opened + dt.timedelta(days=30), 9, partial(self._nominate, walk, number)
                )

    def _nominate(self, walk: Walk, number: int) -> None:
        process.nominate_supplement(
            initiative=walk.initiative,
            round=self.cast.round(walk.chapters[number].round),
            actor=self.cast.by("slk"),
        )
        walk.come_back(number, timezone.localdate() + dt.timedelta(days=3))

    def _chapters(self, slug: str) -> list[tuple[Walk, int, Chapter]]:
        """The chapters that take place in a round."""
        return [
            (walk, number, chapter)
            for walk in self.walks
            for number, chapter in enumerate(walk.chapters)
            if chapter.round == slug
        ]

    def _standing(self, slug: str, *stages: str) -> list[tuple[Walk, Chapter, Candidacy]]:
        """What stands in some stages of a round now."""
        rows = Candidacy.objects.filter(round=self.cast.round(slug), stage__in=stages)
        found = {row.initiative_id: row for row in rows}
        return [
            (walk, chapter, found[walk.initiative.pk])
            for walk, _number, chapter in self._chapters(slug)
            if walk.initiative.pk in found
        ]

    def _fix(self, row: Plan, area: str, act: Act) -> None:
        """The group orders what it has admitted and fixes its list (R33)."""
        part, chair = part_of(self.cast, row.slug, area), self.cast.chair(area)
        if row.is_scored and judge(self.cast, part):
            open_scores(area=part, actor=chair)
            lists.suggest_order(area=part, actor=chair)
        mine = [
            found for found in self._standing(row.slug, Standing.ADMITTED) if found[0].area == area
        ]
        mine.sort(key=lambda found: found[1].data.get("place", 99))
        if mine:
            order = [candidacy.pk for _walk, _chapter, candidacy in mine]
            reasons = {c.pk: chapter.says("rank_reason") for _walk, chapter, c in mine}
            draft = lists.save_order(area=part, order=order, actor=chair, reasons=reasons)
            if said := reasons_for(draft):
                reasons |= said
                lists.save_order(area=part, order=order, actor=chair, reasons=reasons)
        lists.fix_ranking(area=part, actor=chair, act=act)

    def _plan_reopening(self, row: Plan) -> None:
        """What was completed after the list was fixed comes in: the chair opens the list again."""
        assert row.reopen is not None  # asked before
        for walk, _number, chapter in self._chapters(row.slug):
            if "late" in chapter.data:
                day = group_day(walk.area, row.reopen)
                self.timeline.plan(day - dt.timedelta(days=5), 10, walk.complete)
                self.sittings.decide(
                    f"grupp-{walk.area}", day, partial(self._reopen, row, walk, chapter), walk.case
                )

    def _reopen(self, row: Plan, walk: Walk, chapter: Chapter, act: Act) -> None:
        part = part_of(self.cast, row.slug, walk.area)
        lists.reopen_ranking(
            area=part, actor=self.cast.chair(walk.area), reason=chapter.says("late")
        )
        walk.admit(chapter, act)
        self._fix(row, walk.area, act)

    def _to_committee(self, row: Plan) -> None:
        lists.hand_eservices_to_committee(
            round=self.cast.round(row.slug), actor=self.cast.by("slk")
        )

    def _opinions(self, row: Plan, act: Act) -> None:
        """The committee, exactly five, says what it thinks of the e-services (R13, R15)."""
        for walk, chapter, _candidacy in self._standing(row.slug, Standing.WITH_COMMITTEE):
            if chapter.reaches("committee_done"):
                lists.give_committee_opinion(
                    initiative=walk.initiative,
                    actor=self.cast.lead(COMMITTEE),
                    opinion="for",
                    reason="Tjänsten passar e-tjänsteprogrammet och kan återanvändas.",
                    act=act,
                )

    def _hand_over(self, row: Plan) -> None:
        """The office merges the areas' lists into one (R34, R35)."""
        office, round_ = self.cast.by("slk"), self.cast.round(row.slug)
        merged = mergeable(round_)
        cases = [candidacy.initiative.case_id for candidacy in merged]
        seen = set(
            Case.objects.visible_to(office).filter(pk__in=cases).values_list("pk", flat=True)
        )
        order = [c.pk for c in merged if c.initiative.case_id in seen]
        draft = lists.save_proposal(
            round=round_, order=order, actor=office, frame_tkr=row.frame_tkr
        )
        if said := reasons_for(draft):
            lists.save_proposal(
                round=round_, order=order, actor=office, frame_tkr=row.frame_tkr, reasons=said
            )
        lists.hand_over(round=round_, actor=office)

    def _recommend(self, row: Plan, act: Act) -> None:
        """The council says what it thinks, and may change the order (R12, R36)."""
        chair = self.cast.lead(COUNCIL)
        mine = self._standing(row.slug, Standing.IN_PROPOSAL)
        order = [candidacy.pk for candidacy in _in_order(mine)]
        if row.is_reordered:
            order[1], order[2] = order[2], order[1]
        lists.recommend(
            round=self.cast.round(row.slug),
            actor=chair,
            advice={
                candidacy.pk: Advice(
                    chapter.says("opinion", "for"),
                    chapter.says("recommendation", "Stor nytta i förhållande till kostnaden."),
                )
                for _walk, chapter, candidacy in mine
            },
            order=order,
            statement="Rådet ställer sig bakom förslaget i sin helhet.",
            act=act,
        )
        for walk, chapter, _candidacy in mine:
            if chapter is walk.chapters[0]:
                walk.dissent(
                    Step.objects.filter(initiative=walk.initiative, transition="recommend").latest(
                        "pk"
                    )
                )

    def _propose(self, row: Plan, act: Act) -> None:
        """Kommunstyrelsen proposes to kommunfullmäktige, and somebody says more (R8, R62)."""
        mine = self._standing(row.slug, Standing.RECOMMENDED)
        cases = [walk.case() for walk, chapter, _c in mine if chapter.reaches("approved")]
        decisions = record_decision(
            cases=[case for case in cases if case],
            body=self.cast.bodies[BOARD],
            actor=self.cast.lead(BOARD),
            meeting=act.meeting,
            points=["Kommunstyrelsen föreslår kommunfullmäktige att ge initiativet medel."],
        )
        speaker = self.cast.by("borgarrad-3")
        note_dissent(
            decision=decisions[0],
            kind="statement",
            persons=[DissentBy(name=str(speaker), user=speaker)],
            statement="Vi delar bedömningen men hade velat se kostnaden för driften i förslaget.",
            actor=speaker,
        )

    def _decide(self, row: Plan, act: Act) -> None:
        """Kommunfullmäktige's decision, noted by its secretary; what it left waits (R37, R38)."""
        today = row.decision
        assert today is not None  # asked before
        rows = [
            found
            for found in self._standing(row.slug, Standing.RECOMMENDED)
            if found[1].reaches("declined")
        ]
        lists.decide(
            round=self.cast.round(row.slug),
            actor=self.cast.lead(CITY_COUNCIL),
            verdicts=[self._verdict(walk, chapter, c.pk) for walk, chapter, c in rows],
            reference=f"KF {today.isoformat()}",
            act=act,
        )
        for walk, chapter, _candidacy in rows:
            if chapter is walk.chapters[0] and chapter.reaches("approved"):
                walk.implement(today)

    def _verdict(self, walk: Walk, chapter: Chapter, candidacy: int) -> CouncilVerdict:
        if chapter.stage == "declined":
            return CouncilVerdict(candidacy, "decline", reason=chapter.says("why"))
        if chapter.stage == "deferred_by_council":
            target = self.cast.round(walk.chapters[1].round)
            soon = timezone.localdate() + dt.timedelta(days=14)
            walk.come_back(1, max(target.opens_on + dt.timedelta(days=20), soon))
            return CouncilVerdict(
                candidacy, "defer_decision", reason=chapter.says("why"), target=target
            )
        return CouncilVerdict(
            candidacy,
            "approve_in_part" if chapter.data.get("part") else "approve",
            amount_tkr=chapter.data.get("amount", walk.row["cost"]),
            reason=chapter.says("why") if chapter.data.get("part") else "",
        )

    def _close(self, row: Plan) -> None:
        process.close_round(round=self.cast.round(row.slug), actor=self.cast.by("slk"))


def reasons_for(draft: OrderedList) -> dict[int, str]:
    """What is said of each that stands elsewhere than the method suggests (R33, R34)."""
    return {pk: WHY[number % len(WHY)] for number, pk in enumerate(sorted(unexplained(draft)))}


def _in_order(rows: list[tuple[Walk, Chapter, Candidacy]]) -> list[Candidacy]:
    """As the city's proposal has them."""
    ordered = sorted(rows, key=lambda row: (row[1].data.get("city_place", 99), row[0].row["title"]))
    return [candidacy for _walk, _chapter, candidacy in ordered]
