# SPDX-License-Identifier: EUPL-1.2
"""`manage.py fetch_mail`: take in what lies in the city's mailboxes."""

from __future__ import annotations

import ssl
from collections import Counter
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error
from django.utils.translation import gettext as _

from casework.inbox.enums import ItemState
from casework.inbox.selectors import mail_authority
from casework.inbox.services import Children, receive_mail
from casework.inbox.sources import Source, source_of
from casework.organisation.models import Authority

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    """Fetches mail into the inbox; run it every few minutes. Nothing is filed by itself."""

    help = (
        "Fetch mail from the sources in MAIL_SOURCE into the inbox of the authority in "
        "MAIL_AUTHORITY. What is fetched twice is taken in once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--source", action="append", help="instead of those in MAIL_SOURCE")
        parser.add_argument("--authority", default="", help="the code; MAIL_AUTHORITY unless told")

    def handle(self, *args: Any, source: list[str] | None, authority: str, **options: Any) -> None:
        """Go through the sources; one that does not answer does not keep the others waiting."""
        owner = mail_authority(authority or settings.MAIL_AUTHORITY)
        if owner is None:
            raise CommandError(_("Ange myndighetens kod i MAIL_AUTHORITY."))
        counted: Counter[str] = Counter()
        broken = []
        with Children() as children:
            for url in source or settings.MAIL_SOURCES:
                box = source_of(url, settings.MAIL_DONE_FOLDER)
                try:
                    _empty(box, owner, children, counted)
                except Error:
                    raise
                except Exception as error:  # whatever the network and the server come up with
                    log.warning("mail_source_failed", source=box.name, error=str(error))
                    broken.append(f"{box.name}: {_told(error)}")
        self.stdout.write(
            _("Nya: %(new)s, lagda åt sidan: %(parked)s, tvillingar: %(twin)s")
            % {name: counted[name] for name in ("new", "parked", "twin")}
        )
        if broken:
            raise CommandError("; ".join(broken))


def _told(error: Exception) -> str:
    """Why a source does not answer, with what to do where it is known."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _(
            "serverns certifikat går inte att lita på (%(why)s). Har kommunen en egen utfärdare, "
            "sätt SSL_CERT_FILE till dess certifikat."
        ) % {"why": error.verify_message}
    return str(error)


def _empty(source: Source, owner: Authority, children: Children, counted: Counter[str]) -> None:
    for mail in source.fetch():
        item, is_new = receive_mail(
            authority=owner,
            data=mail.data,
            source=source.name,
            actor=None,
            arrived_at=mail.arrived_at,
            children=children,
        )
        source.taken(mail)
        parked = item.state == ItemState.SET_ASIDE
        counted["twin" if not is_new else "parked" if parked else "new"] += 1
