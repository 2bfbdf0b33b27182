# SPDX-License-Identifier: EUPL-1.2
"""What the diary does to a case follows to its initiative."""

from __future__ import annotations

from django.dispatch import receiver

from casework.initiatives.models import Initiative
from casework.initiatives.services import let_all_follow
from casework.organisation.models import User
from casework.register.models import Case
from casework.register.signals import merged


@receiver(merged)
def on_merged(
    sender: type[Case], case: Case, into: Case, actor: User | None, **kwargs: object
) -> None:
    """Who followed the initiative that is merged is told what happens to the other (R39)."""
    found = {row.case_id: row for row in Initiative.objects.filter(case__in=[case, into])}
    if len(found) == 2:
        let_all_follow(initiative=found[case.pk], into=found[into.pk], actor=actor)
