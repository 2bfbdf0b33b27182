# SPDX-License-Identifier: EUPL-1.2
"""What a case hangs together with (R67)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casework.journal.digests import digests_of
from casework.organisation.models import User
from casework.register import events
from casework.register.models import Case, CaseLink
from casework.register.numbers import parse_lenient
from casework.register.permissions import require_look_after
from casework.register.services.changes import save_change


@transaction.atomic
def link_cases(
    *, case: Case, kind: str, number: str, actor: User | None, note: str = ""
) -> CaseLink:
    """Link the case to another by its number (R67); a number kept elsewhere is noted as it stands.

    Only a case that the actor may see becomes a real link, so that a link tells nobody that a
    secret case exists.

    Raises:
        PermissionDenied: the person may not; the sentence says who may.
        ValidationError: the text is no registry number, or it is the case itself.
    """
    require_look_after(actor, case)
    readings = parse_lenient(number)
    if not readings:
        raise ValidationError({"number": _("Det går inte att läsa som ett diarienummer.")})
    keys = [reading.key for reading in readings]
    target = Case.objects.visible_to(actor).filter(numbers__key__in=keys).first()
    if target == case:
        raise ValidationError({"number": _("Ett ärende kan inte kopplas till sig självt.")})
    link = CaseLink.objects.create(
        case=case,
        kind=kind,
        target=target,
        target_number=target.dnr if target else number.strip(),
        note=note.strip(),
    )
    save_change(
        case=case,
        actor=actor,
        event=events.LINKED,
        after={"kind": str(kind), "number": link.target_number},
        rows=digests_of(link),
    )
    return link
