# SPDX-License-Identifier: EUPL-1.2
"""What the members of the groups think of what they have admitted, each alone (R33)."""

from __future__ import annotations

from casework.assessment.selectors import criteria_of, to_judge
from casework.assessment.services import Given, save_scores, submit_sheet
from casework.organisation.selectors import seats_of
from casework.planning.models import RoundArea
from demo.cast import Cast


def part_of(cast: Cast, round_slug: str, area: str) -> RoundArea:
    """An area's part of a round, with the group that works in it."""
    rows = RoundArea.objects.select_related("round__cycle", "service_area", "group")
    return rows.get(round=cast.round(round_slug), service_area=cast.areas[area])


def judge(cast: Cast, part: RoundArea, *, is_under_way: bool = False) -> bool:
    """Each member scores what waits and hands it in; tells whether anything did.

    Args:
        is_under_way: the last member has only begun.
    """
    assert part.group is not None  # every area of the demo has one
    criteria = criteria_of(part)
    members = [cast.by(row.user.username) for row in seats_of(part.group)]
    has_any = False
    for place, member in enumerate(members):
        given = [
            Given(candidacy.pk, criterion.pk, _points(candidacy.pk, number, place))
            for candidacy in to_judge(part, member)
            for number, criterion in enumerate(criteria)
        ]
        if not given:
            continue
        has_begun = is_under_way and member == members[-1]
        kept = given[: len(given) // 2] if has_begun else given
        save_scores(area=part, actor=member, scores=kept)
        if not has_begun:
            submit_sheet(area=part, actor=member)
            has_any = True
    return has_any


def _points(candidacy: int, criterion: int, member: int) -> int | None:
    """A member's score: near the others', now and then far off, seldom an abstention."""
    seed = candidacy * 31 + criterion * 17
    if (seed + member * 13) % 29 == 0:
        return None
    drift = (-1, 0, 0, 1, 0)[(seed // 3 + member * 7) % 5]
    far = 2 if (seed + member * 11) % 23 == 0 else 0
    return max(0, min(5, 2 + seed % 3 + drift - far))
