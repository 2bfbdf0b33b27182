# SPDX-License-Identifier: EUPL-1.2
"""The criteria, in versions, each on a scale whose steps have words (R41, R51)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import slug_re
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.services import log
from casework.methods.scores import HIGHEST, LOWEST
from casework.organisation.models import User
from casework.planning import events
from casework.planning.enums import RoundState, VersionState
from casework.planning.models import CriteriaVersion, Criterion, Round, ScaleStep
from casework.planning.permissions import require_planner

STEPS = HIGHEST - LOWEST + 1
HEAVIEST = 100
"""The most that a criterion may weigh."""
KEY_LENGTH, LABEL_LENGTH, WORDS_LENGTH = 40, 120, 200
"""What the models hold of a key, a criterion and the words of a step."""


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion as it is to be.

    Attributes:
        steps: the words of each step, 0 first; None keeps those that the key has had.
    """

    key: str
    label: str
    help: str = ""
    weight: int = 1
    steps: Sequence[str] | None = None


@transaction.atomic
def save_criteria(
    *,
    name: str,
    rows: list[CriterionRow],
    actor: User | None,
    version: CriteriaVersion | None = None,
) -> CriteriaVersion:
    """Save a draft of the criteria; a version in use is never changed, a new draft is made (R51).

    Raises:
        ValidationError: there is no criterion, a key is there twice, a scale has not six steps, or
            a criterion has no words, too many, or a weight that is none.
    """
    require_planner(actor)
    keys = [row.key for row in rows]
    if not rows or len(keys) != len(set(keys)):
        raise ValidationError({"rows": _("Ange minst ett kriterium, och varje nyckel en gång.")})
    if faults := [fault for row in rows for fault in _faults_in(row)]:
        raise ValidationError({"rows": faults})
    if any(row.steps and len(row.steps) != STEPS for row in rows):
        raise ValidationError(_("Skriv ord för alla sex steg, från 0 till 5."), code="steps")
    kept = _steps_by_key(version)
    if version is None or version.state != VersionState.DRAFT:
        newest = CriteriaVersion.objects.first()
        version = CriteriaVersion.objects.create(
            version=(newest.version if newest else 0) + 1, name=name
        )
    version.name = name
    version.save(update_fields=["name"])
    ScaleStep.objects.filter(criterion__version=version).delete()
    version.criteria.all().delete()
    made = Criterion.objects.bulk_create(
        Criterion(
            version=version,
            key=row.key,
            label=row.label,
            help=row.help,
            weight=row.weight,
            position=position,
        )
        for position, row in enumerate(rows, start=1)
    )
    ScaleStep.objects.bulk_create(
        ScaleStep(criterion=criterion, points=points, words=words)
        for criterion, row in zip(made, rows, strict=True)
        for points, words in enumerate(
            kept.get(row.key, []) if row.steps is None else row.steps, start=LOWEST
        )
    )
    log(events.CRITERIA_SAVED, version, actor=actor, after={"version": str(version)})
    return version


@transaction.atomic
def take_criteria_into_use(*, version: CriteriaVersion, actor: User | None) -> CriteriaVersion:
    """Let a draft be the criteria from today; rounds that are open keep theirs (R51)."""
    require_planner(actor)
    if version.state != VersionState.DRAFT:
        raise ValidationError(_("Versionen är redan tagen i bruk."), code="state")
    CriteriaVersion.objects.filter(state=VersionState.IN_USE).update(state=VersionState.RETIRED)
    version.state, version.valid_from = VersionState.IN_USE, timezone.localdate()
    version.save(update_fields=["state", "valid_from"])
    Round.objects.filter(state=RoundState.PLANNED).update(criteria_version=version)
    log(events.CRITERIA_TAKEN_INTO_USE, version, actor=actor, after={"version": str(version)})
    return version


def _faults_in(row: CriterionRow) -> list[str]:
    """What the model would not hold, in words."""
    told = {"key": row.key[:KEY_LENGTH], "most": LABEL_LENGTH, "heaviest": HEAVIEST}
    faults = []
    if len(row.key) > KEY_LENGTH or not slug_re.match(row.key):
        faults.append(
            _(
                "Nyckeln ”%(key)s” ska bestå av bokstäverna a–z, siffror och bindestreck, "
                "högst 40 tecken."
            )
            % told
        )
    if not row.label:
        faults.append(_("Skriv vad kriteriet ”%(key)s” frågar efter.") % told)
    if len(row.label) > LABEL_LENGTH:
        faults.append(_("Kriteriet ”%(key)s” får ha högst %(most)s tecken.") % told)
    if not 0 < row.weight <= HEAVIEST:
        faults.append(_("Vikten för ”%(key)s” ska vara från 1 till %(heaviest)s.") % told)
    if any(len(words) > WORDS_LENGTH for words in row.steps or ()):
        faults.append(_("Ett steg på skalan för ”%(key)s” har för många tecken.") % told)
    return faults


def _steps_by_key(version: CriteriaVersion | None) -> dict[str, list[str]]:
    """The words that each key has: in the draft, else in the newest version."""
    source = version or CriteriaVersion.objects.first()
    found: dict[str, list[str]] = {}
    for step in ScaleStep.objects.filter(criterion__version=source).select_related("criterion"):
        found.setdefault(step.criterion.key, []).append(step.words)
    return found
