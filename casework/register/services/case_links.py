# SPDX-License-Identifier: EUPL-1.2
"""What a case hangs together with (R67)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from casework.journal.digests import digests_of
from casework.organisation.models import User
from casework.register import events
from casework.register.enums import LinkKind
from casework.register.models import Case, CaseLink
from casework.register.numbers import parse_lenient, parse_short
from casework.register.permissions import require_look_after
from casework.register.selectors import by_short_number, case_meant
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
        ValidationError: the text is no registry number or could mean several cases, it is the case
            itself, or the cases are linked so already.
    """
    require_look_after(actor, case)
    target = _target(number, actor)
    if target == case:
        raise ValidationError({"number": _("Ett ärende kan inte kopplas till sig självt.")})
    linked = ValidationError({"number": _("Ärendena är redan kopplade så.")}, code="linked")
    if _is_linked(case, kind, target, number):
        raise linked
    link = CaseLink(
        case=case,
        kind=kind,
        target=target,
        target_number=target.dnr if target else number.strip(),
        note=note.strip(),
    )
    try:
        with transaction.atomic():
            link.save(force_insert=True)
    except IntegrityError as error:
        # Somebody else linked them at the same moment; that the database refuses too.
        raise linked from error
    save_change(
        case=case,
        actor=actor,
        event=events.LINKED,
        after={"kind": str(kind), "number": link.target_number},
        rows=digests_of(link),
    )
    return link


def _target(number: str, actor: User | None) -> Case | None:
    """The case that the number means; none for a number that is kept elsewhere.

    One with an authority of its own means that authority's case and no other.
    """
    readings = parse_lenient(number)
    if any(reading.authority for reading in readings):
        keys = [reading.key for reading in readings]
        return Case.objects.visible_to(actor).filter(numbers__key__in=keys).first()
    target = case_meant(actor, number) if actor is not None else None
    if target is not None or (readings and not Case.objects.visible_to(actor).by_number(number)):
        return target
    if not readings and parse_short(number) is None:
        fault = _("Det går inte att läsa som ett diarienummer.")
    elif readings or (actor is not None and by_short_number(actor, number)):
        fault = _("Flera ärenden har det numret. Skriv hela numret.")
    else:
        fault = _("Det finns inget ärende med det numret.")
    raise ValidationError({"number": fault})


def _is_linked(case: Case, kind: str, target: Case | None, number: str) -> bool:
    """Whether there is such a link; that two cases are related stands on both of them."""
    if target is None:
        there = case.links.filter(kind=kind, target=None)
        return there.filter(target_number__iexact=number.strip()).exists()
    same = Q(case=case, target=target)
    if kind == LinkKind.RELATED:
        same |= Q(case=target, target=case)
    return CaseLink.objects.filter(same, kind=kind).exists()
