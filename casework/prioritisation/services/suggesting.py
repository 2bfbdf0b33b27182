# SPDX-License-Identifier: EUPL-1.2
"""The group's suggested order, and the reasons where persons depart from one (R33, R34)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casework.organisation.models import User
from casework.planning.models import RoundArea
from casework.prioritisation import events, permissions
from casework.prioritisation.enums import ListKind
from casework.prioritisation.models import ListItem, OrderedList
from casework.prioritisation.selectors import admitted, in_stage
from casework.prioritisation.services.lists import draft_of, group_in_sentence, locked_area, tell
from casework.prioritisation.suggestions import (
    SUGGESTED_FIELDS,
    Suggested,
    group_order,
    unexplained,
)
from casework.process.enums import Standing
from casework.process.models import Candidacy
from casework.process.services import ImpossibleTransition
from casework.register.models import Case


@transaction.atomic
def suggest_order(*, area: RoundArea, actor: User) -> OrderedList:
    """Make the group's suggestion of its opened judgements, and keep it beside the draft (R33).

    What persons have ordered keeps its place; what has none yet comes after it, as suggested. The
    suggestion decides nothing: the group's list is the order that persons fix (KL 6:38).

    Raises:
        PermissionDenied: the person does not work on the area's list.
        ImpossibleTransition: the list is fixed.
        ValidationError: no judgements are opened.
    """
    row = locked_area(area)
    permissions.require(permissions.may_order_area(actor, row), group_in_sentence(row))
    if row.is_fixed:
        raise ImpossibleTransition(_("Listan är redan fastställd."))
    waiting = in_stage(row.round, Standing.ADMITTED, service_area=row.service_area)
    found = group_order(row, [candidacy.pk for candidacy in waiting])
    if not found.places:
        raise ValidationError(
            _("Det finns inga öppnade bedömningar att göra ett förslag av."), code="sealed"
        )
    draft = draft_of(row.round, ListKind.AREA, row.service_area)
    known = {item.candidacy_id: item for item in draft.items.all()}
    candidacies = admitted(row)
    last = len(candidacies) + 1
    # What persons have ordered stands as they left it; the rest comes after, as suggested.
    candidacies.sort(
        key=lambda candidacy: (
            (known[candidacy.pk].place, 0)
            if candidacy.pk in known
            else (32_767, found.places.get(candidacy.pk, last))
        )
    )
    new, changed = [], []
    for place, candidacy in enumerate(candidacies, start=1):
        item = known.pop(candidacy.pk, None)
        if item is None:
            item = ListItem(list=draft, candidacy=candidacy)
            new.append(item)
        else:
            changed.append(item)
        item.place = place
        Suggested(found.places.get(candidacy.pk)).note_on(item)
    ListItem.objects.bulk_create(new)
    ListItem.objects.bulk_update(changed, ["place", *SUGGESTED_FIELDS])
    removed = [item.pk for item in known.values()]
    ListItem.objects.filter(pk__in=removed).delete()
    draft.suggestion_by = found.by
    draft.contradicted, draft.judgements = found.contradicted, found.judgements
    draft.edition += 1
    draft.save(update_fields=["suggestion_by", "contradicted", "judgements", "edition"])
    tell(
        events.SUGGESTED,
        draft,
        actor=actor,
        after={
            "list": str(draft),
            "by": found.by,
            "places": {str(pk): place for pk, place in found.places.items()},
            "contradicted": found.contradicted,
            "judgements": found.judgements,
        },
        removed=removed,
    )
    return draft


def require_reasons(list_: OrderedList, actor: User) -> None:
    """Ask for a reason wherever the list departs from its suggestion (R33, R34).

    Of what the person may not see, no reason is asked.

    Raises:
        ValidationError: by item, ``reason-<candidacy>``.
    """
    moved = unexplained(list_)
    if not moved:
        return
    rows = Candidacy.objects.filter(
        pk__in=moved, initiative__case__in=Case.objects.visible_to(actor)
    )
    faults = {
        f"reason-{pk}": _("Skriv varför %(dnr)s har en annan plats än den föreslagna.")
        % {"dnr": dnr}
        for pk, dnr in rows.order_by("pk").values_list("pk", "initiative__case__dnr")
    }
    if faults:
        raise ValidationError(faults)
