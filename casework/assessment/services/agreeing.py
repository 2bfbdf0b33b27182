# SPDX-License-Identifier: EUPL-1.2
"""What the group agrees on once everybody's judgement lies open (R41)."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.assessment import events, permissions
from casework.assessment.models import AgreedScore
from casework.assessment.selectors import opened_scores
from casework.journal.digests import digests_of
from casework.journal.services import log
from casework.methods.scores import HIGHEST
from casework.organisation.models import User
from casework.planning.models import RoundArea
from casework.process.models import Candidacy


@transaction.atomic
def agree_scores(
    *,
    area: RoundArea,
    candidacy: Candidacy,
    points: Mapping[int, int],
    actor: User,
    note: str = "",
) -> list[AgreedScore]:
    """Set the group's common scores of one initiative, in place of the members' medians.

    Args:
        points: by criterion, from 0 to 5.
        note: what the group saw that the members had not.

    Raises:
        PermissionDenied: only the group.
        ValidationError: the judgements are not opened, or a score is off its scale.
    """
    row = RoundArea.objects.select_for_update(of=("self",)).select_related("group").get(pk=area.pk)
    if not permissions.may_read_opened(actor, row):
        raise PermissionDenied(_("Det får bara områdets grupp göra."))
    opened = {
        score.criterion_id: score.sheet.assessment_id
        for score in opened_scores(row, actor).filter(candidacy=candidacy)
    }
    if not points or not set(points) <= set(opened):
        raise ValidationError(
            _("Bedömningarna är inte öppnade än. Ordföranden öppnar dem."), code="sealed"
        )
    if row.is_fixed:
        raise ValidationError(_("Listan är redan fastställd."), code="fixed")
    if any(not 0 <= value <= HIGHEST for value in points.values()):
        raise ValidationError({"points": _("Poängen går från 0 till 5.")})
    agreed = [
        AgreedScore.objects.update_or_create(
            candidacy=candidacy,
            criterion_id=criterion,
            defaults={
                "assessment_id": opened[criterion],
                "points": value,
                "note": note.strip(),
                "agreed_at": timezone.now(),
                "agreed_by": actor,
            },
        )[0]
        for criterion, value in points.items()
    ]
    log(
        events.SCORE_AGREED,
        agreed[0].assessment,
        actor=actor,
        after={
            "area": str(row),
            "candidacy": candidacy.pk,
            "points": {str(criterion): value for criterion, value in points.items()},
        },
        reason=note.strip(),
        rows=digests_of(*agreed),
    )
    return agreed
