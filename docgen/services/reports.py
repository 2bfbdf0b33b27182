# SPDX-License-Identifier: EUPL-1.2
"""Writing reports: begin, save, load a historic one. Each in one transaction with its journal."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Revision

from casework.journal.events import EventType
from casework.journal.services import log
from casework.organisation.models import User
from casework.register.models import Case
from casework.register.obstacles import require_live
from docgen import content as c
from docgen import events
from docgen.founding import founding_content
from docgen.models import Report
from docgen.permissions import require_writer
from docgen.services.building import add_dissents, case_dissents, case_facts, fill
from docgen.services.first_draft import first_content


def report_of(case: Case) -> Report | None:
    """The case's report; the newest when there are several."""
    return case.reports.order_by("-pk").first()


def newest(report: Report) -> Report:
    """The report as last saved; asked anew, since the row in hand may be older."""
    row = Report.objects.select_related("case", "latest_revision").get(pk=report.pk)
    found: Report = row.get_latest_revision_as_object()
    return found


@transaction.atomic
def create_report(*, case: Case, actor: User) -> Report:
    """The case's report, begun with what is known when there is none yet (R60).

    Raises:
        PermissionDenied: the person does not write at the case's authority.
        ValidationError: none is begun, and the case is void or joined into another.
    """
    require_writer(actor, case)
    Case.objects.select_for_update().get(pk=case.pk)  # a double click makes one report
    existing = report_of(case)
    if existing is not None:
        return existing
    require_live(case)
    report = Report(case=case, live=False, has_unpublished_changes=True, facts=case_facts(case))
    fill(report, first_content(case, actor))
    report.save()
    _save_revision(report, actor)
    _log(events.REPORT_CREATED, report, actor)
    return report


@transaction.atomic
def save_draft(*, report: Report, actor: User | None) -> Revision:
    """Save the report as it stands in memory, as a new revision.

    Raises:
        PermissionDenied: the person does not write at the case's authority.
    """
    require_writer(actor, report.case)
    report.live = False
    report.save()
    revision = _save_revision(report, actor)
    note_saved(report=report, actor=actor, revision=revision)
    return revision


def note_saved(*, report: Report, actor: User | None, revision: Revision) -> None:
    """Write the saving of a revision in the journal; the editor calls it in its transaction."""
    _log(events.REPORT_SAVED, report, actor, {"revision": revision.pk})


@transaction.atomic
def refresh_facts(*, report: Report, actor: User | None) -> Report:
    """The newest revision, with the case's numbers, remiss, links and dissent as they are now.

    A dissent is taken over once; what the officer changes or removes of it afterwards stands.
    """
    last = newest(report)
    if last.facts_fixed:
        return last
    facts = case_facts(last.case)
    if last.facts != facts:
        taken = set(last.facts.get("dissents", []))
        add_dissents(last, [x for x in case_dissents(last.case) if x.id not in taken])
        last.facts = facts
        save_draft(report=last, actor=actor)
    return last


@transaction.atomic
def load_founding_report(case: Case, data: dict[str, Any], *, actor: User | None = None) -> Report:
    """Load a historic case's report from the preset's data; run again it changes nothing."""
    existing = report_of(case)
    if existing is not None:
        return existing
    content = founding_content(data)
    report = Report(
        case=case,
        live=False,
        has_unpublished_changes=True,
        # What a historic report says about remiss and links is part of it, whatever is known now.
        facts={
            "dnr": list(content.dnr),
            "consultation": c.to_json(content.consultation),
            "links": [c.to_json(link) for link in content.links],
        },
        facts_fixed=True,
    )
    fill(report, content)
    report.save()
    _save_revision(report, actor)
    _log(events.REPORT_CREATED, report, actor)
    return report


def _save_revision(report: Report, actor: User | None) -> Revision:
    revision: Revision = report.save_revision(user=actor, clean=False, log_action=True)
    return revision


def _log(
    event: EventType, report: Report, actor: User | None, after: dict[str, Any] | None = None
) -> None:
    log(
        event,
        report,
        actor=actor,
        about=report.case,
        after={"report": report.pk, **(after or {})},
    )
