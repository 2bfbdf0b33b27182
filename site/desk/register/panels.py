# SPDX-License-Identifier: EUPL-1.2
"""The register on the page of a case: facts, decisions, records, what it is linked to."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.organisation.enums import Role
from casework.organisation.models import User
from casework.register.models import Case, Record
from ui.case_actions import offered_to
from ui.case_file import CaseFile
from ui.lookups import has_role, may_handle
from ui.panels import Panel, Place, register_panel


def summary_context(user: User, case: Case) -> dict[str, object]:
    """What everybody is shown of a case that is no initiative."""
    return {"case": case}


def decisions_context(user: User, case: Case) -> dict[str, object]:
    """What was decided, and who was of another mind."""
    return {"decisions": case.decisions.all(), "dissents": case.dissents.all()}


def earlier_context(user: User, case: Case) -> dict[str, object]:
    """What happened before the case was in this register."""
    return {"earlier_events": case.earlier_events.all()}


def records_context(user: User, case: Case) -> dict[str, object]:
    """The records that this person may see."""
    is_registrar = has_role(user, Role.REGISTRAR, case)
    return {
        "case": case,
        "records": Record.objects.visible_to(user)
        .filter(case=case)
        .select_related("entry")
        .prefetch_related("files"),
        "is_registrar": is_registrar,
        "may_write": is_registrar or may_handle(user, case),
    }


def facts_context(user: User, case: Case) -> dict[str, object]:
    """The case's facts, and what can be done with it."""
    return {
        "case": case,
        "numbers": case.numbers.all(),
        "grants": case.grants.select_related("user"),
        "case_actions": offered_to(user, case),
    }


def links_context(user: User, case: Case) -> dict[str, object]:
    """The cases that this one is linked to."""
    return {"links": case.links.select_related("target")}


def amendments_context(user: User, case: Case) -> dict[str, object]:
    """What has been corrected."""
    return {"amendments": case.entry.amendments.all()}


def _add(
    key: str,
    title: Promise,
    order: int,
    context: Callable[[User, Case], dict[str, object]],
    place: Place = "main",
    shown_to: Callable[[User, CaseFile], bool] = lambda user, file: file.case is not None,
) -> None:
    register_panel(
        "case",
        Panel(
            key=key,
            title=title,
            order=order,
            shown_to=shown_to,
            template=f"desk/register/{key}.html",
            context=lambda user, file: context(user, file.case),
            place=place,
        ),
    )


_add(
    "summary", _("Sammanfattning"), 20, summary_context,
    shown_to=lambda user, file: bool(
        file.case is not None and file.initiative is None and file.case.summary
    ),
)  # fmt: skip
_add("decisions", _("Beslut"), 40, decisions_context)
_add("earlier_events", _("Ärendets historia"), 50, earlier_context)
_add("records", _("Handlingar"), 60, records_context)
_add("facts", _("Fakta"), 10, facts_context, "aside")
_add("links", _("Kopplingar"), 20, links_context, "aside")
_add("amendments", _("Rättelser"), 30, amendments_context, "aside")
