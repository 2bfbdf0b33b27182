# SPDX-License-Identifier: EUPL-1.2
"""The rows of a list as a person is shown them (R33, R34).

A list is ordered, summed and cut by the money as a whole, and shown a page at a time. So of all its
candidacies only that is read on which order, sums and rights hang (:class:`Point`); the rows
behind it, with their words, are read of those that are shown (:func:`read`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from django.db.models import Case as Choose
from django.db.models import OuterRef, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from casework.methods.budget import Outside
from casework.organisation.models import User
from casework.planning.models import Round
from casework.prioritisation.enums import Verdict
from casework.prioritisation.models import Funding, ListItem, OrderedList
from casework.process.models import Candidacy
from casework.register.models import Case

RELATED = (
    "initiative__case",
    "initiative__service_area",
    "initiative__administration",
    "initiative__originator",
    "initiative__process__candidacy",
    "round__cycle",
)
"""What a candidacy is worked on with."""

SHOWN = ("initiative__case", "initiative__service_area", "initiative__administration")
"""What is said of one on a list."""

_COLUMNS = (
    "pk",
    "stage",
    "initiative",
    "initiative__case",
    "initiative__service_area",
    "initiative__is_eservice",
    "initiative__cost_tkr",
)


class HasKey(Protocol):
    """A candidacy or its point."""

    pk: int


Keyed = TypeVar("Keyed", bound=HasKey)


@dataclass(slots=True)
class Point:
    """A candidacy on a list, without the rows behind it; the numbers are keys.

    Attributes:
        pk: of the candidacy.
        case: None for what has no case, which nobody is shown.
        granted_tkr: what the city council gave it in earlier rounds.
    """

    pk: int
    stage: str
    initiative: int
    case: int | None
    area: int | None
    is_eservice: bool
    cost_tkr: int | None
    granted_tkr: int = 0

    @classmethod
    def of(cls, candidacy: Candidacy, granted_tkr: int = 0) -> Point:
        """The point of a candidacy that is read already."""
        row = candidacy.initiative
        return cls(
            candidacy.pk, candidacy.stage, row.pk, row.case_id, row.service_area_id,
            row.is_eservice, row.cost_tkr, granted_tkr,
        )  # fmt: skip


@dataclass(slots=True)
class Row:
    """One row of a list as a person is shown it.

    Attributes:
        point: of which candidacy.
        candidacy: with all that is said of it; None until it is read.
        title: in the face that the person gets.
        cost_tkr: what it costs as a whole, in thousands of kronor.
        item: what the list keeps of it, when it stands on one.
        asked_tkr, total, is_excluded: of a list with a frame (:func:`money.mark`): what it asks for
            in the first year, the sum down to it, and whether something above excludes it, so that
            it is not counted.
        stop, before: where the line stops: why, and what the frame has given until then.
    """

    point: Point
    place: int
    title: str
    candidacy: Candidacy | None = None
    reason: str = ""
    opinion: str = ""
    cost_tkr: int = 0
    item: ListItem | None = None
    asked_tkr: int = 0
    total: int = 0
    is_excluded: bool = False
    before: int = 0
    stop: Outside[int] | None = None

    @property
    def key(self) -> int:
        """Of the candidacy."""
        return self.point.pk

    @property
    def granted_tkr(self) -> int:
        """What earlier rounds gave it, in thousands of kronor."""
        return self.point.granted_tkr

    @property
    def left_tkr(self) -> int:
        """What of its whole cost is not granted yet: all that a supplement can ask for (R38)."""
        return max(self.cost_tkr - self.granted_tkr, 0)


def granted_before() -> Choose:
    """What earlier rounds gave the initiative of a candidacy, to annotate candidacies with.

    Its later rounds do not count: an old list goes on saying what it said. Most have got nothing,
    and the database finds those in a set that it makes once.
    """
    given = Funding.objects.filter(verdict__in=(Verdict.APPROVE, Verdict.APPROVE_IN_PART))
    given = given.order_by()
    earlier = given.filter(
        candidacy__initiative=OuterRef("initiative"), candidacy__lt=OuterRef("pk")
    )
    summed = earlier.values("candidacy__initiative").annotate(tkr=Sum("amount_tkr"))
    return Choose(
        When(
            initiative__in=given.values("candidacy__initiative"),
            then=Coalesce(Subquery(summed.values("tkr")), 0),
        ),
        default=0,
    )


def grants_of(candidacies: Iterable[Candidacy]) -> dict[int, int]:
    """What earlier rounds gave each of some candidacies, by their keys."""
    rows = Candidacy.objects.filter(pk__in=[row.pk for row in candidacies])
    return dict(rows.order_by().values_list("pk", granted_before()))


def points_of(candidacies: QuerySet[Candidacy]) -> list[Point]:
    """The points of some candidacies, in their order, by one statement."""
    return [Point(*columns) for columns in candidacies.values_list(*_COLUMNS, granted_before())]


def points_on(list_: OrderedList) -> list[Point]:
    """The points of a list, from the top."""
    return points_of(Candidacy.objects.filter(places__list=list_).order_by("places__place"))


def seen_by(user: User, points: Sequence[Point]) -> list[int]:
    """The keys of those that the person may see, in their present order."""
    cases = [point.case for point in points if point.case is not None]
    seen = set(Case.objects.visible_to(user).filter(pk__in=cases).values_list("pk", flat=True))
    return [point.pk for point in points if point.case in seen]


def rows_of(
    user: User,
    round: Round,
    points: Sequence[Point],
    *,
    list_: OrderedList | None = None,
) -> tuple[list[Row], int]:
    """The rows that the person may see, and how many not.

    Of what they may not see only the number is told: no cost, area or place that would tell. The
    shown places therefore run over the shown rows alone.

    Args:
        round: in which the points stand.
    """
    candidacies = Candidacy.objects.filter(round=round)
    areas = {point.area for point in points}
    if None not in areas:
        candidacies = candidacies.filter(initiative__service_area__in=areas)
    cases = candidacies.values("initiative__case")
    shown = Case.objects.shown_to(user).filter(pk__in=cases)
    titles: dict[int | None, str] = dict(shown.values_list("pk", "shown_title"))
    items = {item.candidacy_id: item for item in list_.items.all()} if list_ else {}
    rows: list[Row] = []
    for point in points:
        if point.case not in titles:
            continue
        item = items.get(point.pk)
        rows.append(
            Row(
                point=point,
                place=len(rows) + 1,
                title=titles[point.case],
                reason=item.reason if item else "",
                opinion=item.opinion if item else "",
                cost_tkr=point.cost_tkr or 0,
                item=item,
            )
        )
    return rows, len(points) - len(rows)


def read(rows: Iterable[Row], candidacies: Iterable[Candidacy] | None = None) -> None:
    """Read what is said of some rows.

    Args:
        candidacies: theirs, where the caller has read them already.
    """
    wanted = {row.key: row for row in rows if row.candidacy is None}
    if not wanted:
        return
    if candidacies is None:
        candidacies = Candidacy.objects.filter(pk__in=wanted).select_related(*SHOWN)
    for candidacy in candidacies:
        if (row := wanted.get(candidacy.pk)) is not None:
            row.candidacy = candidacy


def rows_for(
    user: User,
    candidacies: Sequence[Candidacy],
    *,
    list_: OrderedList | None = None,
) -> tuple[list[Row], int]:
    """As :func:`rows_of`, all of them read: for lists that are shown whole."""
    if not candidacies:
        return [], 0
    granted = grants_of(candidacies)
    points = [Point.of(candidacy, granted[candidacy.pk]) for candidacy in candidacies]
    rows, hidden = rows_of(user, candidacies[0].round, points, list_=list_)
    read(rows, candidacies)
    return rows, hidden
