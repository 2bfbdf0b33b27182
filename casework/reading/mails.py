# SPDX-License-Identifier: EUPL-1.2
"""What a mail says, read by a child process: ``python -m casework.reading.mails``.

Whoever can send mail writes these bytes, so nothing in them is believed: neither the declared
encoding, nor names, nor that there is a body at all. What cannot be read is left out and said;
nothing raises.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from email import policy
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.utils import collapse_rfc2231_value, parseaddr, parsedate_to_datetime
from typing import Any

from casework.reading.jail import Answer, limit_this_process, serve
from casework.reading.markup import text_of_html

MEMORY_BYTES = 768 * 1024 * 1024
CPU_SECONDS = 8
MOST_PARTS = 2_000
"""So many parts are looked at; the rest stay in the mail as it came."""
MOST_FILES = 100
MOST_TEXT = 100_000
"""Characters of the body."""
_MOST_HEADER = 4_000
_MOST_NAME = 150

#: What the mail is, where no person wrote it to us. The words are told elsewhere.
BOUNCE, AUTO_REPLY, MACHINE, MASS = "bounce", "auto_reply", "machine", "mass"

_AUTO_SUBJECT = re.compile(
    r"^(?:autosvar|automatiskt svar|frånvaro|out of office|automatic reply|auto(?:matic)?[- ]?reply"
    r"|undeliverable|delivery status notification|mail delivery (?:failed|failure))\b",
    re.IGNORECASE,
)
_DAEMON = re.compile(r"^(?:mailer-daemon|postmaster|mail-daemon)@", re.IGNORECASE)
_ENDS = {
    "application/pdf": ".pdf", "text/plain": ".txt", "text/html": ".html", "image/png": ".png",
    "image/jpeg": ".jpg", "image/tiff": ".tif", "message/rfc822": ".eml",
}  # fmt: skip


def read_mail(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """What a mail says, JSON-able, and its attachments in the order of ``files``."""
    mail = BytesParser(policy=policy.compat32).parsebytes(data)
    body, files, left_out = _parts(mail)
    name, address = _address(mail, "From")
    title = header(mail, "Subject")
    sent = _day(mail)
    told = {
        "title": title[:400],
        "sender_name": name[:200],
        "sender_address": address[:254],
        "sent_at": sent.isoformat() if sent else "",
        "message_id": header(mail, "Message-ID")[:250],
        "text": body[:MOST_TEXT],
        "nature": nature(mail, title),
        "files": [{"name": name, "type": kind, "size": len(x)} for name, kind, x in files],
        "left_out": left_out,
        "digest": _digest(
            mail, address, title, sent, body, [content for *_named, content in files]
        ),
    }
    return told, [content for _name, _kind, content in files]


def nature(mail: Message, title: str = "") -> str:
    """What sort of mail nobody wrote to us: a bounce, an automatic reply; else nothing.

    RFC 3464 (reports of delivery), RFC 3834 (automatic replies), RFC 8098 (receipts), and what
    programs wrote before there were any.
    """
    report = str(mail.get_param("report-type", "", unquote=True) or "").casefold()
    is_report = mail.get_content_type() == "multipart/report"
    if is_report and report in {"delivery-status", ""}:
        return BOUNCE
    path = header(mail, "Return-Path")
    if path.replace(" ", "") == "<>" and _DAEMON.match(_address(mail, "From")[1]):
        return BOUNCE
    if is_report and report == "disposition-notification":
        return AUTO_REPLY
    submitted = header(mail, "Auto-Submitted").casefold().partition(";")[0].strip()
    if submitted.startswith("auto-replied"):
        return AUTO_REPLY
    precedence = header(mail, "Precedence").casefold()
    if precedence in {"auto_reply", "auto-reply"} or any(
        mail.get(name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply")
    ):
        return AUTO_REPLY
    if path.replace(" ", "") == "<>" and _AUTO_SUBJECT.match(title):
        return AUTO_REPLY
    if submitted not in {"", "no"} or path.replace(" ", "") == "<>":
        return MACHINE
    if precedence in {"bulk", "junk", "list"} or mail.get("List-Id") or mail.get("X-Loop"):
        return MASS
    return ""


def header(mail: Message, name: str) -> str:
    """A header on one line, in the signs that were meant; empty where there is none."""
    raw = mail.get(name)
    if raw is None:
        return ""
    return decoded(str(raw)[:_MOST_HEADER])


def decoded(raw: str) -> str:
    """Encoded words (RFC 2047) and stray bytes as text, without line breaks or controls."""
    try:
        parts = decode_header(raw.replace("\r", " ").replace("\n", " "))
    except Exception:  # what stands there is no encoded word after all
        parts = [(raw, None)]
    text = ""
    for part, charset in parts:
        if isinstance(part, bytes):
            text += decode(part, charset)
        else:
            text += decode(part.encode("utf-8", "surrogateescape"), None)
    return one_line(text)


def one_line(text: str) -> str:
    """A text in one line of signs that are seen, composed (NFC)."""
    plain = unicodedata.normalize("NFC", text)
    plain = "".join(" " if unicodedata.category(x) in {"Cc", "Zl", "Zp"} else x for x in plain)
    plain = "".join(x for x in plain if unicodedata.category(x) not in {"Cf", "Cs"})
    return re.sub(r"\s+", " ", plain).strip()


def decode(data: bytes, charset: str | None) -> str:
    """Bytes as text; the declared encoding counts only where it cannot be seen to be wrong.

    Much that says latin-1 is UTF-8, and much that says UTF-8 is what Windows wrote.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for name in (charset or "", "cp1252"):
        if not name or name.casefold() in {"utf-8", "utf8", "us-ascii", "unknown-8bit"}:
            continue
        try:
            return data.decode(name)
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("latin-1")


def clean_text(text: str) -> str:
    """Running text: lines kept, signs composed, nothing that a database or a page cannot hold."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    plain = plain.encode("utf-8", "replace").decode("utf-8")
    plain = "".join(x for x in plain if x in "\n\t" or unicodedata.category(x) != "Cc")
    return re.sub(r"\n{3,}", "\n\n", plain).strip()


def file_name(name: str, kind: str, number: int) -> str:
    """A name without folders, in signs that are seen, with its end kept."""
    last = re.split(r"[\\/]", one_line(name))[-1].strip(" .")
    if not last:
        last = f"bilaga-{number}{_ENDS.get(kind, '')}"
    stem, dot, end = last.rpartition(".")
    if dot and len(end) <= 10:
        return f"{stem[: _MOST_NAME - len(end) - 1]}.{end}"
    return last[:_MOST_NAME]


def _leaves(mail: Message) -> Iterator[Message]:
    """The parts that hold something, without recursion: nesting is the sender's choice."""
    waiting = [mail]
    seen = 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop()
        seen += 1
        inside = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inside, list):
            waiting.extend(each for each in reversed(inside) if isinstance(each, Message))
        else:
            yield part


def _parts(mail: Message) -> tuple[str, list[tuple[str, str, bytes]], int]:
    """The text of the body, the files, and how many at least were left out."""
    plain: list[str] = []
    html: list[str] = []
    files: list[tuple[str, str, bytes]] = []
    left_out = 0
    for part in _leaves(mail):
        kind = part.get_content_type()
        name = _name_of(part)
        is_file = bool(name) or _disposition(part) == "attachment"
        if kind in {"text/plain", "text/html"} and not is_file:
            text = decode(_content(part), _charset(part))
            (plain if kind == "text/plain" else html).append(text)
        elif kind.startswith("multipart/") and not is_file:
            plain.append(decode(_content(part), None))  # says that it has parts, and has none
        elif kind in {"message/delivery-status", "text/rfc822-headers"} and not is_file:
            continue
        elif len(files) >= MOST_FILES:
            left_out += 1
        else:
            files.append((file_name(name, kind, len(files) + 1), kind, _content(part)))
    body = clean_text("\n\n".join(plain))
    if not body and html:
        body = clean_text("\n\n".join(text_of_html(text) for text in html))
    return body, files, left_out


def _content(part: Message) -> bytes:
    inside = part.get_payload()
    try:
        if isinstance(inside, list):  # a mail in a mail
            return b"\n".join(x.as_bytes() for x in inside if isinstance(x, Message))
        found = part.get_payload(decode=True)
    except Exception:  # as_bytes and the codecs raise whatever the sender made them raise
        return str(inside).encode("utf-8", "surrogateescape") if isinstance(inside, str) else b""
    return found if isinstance(found, bytes) else b""


def _name_of(part: Message) -> str:
    try:
        name = part.get_filename()
    except Exception:
        return ""
    if name is None:
        return ""
    return decoded(collapse_rfc2231_value(name) if isinstance(name, tuple) else str(name))


def _disposition(part: Message) -> str:
    try:
        return (part.get_content_disposition() or "").casefold()
    except Exception:
        return ""


def _charset(part: Message) -> str | None:
    try:
        found = part.get_content_charset()
    except Exception:
        return None
    return str(found) if found else None


def _address(mail: Message, name: str) -> tuple[str, str]:
    """The first sender's name and address; what is no address is left out."""
    raw = mail.get(name)
    if raw is None:
        return "", ""
    plain = str(raw)[:_MOST_HEADER].replace("\r", " ").replace("\n", " ")
    try:
        shown, address = parseaddr(plain)
    except Exception:
        shown, address = "", ""
    address = one_line(decode(address.encode("utf-8", "surrogateescape"), None))
    if not re.fullmatch(r"[^@\s<>\"',;:()]+@[^@\s<>\"',;:()]+", address):
        return decoded(plain), ""
    return decoded(shown) or address, address.casefold()


def _day(mail: Message) -> dt.datetime | None:
    """When the mail says that it was sent, in UTC."""
    raw = header(mail, "Date")
    if not raw:
        return None
    try:
        found = parsedate_to_datetime(raw)
        if found.tzinfo is None:
            found = found.replace(tzinfo=dt.UTC)
        found = found.astimezone(dt.UTC)
    except Exception:  # of years, zones and days that there are not
        return None
    return found if 1980 <= found.year <= 2200 else None


def _digest(
    mail: Message,
    address: str,
    title: str,
    sent: dt.datetime | None,
    body: str,
    files: list[bytes],
) -> str:
    """The identity of a mail: its content and its date.

    Its Message-ID counts only where it has no date: the same mail comes with another one from
    another mailbox or gateway, and two that were sent the same way may share one.
    """
    when = sent.isoformat() if sent else f"?{header(mail, 'Message-ID')}"
    said = [address or header(mail, "From"), title, when, " ".join(body.split())]
    content = hashlib.sha256("\x00".join(said).encode("utf-8", "replace"))
    for each in sorted(hashlib.sha256(x).hexdigest() for x in files):
        content.update(each.encode())
    return content.hexdigest()


def answer(question: dict[str, Any], data: bytes) -> Answer:
    """Read one mail; what fails in a way that nobody thought of is unreadable."""
    try:
        told, files = read_mail(data)
    except (MemoryError, RecursionError):
        raise
    except Exception as error:
        return {"fault": type(error).__name__}, b""
    return told, b"".join(files)


def main() -> None:
    """Answer about mails on standard input."""
    limit_this_process(MEMORY_BYTES)
    serve(answer, seconds=CPU_SECONDS)


if __name__ == "__main__":
    main()
