# SPDX-License-Identifier: EUPL-1.2
"""The register on the page of a case: facts, decisions, records, what it is linked to."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.follow_up.selectors import stand_ins_of
from casework.organisation.models import User
from casework.register.models import Case, PublicEvent, Record, RecordFile
from casework.register.permissions import (
    is_registrar,
    may_grant,
    may_look_after,
    may_register_record,
)
from casework.register.selectors import joined_into
from ui.case_actions import offered_to
from ui.case_file import CaseFile
from ui.panels import Panel, Place, register_panel
from ui.present import outcome_words

RECORDS_SHOWN = 50
"""So many records stand on the case's page, the newest first."""


def summary_context(user: User, file: CaseFile) -> dict[str, object]:
    """What everybody is shown of a case that is no initiative."""
    return {"case": file.case}


FIRST_ACTIONS = ("ta", "handlaggare", "lamna-over", "bevaka", "avsluta")
"""What stands first to do with a case that is no initiative."""


def letter_context(user: User, file: CaseFile) -> dict[str, object]:
    """Who has a case that is no initiative, and what the person can do with it now (S10)."""
    case = _case(file)
    offered = dict(offered_to(user, file))
    offered.pop("handlaggare" if case.officer_id else "lamna-over", None)  # among the others
    substitutes = stand_ins_of({case.officer_id}) if case.officer_id else {}
    return {
        "case": case,
        "is_late": case.due_on is not None and case.due_on < timezone.localdate(),
        "substitutes": substitutes.get(case.officer_id or 0, []),
        "actions": [(name, offered[name]) for name in FIRST_ACTIONS if name in offered],
        "may_write": case.is_live and may_register_record(user, case),
    }


def earlier_context(user: User, file: CaseFile) -> dict[str, object]:
    """What happened before the case was in this register."""
    return {
        "earlier_events": PublicEvent.objects.filter(case=file.case).exclude(words="")
        if file.facts.earlier_events
        else []
    }


def with_reading() -> Prefetch:
    """The files of records, each with how the reading of its text went."""
    return Prefetch("files", RecordFile.objects.select_related("reading").order_by("pk"))


def records_context(user: User, file: CaseFile) -> dict[str, object]:
    """The records that this person may see, a page of them, each in the face the person gets."""
    case = _case(file)
    rows = (
        Record.objects.shown_to(user)
        .filter(case=case)
        .select_related("entry")
        .prefetch_related(with_reading())
        .order_by("-entry__record_number")
    )
    return {
        "case": case,
        "records": with_sources(user, rows[:RECORDS_SHOWN]),
        "more": max(0, rows.count() - RECORDS_SHOWN) if case.record_count > RECORDS_SHOWN else 0,
        "is_registrar": is_registrar(user, case),
        "may_look_after": may_look_after(user, case),
        "may_write": case.is_live and may_register_record(user, case),
        "joined_into": joined_into(user, case) if may_register_record(user, case) else None,
    }


def with_sources(user: User, rows: Iterable[Record]) -> list[Record]:
    """Records, each with what it is a copy of and, of a void one, what stands in its place.

    Told are the numbers of those that the person may see.
    """
    records = list(rows)
    visible = Record.objects.visible_to(user)
    copied = {row.copied_from_id for row in records if row.copied_from_id}
    seen = dict(visible.filter(pk__in=copied).values_list("pk", "dnr") if copied else ())
    void = [row.pk for row in records if row.is_void]
    again = visible.filter(copied_from__in=void, voided_at=None).select_related("case", "entry")
    instead = {row.copied_from_id: row for row in again} if void else {}
    for row in records:
        row.source = seen.get(row.copied_from_id, "")  # type: ignore[attr-defined]
        row.instead = instead.get(row.pk)  # type: ignore[attr-defined]
    return records


def facts_context(user: User, file: CaseFile) -> dict[str, object]:
    """The case's facts, and what can be done with it."""
    case, inside = _case(file), file.is_internal
    granted = inside and file.facts.grants
    return {
        "case": case,
        "is_internal": inside,
        "outcome": outcome_words(case.outcome) if case.outcome else "",
        "numbers": case.numbers.all() if file.facts.numbers > 1 else [],
        "merged_into": joined_into(user, case),
        "grants": case.grants.not_ended().select_related("user", "body") if granted else [],
        "case_actions": offered_to(user, file) if inside else [],
        "may_grant": may_grant(user, case),
    }


def links_context(user: User, file: CaseFile) -> dict[str, object]:
    """The cases that this one is linked to, both ways; of unseen ones nothing (R67)."""
    case = _case(file)
    if not file.facts.links:
        return {}
    seen = set(
        Case.objects.visible_to(user)
        .filter(Q(pk__in=case.links.values("target")) | Q(pk__in=case.linked_from.values("case")))
        .values_list("pk", flat=True)
    )
    return {
        "links": [
            row
            for row in case.links.select_related("target")
            if row.target_id is None or row.target_id in seen
        ],
        "back": [row for row in case.linked_from.select_related("case") if row.case_id in seen],
    }


def amendments_context(user: User, file: CaseFile) -> dict[str, object]:
    """What has been corrected."""
    rows = _case(file).entry.amendments.all() if file.facts.amendments else []
    return {"amendments": rows}


def _case(file: CaseFile) -> Case:
    assert file.case is not None
    return file.case


def _has_case(user: User, file: CaseFile) -> bool:
    return file.case is not None


def _inside(user: User, file: CaseFile) -> bool:
    return file.case is not None and file.is_internal


def _add(
    key: str,
    title: Promise,
    order: int,
    context: Callable[[User, CaseFile], dict[str, object]],
    place: Place = "main",
    shown_to: Callable[[User, CaseFile], bool] = _inside,
) -> None:
    register_panel(
        "case",
        Panel(
            key=key,
            title=title,
            order=order,
            shown_to=shown_to,
            template=f"desk/register/{key}.html",
            context=context,
            place=place,
        ),
    )


_add(
    "summary", _("Sammanfattning"), 20, summary_context,
    shown_to=lambda user, file: bool(
        file.case is not None and (file.initiative is None or not file.is_internal)
        and file.case.summary
    ),
)  # fmt: skip
_add(
    "letter", _("Att göra nu"), 10, letter_context,
    shown_to=lambda user, file: bool(
        _inside(user, file) and file.initiative is None and file.case
        and file.case.is_live and not file.case.closed_at
    ),
)  # fmt: skip
_add("earlier_events", _("Ärendets historia"), 50, earlier_context)
_add("records", _("Handlingar"), 65, records_context, shown_to=_has_case)
_add("facts", _("Fakta"), 10, facts_context, "aside", _has_case)
_add("links", _("Kopplingar"), 20, links_context, "aside")
_add("amendments", _("Rättelser"), 30, amendments_context, "aside")

register_panel(
    "room",
    Panel(
        key="records",
        title=_("Handlingar"),
        order=20,
        shown_to=_has_case,
        template="desk/register/room.html",
        context=records_context,
    ),
)
