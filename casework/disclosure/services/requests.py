# SPDX-License-Identifier: EUPL-1.2
"""Requests to see a record (TF 2:18)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.disclosure import events
from casework.disclosure.enums import DisclosureOutcome
from casework.disclosure.models import DisclosureItem, DisclosureRequest, HandedFile
from casework.disclosure.permissions import require_answer
from casework.disclosure.selectors import cases_named
from casework.disclosure.services.items import locked_request, open_request
from casework.journal.digests import digests_of
from casework.journal.services import OFFICE_CHAIN, lock_chain, log
from casework.organisation.models import User
from casework.register.selectors import case_meant, record_meant

UNTRIED = _l(
    "Utan vald handling kan svaret bara bli att handlingen inte finns. "
    "Välj annars handlingarna och pröva dem först."
)


@transaction.atomic
def request_disclosure(
    *, number: str, text: str, contact: str = "", came_at: dt.datetime | None = None
) -> DisclosureRequest:
    """Ask for a record, also anonymously: who asks is neither demanded nor logged (TF 2:18).

    Args:
        number: of the case or record, as the person wrote it; may be empty.
        text: what the person wants to see.
        contact: where the answer goes, if the person wants it sent.
        came_at: when it came to us, where that was before now; its answer is due from then.

    Raises:
        ValidationError: nothing is asked for.
    """
    if not text.strip():
        raise ValidationError({"text": _("Skriv vad du vill se.")}, code="required")
    request = DisclosureRequest.objects.create(
        number=number.strip()[:70],
        text=text.strip(),
        contact=contact.strip()[:200],
        requested_at=min(came_at or timezone.now(), timezone.now()),
    )
    log(events.REQUESTED, request, actor=None, rows=digests_of(request))
    return request


@transaction.atomic
def withdraw_request(
    *, request: DisclosureRequest, actor: User | None, reason: str
) -> DisclosureRequest:
    """Take back a request that somebody made of what was none; its code opens nothing any more.

    The address is erased at once.

    Raises:
        PermissionDenied: the person is not a registrar.
        ValidationError: it is answered, or records are listed in it.
    """
    require_answer(actor)
    row = open_request(request)
    if row.items.exists():
        raise ValidationError(
            _("Begäran har fått handlingar att pröva. Svara på den i stället."), code="more"
        )
    row.withdrawn_at = row.answered_at = timezone.now()
    row.answered_by, row.contact = actor, ""
    row.save(update_fields=["withdrawn_at", "answered_at", "answered_by", "contact"])
    log(events.WITHDRAWN, row, actor=actor, reason=reason, rows=digests_of(row))
    return row


@transaction.atomic
def answer_disclosure(
    *, request: DisclosureRequest, actor: User | None, outcome: str = "", answer: str = ""
) -> DisclosureRequest:
    """Send the answer: from now on the receipt tells it and hands the files out.

    Where records are listed the outcome follows from theirs, which are fixed with it; each of their
    cases tells that a record was tried.

    Args:
        outcome: of a request without records; that can only be answered with that it is missing.
        answer: what the one who asked reads on the receipt; where something was held back, why.

    Raises:
        PermissionDenied: the person is not a registrar.
        ValidationError: a record is not tried, the outcome or the answer is missing, or it was
            answered already.
    """
    require_answer(actor)
    for chain in _chains(request):
        lock_chain(chain)
    request = open_request(request)
    items = list(request.items.select_related("record__case__entry__series").order_by("pk"))
    if waiting := [str(item) for item in items if not item.is_reviewed]:
        raise ValidationError(
            _("Pröva varje handling först: %(records)s.") % {"records": ", ".join(waiting)},
            code="waiting",
        )
    if items:
        outcome = together(item.outcome for item in items)
    elif outcome not in DisclosureOutcome.values:
        raise ValidationError({"outcome": _("Välj vad svaret blev.")}, code="required")
    elif outcome != DisclosureOutcome.MISSING:
        raise ValidationError({"outcome": UNTRIED}, code="untried")
    elif not answer.strip():
        raise ValidationError({"answer": _("Skriv svaret till den som frågar.")}, code="required")
    request.outcome = outcome
    request.answer = answer.strip()
    request.answered_at = timezone.now()
    request.answered_by = actor
    request.save(update_fields=["outcome", "answer", "answered_at", "answered_by"])
    rows = _fix(request, items)
    log(
        events.ANSWERED, request, actor=actor, reason=answer, after={"outcome": outcome},
        rows={**digests_of(request), **rows},
    )  # fmt: skip
    for item in items:
        if item.record is not None:
            log(
                events.RECORD_ANSWERED, item.record, about=item.record.case, actor=actor,
                after={"dnr": item.record.dnr, "disclosed": item.outcome},
            )  # fmt: skip
    return request


def together(outcomes: Iterable[str]) -> str:
    """What a whole request came to by its records: all alike, or something was held back."""
    found = {outcome for outcome in outcomes if outcome != DisclosureOutcome.MISSING}
    if not found:
        return DisclosureOutcome.MISSING
    return found.pop() if len(found) == 1 else DisclosureOutcome.PARTLY


def _chains(request: DisclosureRequest) -> list[str]:
    """The journal's chains that the answer writes to, in the order in which all lock them."""
    rows = request.items.exclude(record=None).select_related("record__case__entry__series")
    return sorted({OFFICE_CHAIN, *(item.record.chain for item in rows if item.record)})


def _fix(request: DisclosureRequest, items: Sequence[DisclosureItem]) -> dict[str, str | None]:
    """Let the records' rows and files stay as they are from now on."""
    files = list(HandedFile.objects.filter(item__request=request))
    for item in items:
        item.answered_at = request.answered_at
        item.save(update_fields=["answered_at"])
    for file in files:
        file.handed_at = request.answered_at
        file.save(update_fields=["handed_at"])
    return digests_of(*items, *files)


@transaction.atomic
def want_decision(*, code: str) -> DisclosureRequest:
    """The one who asked wants a written decision on what was held back (TF 2:19, OSL 6:3).

    Whoever holds the receipt asks; who that is is not asked (TF 2:18).

    Raises:
        ValidationError: there is no such receipt, or nothing was held back.
    """
    lock_chain(OFFICE_CHAIN)
    request = DisclosureRequest.objects.select_for_update(of=("self",)).filter(code=code).first()
    if request is None or request.is_closed or not request.is_appealable:
        raise ValidationError(_("Det finns inget att besluta om."), code="state")
    if request.decision_wanted_at is None:
        request.decision_wanted_at = timezone.now()
        request.save(update_fields=["decision_wanted_at"])
        log(events.DECISION_WANTED, request, actor=None, rows=digests_of(request))
    return request


@transaction.atomic
def note_decision(*, request: DisclosureRequest, number: str, actor: User) -> DisclosureRequest:
    """Note under which number the written decision stands; the receipt tells it.

    The number may be written in any way that the registrar is used to; noted is the whole one,
    which says something to the one who asked.

    Raises:
        PermissionDenied: the person is not a registrar.
        ValidationError: nobody wants one, or the number means no case or could mean several.
    """
    require_answer(actor)
    row = locked_request(request.pk)
    if row.decision_wanted_at is None:
        raise ValidationError(_("Ingen har bett om ett skriftligt beslut."), code="state")
    case = case_meant(actor, number)
    if case is None:
        several = cases_named(actor, number).exists()
        told = _("Flera ärenden har det numret. Skriv hela numret.")
        none = _("Det finns inget ärende med det numret.")
        raise ValidationError({"number": told if several else none})
    record = record_meant(actor, case, number)
    row.decision_number = record.dnr if record else case.dnr
    row.decided_at = timezone.now()
    row.save(update_fields=["decision_number", "decided_at"])
    log(
        events.DECIDED,
        row,
        actor=actor,
        after={"number": row.decision_number},
        rows=digests_of(row),
    )
    return row


def forget_contacts() -> int:
    """Erase the addresses that answers were sent to, once the receipts have had their time.

    No person does it, the worker does, daily. Returns how many there were.
    """
    rows = DisclosureRequest.objects.exclude(contact="").exclude(answered_at=None)
    past = [row.pk for row in rows if row.is_closed]
    return DisclosureRequest.objects.filter(pk__in=past).update(contact="")
