# SPDX-License-Identifier: EUPL-1.2
"""Reading the judgements: one's own always, the others' when the chair has opened them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import BooleanField, QuerySet, Value
from django.utils import timezone

from casework.assessment import permissions
from casework.assessment.models import AgreedScore, MemberPlace, Score, ScoreSheet
from casework.methods.robust import Band, Robustness, bands_without_each, robustness
from casework.methods.scores import Spread, spread
from casework.organisation.models import User
from casework.organisation.selectors import appointments_of
from casework.planning.enums import Milestone, SuggestionBy
from casework.planning.models import Criterion, Round, RoundArea
from casework.planning.selectors import rooms_of
from casework.process.enums import Standing
from casework.process.models import Candidacy
from casework.register.models import Case

Cell = tuple[int, int]
"""The keys of a candidacy and a criterion."""


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """What a member has said so far.

    Attributes:
        scores: by candidacy and criterion: points, or None for abstaining, and the note.
        places: by candidacy.
        is_submitted: whether it was handed in.
    """

    scores: Mapping[Cell, tuple[int | None, str]]
    places: Mapping[int, int]
    is_submitted: bool


def criteria_of(area: RoundArea) -> list[Criterion]:
    """The criteria that the round weighs by, with the words of their steps."""
    rows = Criterion.objects.filter(version=area.round.criteria_version_id)
    return list(rows.prefetch_related("steps"))


def to_judge(area: RoundArea, user: User) -> list[Candidacy]:
    """What waits for the person's judgement: admitted, not opened yet, and theirs to see."""
    opened = Score.objects.values("candidacy"), MemberPlace.objects.values("candidacy")
    rows = (
        Candidacy.objects.filter(
            round=area.round_id,
            stage=Standing.ADMITTED,
            initiative__service_area=area.service_area_id,
            initiative__case__in=Case.objects.visible_to(user),
        )
        .exclude(pk__in=opened[0])
        .exclude(pk__in=opened[1])
    )
    return list(rows.select_related("initiative__case").order_by("admitted_at", "pk"))


def own_sheet(area: RoundArea, user: User) -> OwnSheet:
    """What the person has said in the assessment that is not opened yet."""
    sheet = ScoreSheet.everything.filter(
        assessment__area=area, assessment__opened_at=None, member=user
    ).first()
    if sheet is None:
        return OwnSheet({}, {}, is_submitted=False)
    return OwnSheet(
        scores={
            (row.candidacy_id, row.criterion_id): (row.points, row.note)
            for row in Score.everything.filter(sheet=sheet)
        },
        places=dict(MemberPlace.everything.filter(sheet=sheet).values_list("candidacy", "place")),
        is_submitted=sheet.submitted_at is not None,
    )


@dataclass(frozen=True, slots=True)
class Owed:
    """What a member has left to judge in one area; told to that member only.

    Attributes:
        left: initiatives without a judgement, or with a part of one; 0: only to hand in.
        waiting: all that the judgement is about.
        due: the day by which the area has its list.
    """

    area: RoundArea
    left: int
    waiting: int
    due: dt.date

    @property
    def is_late(self) -> bool:
        """Whether the day has passed."""
        return self.due < timezone.localdate()


def owed_by(user: User) -> list[Owed]:
    """What the person has not judged, or judged and not handed in, the nearest day first.

    It is counted from the person's own sheet alone: it tells nothing of the others.
    """
    bodies = {
        row.body_id: row.body
        for row in appointments_of(user)
        if row.body is not None and row.role in permissions.JUDGES
    }
    found = []
    for area in (area for body in bodies.values() for area in rooms_of(body)):
        if area.is_fixed or not permissions.may_judge(user, area):
            continue
        waiting = {row.pk for row in to_judge(area, user)}
        if not waiting:
            continue
        own = own_sheet(area, user)
        if area.suggestion_by == SuggestionBy.RANKINGS:
            left = waiting - set(own.places)
        else:
            criteria = [row.pk for row in criteria_of(area)]
            left = {pk for pk in waiting if any((pk, key) not in own.scores for key in criteria)}
        if left or not own.is_submitted:
            due = area.round.deadline(Milestone.RANKING) or area.round.groups_until
            found.append(Owed(area, len(left), len(waiting), due))
    return sorted(found, key=lambda row: (row.due, row.area.pk))


def opened_scores(area: RoundArea, user: User) -> QuerySet[Score]:
    """Every opened score of the area, with its member, where the person may read it.

    Of a case that the person may not see, nothing.
    """
    if not permissions.may_read_opened(user, area):
        return Score.objects.none()
    return (
        Score.objects.filter(
            sheet__assessment__area=area,
            candidacy__initiative__case__in=Case.objects.visible_to(user),
        )
        .select_related("sheet__member", "criterion")
        .order_by("candidacy_id", "criterion__position", "sheet__member_id")
    )


def spreads_of(scores: QuerySet[Score]) -> dict[Cell, Spread]:
    """What the members say together of each initiative by each criterion."""
    return _spreads(scores.values_list("candidacy", "criterion", "points"))


def _spreads(scores: Iterable[tuple[int, int, int | None]]) -> dict[Cell, Spread]:
    said: dict[Cell, list[int | None]] = defaultdict(list)
    for candidacy, criterion, points in scores:
        said[candidacy, criterion].append(points)
    return {cell: spread(points) for cell, points in said.items()}


def values_of(area: RoundArea) -> dict[int, dict[int, Fraction | None]]:
    """What counts, by candidacy and criterion: what was agreed, else the members' median.

    For the group's suggestion, which is made of all that was opened, whoever asks for it.
    """
    return _values(
        Score.objects.filter(sheet__assessment__area=area),
        AgreedScore.objects.filter(assessment__area=area),
    )


def values_in(round: Round) -> dict[int, dict[int, Fraction | None]]:
    """The same of all areas of a round."""
    return _values(
        Score.objects.filter(sheet__assessment__area__round=round),
        AgreedScore.objects.filter(assessment__area__round=round),
    )


def _values(
    opened: QuerySet[Score], agreed: QuerySet[AgreedScore]
) -> dict[int, dict[int, Fraction | None]]:
    both = list(_points(opened, is_agreed=False).union(_points(agreed, is_agreed=True), all=True))
    found: dict[int, dict[int, Fraction | None]] = defaultdict(dict)
    spreads = _spreads(row[:3] for row in both if not row[3])
    for (candidacy, criterion), said in spreads.items():
        found[candidacy][criterion] = said.median
    for candidacy, criterion, points, is_agreed in both:
        if is_agreed:
            found[candidacy][criterion] = Fraction(points)
    return dict(found)


def _points(rows: QuerySet[Any], *, is_agreed: bool) -> QuerySet[Any, Any]:
    """Candidacy, criterion and points, told apart from others that come by the same statement."""
    flag = Value(is_agreed, output_field=BooleanField())
    return rows.order_by().values_list("candidacy", "criterion", "points", flag)


def rankings_of(area: RoundArea) -> list[dict[int, int]]:
    """The opened places of each member, by candidacy; who is whose is not told."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    opened = MemberPlace.objects.filter(sheet__assessment__area=area)
    for member, candidacy, place in opened.order_by("sheet__member").values_list(
        "sheet", "candidacy", "place"
    ):
        found[member][candidacy] = place
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Sureness:
    """How much the order of some candidacies hangs on weights and on single members.

    Attributes:
        candidacies: which, in the order of the other parts.
        weights: of every two, what holds for all weights within a fifth; bands of places.
        members: between which places each stands when any one member is left out, by the medians.
    """

    candidacies: tuple[int, ...]
    weights: Robustness
    members: list[Band]


def sureness(area: RoundArea, user: User) -> Sureness | None:
    """How sure the group's order by scores is; None where the person reads no opened scores.

    Of a case that the person may not see, nothing: it is left out of the places too.
    """
    scores = opened_scores(area, user)
    criteria = {row.pk: row.weight for row in criteria_of(area)}
    sheets: dict[int, dict[Cell, int | None]] = defaultdict(dict)
    for sheet, one, criterion, points in scores.values_list(
        "sheet", "candidacy", "criterion", "points"
    ):
        sheets[sheet][one, criterion] = points
    found = tuple(dict.fromkeys(cell[0] for sheet in sheets.values() for cell in sheet))
    if not found:
        return None
    values = values_of(area)
    weights = list(criteria.values())
    return Sureness(
        candidacies=found,
        weights=robustness([[values[one].get(key) for key in criteria] for one in found], weights),
        members=bands_without_each(
            [
                [[sheet.get((one, key)) for key in criteria] for one in found]
                for sheet in sheets.values()
            ],
            weights,
        ),
    )
