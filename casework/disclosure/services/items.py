# SPDX-License-Identifier: EUPL-1.2
"""The trial of each record of a request (OSL 5:5): listed, handed to the officer, decided."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.disclosure import events
from casework.disclosure.enums import BY_PROVISION, WITH_FILES, DisclosureOutcome
from casework.disclosure.models import DisclosureItem, DisclosureRequest, HandedFile
from casework.disclosure.permissions import require_answer, require_list, require_review
from casework.journal.digests import digests_of, gone
from casework.journal.services import OFFICE_CHAIN, lock_chain, log
from casework.organisation.enums import Role
from casework.organisation.models import User
from casework.organisation.selectors import has_role_at
from casework.register.models import Record, RecordFile
from casework.register.services.registration import checked_provision
from casework.register.uploads import check_upload, shown_name


@transaction.atomic
def list_records(
    *,
    request: DisclosureRequest,
    actor: User | None,
    records: Iterable[Record] = (),
    said: str = "",
) -> list[DisclosureItem]:
    """Take records up in a request, each to be tried for itself; one that is there stays once.

    Args:
        records: of the diary.
        said: in words, what was asked for and stands in no diary; that is decided with it.

    Raises:
        PermissionDenied: the person does not keep the diary of a record.
        ValidationError: nothing was chosen, or the request is answered.
    """
    chosen = list(records)
    require_answer(actor)
    for record in chosen:
        require_list(actor, record)
    request = open_request(request)
    there = set(request.items.values_list("record", flat=True))
    rows = [
        DisclosureItem(request=request, record=record)
        for record in chosen
        if record.pk not in there
    ]
    if said.strip():
        missing = DisclosureItem(request=request, said=said.strip()[:200])
        missing.outcome = DisclosureOutcome.MISSING
        missing.reviewed_at, missing.reviewed_by = timezone.now(), actor
        rows.append(missing)
    if not chosen and not rows:
        raise ValidationError(
            _("Välj handlingar, eller skriv vad som söktes och inte finns."), code="required"
        )
    for row in rows:
        row.save()
    if rows:
        log(
            events.LISTED, request, actor=actor,
            after={"records": [str(row) for row in rows]}, rows=digests_of(*rows),
        )  # fmt: skip
    return rows


@transaction.atomic
def unlist(*, item: DisclosureItem, actor: User | None) -> None:
    """Take a record out of a request that it does not answer.

    Raises:
        PermissionDenied: the person may not decide of it.
        ValidationError: the request is answered, or the record is tried already.
    """
    item = _locked(item)
    require_review(actor, item)
    if item.is_reviewed and item.record is not None:
        raise ValidationError(_("Handlingen är redan prövad."), code="state")
    name, rows = str(item), gone(DisclosureItem, [item.pk])
    item.delete()
    log(events.UNLISTED, item.request, actor=actor, before={"record": name}, rows=rows)


@transaction.atomic
def ask_officer(*, item: DisclosureItem, actor: User | None) -> DisclosureItem:
    """Hand the trial of one record to the officer of its case, in whose list it stands then.

    Raises:
        PermissionDenied: the person does not keep the record's diary.
        ValidationError: the case has no officer, or the record is tried already.
    """
    item = _locked(item)
    if item.record is None:
        raise ValidationError(_("Bara en handling i diariet kan prövas av handläggaren."))
    require_list(actor, item.record)
    case = item.record.case
    officer = case.officer
    if officer is None or not has_role_at(officer, case.authority_id, Role.OFFICER):
        raise ValidationError(_("Ärendet har ingen handläggare. Pröva själv."), code="officer")
    if item.is_reviewed:
        raise ValidationError(_("Handlingen är redan prövad."), code="state")
    item.asked, item.asked_at = officer, timezone.now()
    item.save(update_fields=["asked", "asked_at"])
    log(
        events.ASKED, item, about=item.request, actor=actor,
        after={"record": str(item), "asked": officer.pk}, rows=digests_of(item),
    )  # fmt: skip
    return item


@transaction.atomic
def review_item(
    *,
    item: DisclosureItem,
    outcome: str,
    actor: User | None,
    provision: str = "",
    reason: str = "",
    own: Iterable[RecordFile] = (),
    masked: Iterable[UploadedFile] = (),
) -> DisclosureItem:
    """Decide of one record; until the whole request is answered it can be decided anew.

    A marking is a reminder, not an answer: each request is tried for itself (OSL 5:5). So a marked
    record may be granted, with words on why.

    Args:
        outcome: a DisclosureOutcome.
        provision: by which something is held back, such as OSL 21:1.
        reason: in words, for the one who asked.
        own: of the record's files, those that are given as they are.
        masked: copies in which what is secret is covered. Without new ones those that were left
            before are kept.

    Raises:
        PermissionDenied: the person may not decide of it.
        ValidationError: something that the outcome needs is missing, every file would go out
            beside the masked copies, a file is another record's or is refused by the gate, or the
            request is answered.
    """
    item = _locked(item)
    require_review(actor, item)
    item.outcome, item.reason = outcome, reason.strip()
    item.provision = provision.strip() if outcome in BY_PROVISION else ""
    uploads = list(masked)
    kept = list(item.files.filter(source=None)) if not uploads else []
    given = _own_files(item, own)
    _check(item, given, uploads or kept)
    rows = [_masked_copy(item, file) for file in uploads if outcome == DisclosureOutcome.PARTLY]
    rows += [_as_it_is(item, file) for file in given if outcome in WITH_FILES]
    stay = kept if outcome == DisclosureOutcome.PARTLY else []
    left = _take_away(item.files.exclude(pk__in=[row.pk for row in stay]))
    for row in rows:
        row.save()
    item.reviewed_at, item.reviewed_by = timezone.now(), actor
    item.save()
    log(
        events.REVIEWED, item, about=item.request, actor=actor, reason=item.reason,
        after={
            "what": str(item), "outcome": outcome, "provision": item.provision,
            "files": [row.sha256 for row in [*stay, *rows]],
        },
        rows={**left, **digests_of(item, *rows)},
    )  # fmt: skip
    return item


def open_request(request: DisclosureRequest) -> DisclosureRequest:
    """The request under its lock, while it is not answered.

    Raises:
        ValidationError: it is answered.
    """
    row = locked_request(request.pk)
    if row.answered_at:
        raise ValidationError(_("Begäran är redan besvarad."), code="state")
    return row


def locked_request(pk: int) -> DisclosureRequest:
    """The request under its lock, which comes after the chain's (docs/mechanisms/locking.md)."""
    lock_chain(OFFICE_CHAIN)
    return DisclosureRequest.objects.select_for_update(of=("self",)).get(pk=pk)


def _locked(item: DisclosureItem) -> DisclosureItem:
    open_request(item.request)
    rows = DisclosureItem.objects.select_related("request", "record__case__officer")
    return rows.get(pk=item.pk)


def _own_files(item: DisclosureItem, own: Iterable[RecordFile]) -> list[RecordFile]:
    chosen = list(own)
    if any(file.record_id != item.record_id for file in chosen):
        raise ValidationError({"own": _("Filen hör till en annan handling.")}, code="other")
    return chosen


def _check(item: DisclosureItem, given: Sequence[RecordFile], masked: Sequence[object]) -> None:
    """Raises ValidationError when the outcome lacks what it needs."""
    faults: dict[str, str] = {}
    outcome, record = item.outcome, item.record
    if outcome not in DisclosureOutcome.values:
        raise ValidationError({"outcome": _("Välj vad svaret blir.")}, code="required")
    if record is None and outcome != DisclosureOutcome.MISSING:
        faults["outcome"] = _("Det som inte står i diariet kan bara besvaras med att det saknas.")
    if outcome in BY_PROVISION:
        checked_provision(item.provision)
        if not item.reason:
            faults["reason"] = _("Skriv skälen till den som frågar.")
    marked = record is not None and (record.is_secret or record.case.is_secret)
    if outcome == DisclosureOutcome.GRANTED and marked and not item.reason:
        faults["reason"] = _("Handlingen är sekretessmarkerad. Skriv varför den ändå lämnas ut.")
    if outcome == DisclosureOutcome.MISSING and record is not None and not item.reason:
        faults["reason"] = _("Skriv varför handlingen inte är hos oss.")
    if outcome == DisclosureOutcome.PARTLY and not masked:
        faults["masked"] = _("Lägg till den maskade kopian.")
    # The copy stands for one of the files; for which, nobody but a person can tell.
    every = record is not None and len({file.pk for file in given}) == record.files.count()
    if outcome == DisclosureOutcome.PARTLY and given and every:
        faults["own"] = _(
            "Den maskade kopian ersätter en av filerna. Välj inte den filen här, "
            "annars lämnas den ut omaskad."
        )
    if outcome == DisclosureOutcome.GRANTED and not given and record and record.files.exists():
        faults["own"] = _("Välj filerna som lämnas ut.")
    if faults:
        raise ValidationError(faults)


def _as_it_is(item: DisclosureItem, file: RecordFile) -> HandedFile:
    return HandedFile(
        item=item, source=file, original_name=file.original_name, content_type=file.content_type,
        size=file.size, sha256=file.sha256,
    )  # fmt: skip


def _masked_copy(item: DisclosureItem, file: UploadedFile) -> HandedFile:
    kind = check_upload(file)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return HandedFile(
        item=item, copy=file, original_name=shown_name(file), content_type=kind,
        size=file.size or 0, sha256=digest.hexdigest(),
    )  # fmt: skip


def _take_away(rows: Iterable[HandedFile]) -> dict[str, str | None]:
    """Delete what was chosen before and never handed out; a copy of nobody's is swept."""
    found = list(rows)
    HandedFile.objects.filter(pk__in=[row.pk for row in found]).delete()
    return gone(HandedFile, [row.pk for row in found])
