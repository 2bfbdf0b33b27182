# SPDX-License-Identifier: EUPL-1.2
"""Builds the demo city by calling the same services as people do, under a clock of its own."""

from __future__ import annotations

import datetime as dt
from typing import Any
from unittest import mock

from django.db import transaction
from django.db.models import F

from casework.feedback.models import Notice, NoticeState
from casework.initiatives.models import Initiative
from casework.organisation.enums import Role
from casework.organisation.models import Administration, ServiceArea, User
from casework.preset.loader import open_cycle
from casework.prioritisation import services as ranking
from casework.process import services as process
from casework.process.models import Cycle
from casework.register.models import NumberSeries
from casework.register.services import grant_access, publish
from pages.demo.people import account, at, read

OPEN_YEAR = 2028
"""The cycle that is under way; the ones before are decided."""
CHAIRS = {
    "pedagogiska": "ordforande-pedagogiska",
    "sociala": "ordforande-sociala",
    "tekniska": "ordforande-tekniska",
    "administrativa": "ordforande-administrativa",
    "infrastruktur": "ordforande-infrastruktur",
}
ORDER = (
    "withdrawn",
    "draft", "with_liaison", "returned", "prepared", "sent", "registered", "out_of_scope",
    "in_preparation", "with_group", "completion", "rejected", "admitted", "ranked",
    "with_committee", "committee_done", "city_proposal", "recommended", "declined", "approved",
    "implementing", "implemented",
)  # fmt: skip


def is_seeded() -> bool:
    """Whether the demo's initiatives are there already."""
    return Initiative.objects.exists()


class Story:
    """Leads the demo's initiatives to where they are to stand, cycle by cycle."""

    def __init__(self) -> None:
        self.users = {user.username: user for user in User.objects.all()}
        self.areas = {area.slug: area for area in ServiceArea.objects.all()}
        self.administrations = {a.slug: a for a in Administration.objects.all()}
        self.series = NumberSeries.objects.get(code="KS")

    @transaction.atomic
    def tell(self, year: int, rows: list[dict[str, Any]]) -> None:
        """One budget year: intake in the order of the days, then the lists, then the decisions."""
        with at(dt.date(year - 2, 11, 1)):
            cycle = open_cycle(year)
        rows = sorted(rows, key=lambda row: row["day"])
        told = [(row, self.intake(row)) for row in rows]
        self.rank(cycle, told)
        self.city(cycle, told)

    def by(self, name: str) -> User:
        """The account with that name, with the day's appointments."""
        user = self.users[name]
        user.__dict__.pop("_access_tokens", None)
        return user

    def liaison(self, initiative: Initiative) -> User:
        """The contact person of the initiative's förvaltning."""
        seat = initiative.administration.appointments.get(role=Role.LIAISON)
        return self.by(seat.user.username)

    def reaches(self, row: dict[str, Any], stage: str) -> bool:
        """Whether the row's initiative comes at least as far as the stage."""
        return ORDER.index(row["stage"]) >= ORDER.index(stage)

    def intake(self, row: dict[str, Any]) -> Initiative:
        """From draft to where the group takes over, or to an earlier stop."""
        day = dt.date.fromisoformat(row["day"])
        stage = row["stage"]
        originator = self.originator(row["at"])
        with at(day, 9):
            initiative = process.start_draft(
                originator,
                {
                    "title": row["title"],
                    "kind": row.get("kind", "new"),
                    "need": row["need"],
                    "proposal": row.get("proposal", ""),
                    "benefits": row["benefits"],
                    "cost_tkr": row["cost"],
                    "is_eservice": row.get("eservice", False),
                    "affected": [self.administrations[slug] for slug in row["affected"]],
                },
            )
        if stage == "draft":
            return initiative
        with at(day, 11):
            process.submit(initiative, actor=originator)
        if stage == "withdrawn":
            with at(day + dt.timedelta(days=4)):
                process.withdraw(initiative, actor=originator, reason=row["why"])
        if stage in {"with_liaison", "withdrawn"}:
            return initiative
        liaison = self.liaison(initiative)
        if stage == "returned" or row.get("returned"):
            with at(day + dt.timedelta(days=3)):
                process.return_to_originator(
                    initiative,
                    actor=liaison,
                    reason=row.get("returned", "Beskriv vilka som berörs och ange en kostnad."),
                )
            if stage == "returned":
                return initiative
            with at(day + dt.timedelta(days=5)):
                process.submit(initiative, actor=originator)
        with at(day + dt.timedelta(days=7)):
            process.save_preparation(
                initiative,
                {
                    "service_area": self.areas[row["area"]],
                    "goal": row["goal"],
                    "effect": row["effect"],
                    "dependencies": row.get("dependencies", ""),
                    "contact": row.get("contact", ""),
                },
                actor=liaison,
            )
            process.complete_preparation(initiative, actor=liaison)
        if stage == "prepared":
            return initiative
        with at(day + dt.timedelta(days=9)):
            process.send_batch(initiative.administration, [initiative], actor=liaison)
        if stage == "sent":
            return initiative
        return self.prepare(row, initiative, day + dt.timedelta(days=11))

    def prepare(self, row: dict[str, Any], initiative: Initiative, day: dt.date) -> Initiative:
        """Registration, scope, and the group's first step."""
        officer = self.by("handlaggare" if len(row["title"]) % 2 else "handlaggare-2")
        registrar = self.by("registrator")
        stage = row["stage"]
        with at(day, 8, 30):
            case = process.register(
                initiative,
                self.series,
                actor=registrar,
                title=row["title"],
                received_date=day - dt.timedelta(days=2),
                officer=officer,
                secrecy_provision=row.get("secret", ""),
                title_public=row.get("title_public", ""),
            )
            if row.get("secret"):
                for name in (CHAIRS[row["area"]], "slk", "radet", "beslut"):
                    grant_access(
                        case=case,
                        user=self.by(name),
                        actor=officer,
                        reason="Ska besluta i ärendet.",
                    )
            elif row.get("published", True):
                publish(case=case, actor=registrar, summary=row["need"].split("\n")[0])
        if stage == "registered":
            return initiative
        with at(day + dt.timedelta(days=6)):
            if stage == "out_of_scope":
                process.exclude_scope(
                    initiative, actor=officer, ground=row.get("ground", "local"), reason=row["why"]
                )
                return initiative
            ground = "cross" if len(row["affected"]) > 1 else "large"
            process.accept_scope(initiative, actor=officer, ground=ground)
        if stage == "in_preparation":
            return initiative
        with at(day + dt.timedelta(days=14)):
            process.hand_to_group(initiative, actor=officer)
        if stage == "with_group":
            return initiative
        self.step_one(row, initiative, officer, day + dt.timedelta(days=21))
        return initiative

    def step_one(
        self, row: dict[str, Any], initiative: Initiative, officer: User, day: dt.date
    ) -> None:
        """Exactly three outcomes; some were completed once before (R31, R32)."""
        chair = self.by(CHAIRS[row["area"]])
        if row["stage"] == "completion" or row.get("completed"):
            with at(day):
                process.request_completion(
                    initiative,
                    actor=chair,
                    reason=row.get("completed", row.get("why", "Räkna om kostnaden.")),
                )
            if row["stage"] == "completion":
                return
            day += dt.timedelta(days=10)
            with at(day):
                process.complete(
                    initiative, actor=officer, reason="Underlaget är kompletterat som gruppen bad."
                )
            day += dt.timedelta(days=4)
        with at(day):
            if row["stage"] == "rejected":
                process.reject(initiative, actor=chair, reason=row["why"])
            else:
                process.admit(initiative, actor=chair, reason=row.get("admitted", ""))

    def originator(self, slug: str) -> User:
        """An employee of the förvaltning."""
        found = [
            user
            for user in self.users.values()
            if user.administration_id == self.administrations[slug].pk
            and user.username.startswith("medarbetare")
        ]
        if found:
            return found[0]
        name = f"medarbetare-{slug}"
        home = self.administrations[slug]
        user = account(name, "Medarbetare", home.short_name, home, title="medarbetare")
        self.users[name] = user
        return user

    def rank(self, cycle: Cycle, told: list[tuple[dict[str, Any], Initiative]]) -> None:
        """Each area whose list is to be fixed orders by the rows' places."""
        for slug in CHAIRS:
            mine = [(row, i) for row, i in told if row["area"] == slug]
            fixed = [(row, i) for row, i in mine if self.reaches(row, "ranked")]
            if not fixed and any(not self.reaches(row, "ranked") for row, _i in mine):
                continue
            fixed.sort(key=lambda pair: pair[0].get("place", 99))
            chair = self.by(CHAIRS[slug])
            round_ = cycle.rounds.get(service_area__slug=slug)
            early = 10 if cycle.budget_year < OPEN_YEAR else 240
            with at(cycle.groups_until - dt.timedelta(days=early)):
                if fixed:
                    reasons = {i.pk: row.get("rank_reason", "") for row, i in fixed}
                    ranking.save_order(
                        round_, [i for _row, i in fixed], actor=chair, reasons=reasons
                    )
                ranking.fix_ranking(round_, actor=chair)

    def city(self, cycle: Cycle, told: list[tuple[dict[str, Any], Initiative]]) -> None:
        """The committee, the proposal, the recommendation and the decision."""
        office, member = self.by("slk"), self.by("ordforande-sociala")
        day = cycle.groups_until + dt.timedelta(days=10)
        if cycle.budget_year >= OPEN_YEAR:
            day = dt.date(2026, 11, 16)
        ready = [(r, i) for r, i in told if self.reaches(r, "with_committee") and r.get("eservice")]
        if ready:
            with at(day):
                for _row, initiative in ready:
                    process.hand_to_committee(initiative, actor=office)
            with at(day + dt.timedelta(days=4)):
                for row, initiative in ready:
                    if self.reaches(row, "committee_done"):
                        process.give_committee_opinion(
                            initiative, actor=member, opinion="for",
                            reason="Tjänsten passar e-tjänsteprogrammet och kan återanvändas.",
                        )  # fmt: skip
        with at(day):
            process.note_participation(cycle, self.by("handlaggare"), "it", actor=office)
            process.note_participation(cycle, self.by("handlaggare-2"), "business", actor=office)
        merged = [(row, i) for row, i in told if self.reaches(row, "city_proposal")]
        if not merged:
            return
        merged.sort(key=lambda pair: (pair[0].get("city_place", 99), pair[0]["title"]))
        with at(cycle.council_on - dt.timedelta(days=20)):
            ranking.make_proposal(cycle, [i for _row, i in merged], actor=office, frame_tkr=24_000)
        for row, initiative in merged:
            self.decide(cycle, row, initiative)

    def decide(self, cycle: Cycle, row: dict[str, Any], initiative: Initiative) -> None:
        """The council, kommunfullmäktige, and what followed."""
        if not self.reaches(row, "recommended"):
            return
        with at(cycle.council_on):
            process.recommend(
                initiative,
                actor=self.by("radet"),
                opinion=row.get("opinion", "for"),
                reason=row.get("recommendation", "Stor nytta i förhållande till kostnaden."),
            )
        if row["stage"] == "recommended":
            return
        occasion = row.get("occasion", "budget")
        day = {
            "budget": dt.date(cycle.budget_year - 1, 11, 20),
            "t1": dt.date(cycle.budget_year, 6, 8),
            "t2": dt.date(cycle.budget_year, 10, 12),
        }[occasion]
        common = {
            "actor": self.by("beslut"),
            "occasion": occasion,
            "reference": f"KF {day.isoformat()} § {4 + len(row['title']) % 9}",
            "decided_on": day,
        }
        with at(day + dt.timedelta(days=1)):
            if row["stage"] == "declined":
                process.decline(initiative, reason=row["why"], **common)
                return
            process.approve(initiative, amount_tkr=row.get("amount", row["cost"]), **common)
        officer = initiative.case.officer if initiative.case else None
        assert officer is not None  # given at registration
        if self.reaches(row, "implementing"):
            with at(day + dt.timedelta(days=60)):
                process.start_implementation(
                    initiative, actor=officer, reason="Projektet är bemannat."
                )
        if self.reaches(row, "implemented"):
            with at(day + dt.timedelta(days=300)):
                process.finish_implementation(initiative, actor=officer, reason="Driftsatt.")


def seed_initiatives() -> int:
    """All initiatives of the demo; returns how many."""
    rows = read("initiatives")
    story = Story()
    # The past's mail was sent in the past: only what happens from now on goes to the worker.
    with mock.patch("casework.feedback.services.enqueue"):
        for year in sorted({row["year"] for row in rows}):
            story.tell(year, [row for row in rows if row["year"] == year])
    Notice.objects.update(state=NoticeState.SENT, sent_at=F("created_at"))
    return len(rows)
