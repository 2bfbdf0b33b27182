# SPDX-License-Identifier: EUPL-1.2
"""The demo city's inbox: mails, one that asks for records, a twin, a bounce, an absence, a scan."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from casework.inbox.services import Children, file_as_record, receive_mail, receive_scan
from casework.organisation.models import Authority
from casework.register.models import Case
from demo.cast import Cast
from demo.clock import at
from demo.papers import letter_pdf
from demo.people import read

MAILBOX, OTHER_MAILBOX = "imap:diariet/INBOX", "imap:kommunstyrelsen/INBOX"


class Incoming:
    """Fills the inbox as `fetch_mail` and the scanner would have done."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.authority = Authority.objects.get(code="KS")
        self.content = read("inbox")
        case = Case.objects.filter(title=self.content["filed"]["about"]).first()
        assert case is not None  # one of the letters
        self.case = case

    def fill(self) -> None:
        """One that was filed, and what waits; the clock stands at the demo's today."""
        with Children() as children:
            self._filed(self.content["filed"], children)
            for row in self.content["mails"]:
                self._receive(row, children)
        row = self.content["scan"]
        receive_scan(
            authority=self.authority,
            files=[letter_pdf(f"{row['name']}.pdf", row["heading"], row["text"])],
            source="scan:skanner",
            actor=None,
            arrived_at=timezone.now() - dt.timedelta(hours=row["hours"]),
        )

    def _filed(self, row: dict[str, Any], children: Children) -> None:
        """So that the sender is known when it writes again."""
        with at(dt.date.fromisoformat(row["day"]), 9):
            item = receive_mail(
                authority=self.authority, data=_mail(row, "", timezone.now()), source=MAILBOX,
                actor=None, children=children,
            ).item  # fmt: skip
            file_as_record(
                item=item, case=self.case, actor=self.cast.by("registrator"),
                title=item.title, party=item.sender_name, party_public=item.sender_name,
            )  # fmt: skip

    def _receive(self, row: dict[str, Any], children: Children) -> None:
        sent = timezone.now() - dt.timedelta(hours=row["hours"])
        data = _bounce(sent) if row.get("bounce") else _mail(row, self.case.dnr, sent)
        boxes = [MAILBOX, OTHER_MAILBOX] if row.get("twin") else [MAILBOX]
        for box in boxes:
            receive_mail(
                authority=self.authority, data=data, source=box, actor=None, arrived_at=sent,
                children=children,
            )  # fmt: skip


def _mail(row: dict[str, Any], dnr: str, sent: dt.datetime) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = row["from"], settings.CITY_EMAIL
    mail["Subject"] = row["subject"].format(dnr=dnr)
    mail["Date"] = format_datetime(sent)
    for name, value in row.get("headers", {}).items():
        mail[name] = value
    mail.set_content(row["text"])
    if "file" in row:
        content = letter_pdf("bilaga.pdf", row["subject"], row["text"]).read()
        mail.add_attachment(
            content, maintype="application", subtype="pdf", filename=f"{row['file']}.pdf"
        )
    if "macro" in row:
        mail.add_attachment(
            b"PK\x03\x04", maintype="application", subtype="octet-stream", filename=row["macro"]
        )
    return mail.as_bytes()


def _bounce(sent: dt.datetime) -> bytes:
    return (
        "Return-Path: <>\n"
        "From: MAILER-DAEMON@example.com\n"
        f"To: {settings.CITY_EMAIL}\n"
        "Subject: Undelivered Mail Returned to Sender\n"
        f"Date: {format_datetime(sent)}\n"
        "MIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n'
        "\n--b\nContent-Type: text/plain\n\nThe address does not exist.\n"
        "--b\nContent-Type: message/delivery-status\n\nAction: failed\nStatus: 5.1.1\n\n--b--\n"
    ).encode()
