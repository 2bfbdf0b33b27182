# SPDX-License-Identifier: EUPL-1.2
"""Judging alone, handing in, and the chair's opening (R19, R41).

What is written before the opening is journalled without who, whose and what; its checksums are
salted. Whoever reads the journal learns that something was kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.assessment import events, permissions
from casework.assessment.models import Assessment, MemberPlace, Score, ScoreSheet
from casework.assessment.selectors import criteria_of, to_judge
from casework.journal.digests import digests_of, gone
from casework.journal.services import log
from casework.methods.scores import HIGHEST
from casework.organisation.models import User
from casework.planning.enums import SuggestionBy
from casework.planning.models import RoundArea


@dataclass(frozen=True, slots=True)
class Given:
    """One score that a member gives.

    Attributes:
        points: a step of the scale, from 0 to 5; None for abstaining.
    """

    candidacy: int
    criterion: int
    points: int | None
    note: str = ""


@transaction.atomic
def save_scores(*, area: RoundArea, actor: User, scores: Sequence[Given]) -> None:
    """Keep some of a member's scores, sealed; those not named stay as they are.

    Raises:
        PermissionDenied: only the group's members judge.
        ValidationError: there is nothing to judge, a score is off its scale, or an initiative or a
            criterion is none of theirs.
    """
    row = _locked(area)
    _require(permissions.may_judge(actor, row), row)
    candidacies = {candidacy.pk for candidacy in to_judge(row, actor)}
    criteria = {criterion.pk for criterion in criteria_of(row)}
    for given in scores:
        if given.candidacy not in candidacies or given.criterion not in criteria:
            raise ValidationError(
                _("Bedömningen stämmer inte längre med det som väntar. Ladda om sidan."),
                code="changed",
            )
        if given.points is not None and not 0 <= given.points <= HIGHEST:
            raise ValidationError({"points": _("Poängen går från 0 till 5.")})
    sheet = _own_sheet(row, actor)
    had = {
        (score.candidacy_id, score.criterion_id): score
        for score in Score.everything.filter(sheet=sheet)
    }
    kept = []
    for given in scores:
        score = had.get((given.candidacy, given.criterion)) or Score(
            sheet=sheet, candidacy_id=given.candidacy, criterion_id=given.criterion
        )
        score.points, score.note = given.points, given.note.strip()
        score.save()
        kept.append(score)
    _tell(row, sheet, kept)


@transaction.atomic
def save_places(*, area: RoundArea, actor: User, places: Mapping[int, int]) -> None:
    """Keep a member's own order, sealed, in place of the one before; places may be shared.

    Args:
        places: by candidacy, from 1; one left out is not judged.

    Raises:
        PermissionDenied, ValidationError: as :func:`save_scores`.
    """
    row = _locked(area)
    _require(permissions.may_judge(actor, row), row)
    candidacies = {candidacy.pk for candidacy in to_judge(row, actor)}
    if not set(places) <= candidacies or any(place < 1 for place in places.values()):
        raise ValidationError(
            _("Ordningen stämmer inte längre med det som väntar. Ladda om sidan."), code="changed"
        )
    sheet = _own_sheet(row, actor)
    old = MemberPlace.everything.filter(sheet=sheet)
    removed = list(old.values_list("pk", flat=True))
    old.delete()
    kept = MemberPlace.everything.bulk_create(
        MemberPlace(sheet=sheet, candidacy_id=candidacy, place=place)
        for candidacy, place in places.items()
    )
    _tell(row, sheet, kept, removed=removed)


@transaction.atomic
def submit_sheet(*, area: RoundArea, actor: User) -> None:
    """Hand in one's judgements; they can be changed until the chair opens.

    Raises:
        PermissionDenied: only the group's members judge.
        ValidationError: something has neither a score nor an abstention, or no place.
    """
    row = _locked(area)
    _require(permissions.may_judge(actor, row), row)
    waiting = {candidacy.pk for candidacy in to_judge(row, actor)}
    sheet = _own_sheet(row, actor)
    if row.suggestion_by == SuggestionBy.SCORES:
        wanted = {(one, criterion.pk) for one in waiting for criterion in criteria_of(row)}
        has = set(Score.everything.filter(sheet=sheet).values_list("candidacy", "criterion"))
        left = len(wanted - has)
    else:
        placed = MemberPlace.everything.filter(sheet=sheet).values_list("candidacy", flat=True)
        left = len(waiting - set(placed))
    if left or not waiting:
        raise ValidationError(
            _("%(left)s bedömningar saknas. Ge poäng eller avstå, och lämna in igen.")
            % {"left": left},
            code="incomplete",
        )
    sheet.submitted_at = timezone.now()
    sheet.save(update_fields=["submitted_at"])
    _tell(row, sheet, [])


@transaction.atomic
def open_scores(*, area: RoundArea, actor: User) -> Assessment:
    """Break the seal: from now on the group reads what each member handed in.

    What was not handed in stays its member's own, and counts for nothing.

    Raises:
        PermissionDenied: only the group's chair opens.
        ValidationError: nobody has handed in anything.
    """
    row = _locked(area)
    if not permissions.may_open(actor, row):
        raise PermissionDenied(
            _("Det får bara ordföranden i %(body)s göra.") % {"body": _group(row)}
        )
    assessment = (
        Assessment.objects.select_for_update(of=("self",)).filter(area=row, opened_at=None).first()
    )
    submitted = (
        list(ScoreSheet.everything.filter(assessment=assessment, submitted_at__isnull=False))
        if assessment
        else []
    )
    if assessment is None or not submitted:
        raise ValidationError(_("Ingen ledamot har lämnat in sin bedömning än."), code="empty")
    assessment.opened_at, assessment.opened_by = timezone.now(), actor
    assessment.save(update_fields=["opened_at", "opened_by"])
    log(
        events.SCORES_OPENED,
        assessment,
        actor=actor,
        after={
            "area": str(row),
            "members": sorted(sheet.member_id for sheet in submitted),
        },
        rows=digests_of(assessment),
    )
    return assessment


def _own_sheet(area: RoundArea, member: User) -> ScoreSheet:
    """The member's sheet in the sealed assessment; both made when they are not there.

    The area is locked, so two members do not make two assessments.
    """
    assessment = Assessment.objects.filter(area=area, opened_at=None).first()
    if assessment is None:
        number = Assessment.objects.filter(area=area).count() + 1
        assessment = Assessment.objects.create(area=area, number=number)
    sheet, _made = ScoreSheet.everything.get_or_create(assessment=assessment, member=member)
    return sheet


def _tell(
    area: RoundArea, sheet: ScoreSheet, kept: Sequence[models.Model], removed: Sequence[int] = ()
) -> None:
    """Journal that something was kept, with salted checksums and without anybody's name."""
    log(
        events.KEPT_SEALED,
        sheet.assessment,
        actor=None,
        after={"area": str(area)},
        rows={**gone(MemberPlace, removed), **digests_of(sheet.assessment, sheet, *kept)},
    )


def _locked(area: RoundArea) -> RoundArea:
    return (
        RoundArea.objects.select_for_update(of=("self",))
        .select_related("round__cycle", "service_area", "group__service_area")
        .get(pk=area.pk)
    )


def _group(area: RoundArea) -> str:
    return area.group.in_sentence() if area.group else _("områdets grupp")


def _require(allowed: bool, area: RoundArea) -> None:
    if not allowed:
        raise PermissionDenied(
            _("Det får bara ledamöterna i %(body)s göra.") % {"body": _group(area)}
        )
