# SPDX-License-Identifier: EUPL-1.2
"""The public face of a case before it is public, and what of the case stays inside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest
from django.urls import resolve
from django.utils.translation import gettext as _

from casework.organisation.models import User
from casework.register.models import Case, PublicCase, Record, RecordFile
from casework.register.services import publish_chosen
from ui.links import url_for


class _Undone(Exception):
    """Nothing of a preview stays."""


def public_page(case: Case, actor: User, asked: HttpRequest, **choice: Any) -> str:
    """The very page that everybody would get, made by publishing and undoing it at once.

    No second template can show something else than the first.

    Args:
        asked: the request of the one who previews; nothing of the person is in the page.
        choice: as ``publish_chosen`` takes it.
    """
    html = ""
    try:
        with transaction.atomic():
            publish_chosen(case=Case.objects.get(pk=case.pk), actor=actor, **choice)
            html = _as_anybody(url_for(PublicCase.objects.get(pk=case.pk), "public"), asked)
            raise _Undone
    except _Undone:
        return html


def _as_anybody(address: str, asked: HttpRequest) -> str:
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", address, address
    own = ("SERVER_NAME", "SERVER_PORT", "HTTP_HOST", "wsgi.url_scheme")
    request.META = {key: asked.META[key] for key in own if key in asked.META}
    request.user = AnonymousUser()
    match = resolve(address)
    return str(match.func(request, *match.args, **match.kwargs).content.decode())


@dataclass(frozen=True, slots=True)
class Choice:
    """A record that may be shown, with what everybody would read of it.

    Attributes:
        is_own_title: whether its title inside is what everybody reads.
    """

    record: Record
    title: str
    is_own_title: bool
    party: str
    is_chosen: bool
    files: Sequence[tuple[RecordFile, bool]]


def choices_of(case: Case, records: Iterable[int], files: Iterable[int]) -> list[Choice]:
    """The records that may be chosen, in the order of their numbers."""
    chosen, shown = set(records), set(files)
    rows = case.records.filter(voided_at=None, secrecy_provision="").prefetch_related("files")
    return [
        Choice(
            record=row,
            title=row.title_public or row.title,
            is_own_title=not row.title_public,
            party=row.party_public or (_("Enskild") if row.party else ""),
            is_chosen=row.pk in chosen,
            files=[(file, file.pk in shown) for file in row.files.all()],
        )
        for row in rows.order_by("entry__record_number")
    ]


def kept_inside(case: Case, choices: Sequence[Choice]) -> list[str]:
    """What of the case nobody outside reads, in sentences."""
    told = []
    if case.title_public and case.title_public != case.title:
        told.append(_("Ärendemeningen: %(title)s") % {"title": case.title})
    if case.party and case.party != case.party_public:
        told.append(_("Avsändaren: %(party)s") % {"party": case.party})
    left = [row.record.dnr for row in choices if not row.is_chosen]
    if left:
        told.append(_("Handlingar som inte är valda: %(numbers)s") % {"numbers": ", ".join(left)})
    marked = case.records.exclude(secrecy_provision="").values_list("dnr", "secrecy_provision")
    told += [
        _("%(dnr)s: sekretess %(provision)s") % {"dnr": dnr, "provision": provision}
        for dnr, provision in marked.order_by("entry__record_number")
    ]
    told.append(_("Handläggare, händelselogg och interna texter visas aldrig."))
    return told
