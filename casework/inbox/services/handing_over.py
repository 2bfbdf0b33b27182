# SPDX-License-Identifier: EUPL-1.2
"""A case that belongs to another authority goes into its inbox, and ends here (FL 6 and 8 §)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.dispatch.enums import Way
from casework.dispatch.services import Receiver, dispatch_record
from casework.inbox.models import InboxItem
from casework.inbox.services.receiving import receive_letter
from casework.organisation.models import Authority, User
from casework.register.enums import CaseType, Direction, Outcome, RecordKind
from casework.register.models import Case, RecordFile
from casework.register.permissions import require_registrar
from casework.register.services import close_case, register_record
from casework.register.uploads import PassedFile


@transaction.atomic
def hand_over_case(*, case: Case, authority: Authority, reason: str, actor: User) -> InboxItem:
    """Put what came in into another authority's inbox, note it as sent, and close the case.

    The other authority registers it under a number of its own. Secrecy holds between authorities
    too (OSL 8:1), so what is marked is not handed over by a button.

    Raises:
        PermissionDenied: the person is not the registrar of the case's authority.
        ValidationError: it is the same authority, the case is closed, an initiative or secret, or
            the reason is missing.
    """
    require_registrar(actor, case)
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv skälet.")}, code="required")
    if authority.pk == case.authority_id:
        raise ValidationError({"authority": _("Ärendet finns redan hos den myndigheten.")})
    if case.closed_at is not None or case.is_void:
        raise ValidationError(_("Ärendet är avslutat."), code="closed")
    if case.case_type == CaseType.INITIATIVE:
        raise ValidationError(_("Ett initiativ går sin väg genom modellen."), code="initiative")
    if case.is_secret or case.records.exclude(secrecy_provision="").exists():
        raise ValidationError(
            _("Ärendet har sekretess. Pröva den först: sekretess gäller också mellan myndigheter."),
            code="secret",
        )
    title = _("Överlämnat ärende %(dnr)s: %(title)s") % {"dnr": case.dnr, "title": case.title}
    item = receive_letter(
        authority=authority,
        title=title[:400],
        text=reason.strip(),
        sender_name=case.party,
        files=list(_came_in(case)),
        actor=None,
    ).item
    record = register_record(
        case=case,
        actor=actor,
        kind=RecordKind.LETTER,
        direction=Direction.OUTGOING,
        title=_("Överlämnande till %(authority)s") % {"authority": authority},
        received_date=timezone.localdate(),
        party=authority.name,
        party_public=authority.name,
    )
    dispatch_record(record=record, receivers=[Receiver(authority.name)], way=Way.OTHER, actor=actor)
    close_case(
        case=case,
        outcome=Outcome.HANDED_OVER,
        decided_on=timezone.localdate(),
        actor=actor,
        despite=reason,
    )
    return item


def _came_in(case: Case) -> list[PassedFile]:
    """The files of what came in, as they came; they went through the gate then."""
    rows = RecordFile.objects.filter(
        record__case=case, record__direction=Direction.INCOMING, record__voided_at=None,
        record__disposed_at=None,
    ).order_by("pk")  # fmt: skip
    found = []
    for row in rows:
        with row.file.open("rb") as file:
            found.append(PassedFile(row.original_name, file.read(), row.content_type))
    return found
