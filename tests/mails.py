# SPDX-License-Identifier: EUPL-1.2
"""Mails for tests and benchmarks: ordinary ones, and two hundred that mean harm."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from email.message import EmailMessage

PDF = b"%PDF-1.7 x\n%%EOF"
OWN = "kommunstyrelsen@almstad.example"
DATE = "Mon, 02 Nov 2026 10:00:00 +0100"


def mail(
    subject: str = "Klagomål på snöröjning",
    *,
    sender: str = "Privatperson <nagon@example.com>",
    text: str = "Hej,\n\nDet är halt på Storgatan.\n",
    date: str = DATE,
    files: tuple[tuple[str, bytes], ...] = (),
    **headers: str,
) -> bytes:
    """A mail as programs write them."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = OWN
    message["Subject"] = subject
    message["Date"] = date
    for name, value in {
        "Message_ID": f"<{zlib.crc32((subject + text).encode())}@example.com>",
        **headers,
    }.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    for name, content in files:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return message.as_bytes()


def bounce() -> bytes:
    """What a server writes when a letter could not be delivered (RFC 3464)."""
    return (
        b"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.com\nTo: " + OWN.encode() + b"\n"
        b"Subject: Undelivered Mail Returned to Sender\nDate: " + DATE.encode() + b"\n"
        b"Auto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        b"--b\nContent-Type: text/plain\n\nKS 2026/1 could not be delivered.\n"
        b"--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@example.com\n"
        b"Action: failed\nStatus: 5.1.1\n\n--b--\n"
    )


def auto_reply(dnr: str = "KS 2026/1") -> bytes:
    """An absence."""
    return mail(f"Autosvar: {dnr}", text="Jag är ledig.", Auto_Submitted="auto-replied")


def raw(headers: bytes, body: bytes = b"x") -> bytes:
    """A mail written by hand."""
    return headers.replace(b"\n", b"\r\n") + b"\r\n\r\n" + body


def hostile(dnr: str, secret: str) -> Iterator[tuple[str, bytes]]:
    """Two hundred hostile mails, each with what it is.

    Args:
        dnr: a case of the city, whose number strangers write.
        secret: a case that nobody outside knows of.
    """
    made = list(_kinds(dnr, secret))
    chance = random.Random(9)
    while len(made) < 200:
        name, data = made[chance.randrange(40)]
        broken = bytearray(data)
        for _hit in range(1 + min(len(broken) // 60, 2_000) if broken else 0):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        made.append((f"broken {name} {len(made)}", bytes(broken)))
    yield from made[:200]


def _kinds(dnr: str, secret: str) -> Iterator[tuple[str, bytes]]:
    yield "empty", b""
    yield "only a line break", b"\r\n"
    yield "only zeros", b"\0" * 5000
    yield "no header", b"just text\nwithout end"
    yield "binary", bytes(range(256)) * 40
    yield "bounce", bounce()
    yield "absence", auto_reply(dnr)
    for name in ("auto-replied; owner", "auto-replied", "AUTO-REPLIED (vacation)"):
        yield f"automatic {name}", mail(dnr, text=name, Auto_Submitted=name)
    yield "precedence", mail(dnr, text="precedence", Precedence="auto_reply")
    yield "x-autoreply", mail(dnr, text="xauto", X_Autoreply="yes")
    yield "own mail", mail(dnr, sender=f"Almstads stad <{OWN}>")
    yield "own mail in capitals", mail(dnr, sender=OWN.upper(), text="versaler")
    yield (
        "receipt of reading",
        (
            b"From: a@example.com\nSubject: Read\nContent-Type: multipart/report;"
            b" report-type=disposition-notification; boundary=b\n\n--b\n\nread\n--b--\n"
        ),
    )
    yield "forged number", mail(f"SV: {dnr}", sender="Okänd <x@attacker.example>")
    yield "secret number", mail(f"SV: {secret}", sender="Okänd <x@attacker.example>", text=secret)
    yield (
        "many numbers",
        mail(" ".join(f"KS 2026/{x}" for x in range(1, 90)), text=f"{dnr} " * 9000),
    )
    yield (
        "injected header",
        raw(b"From: a@example.com\nSubject: =?utf-8?Q?Hej=0D=0ABcc:_b@example.com?="),
    )
    yield "injected sender", raw(b"From: =?utf-8?Q?A=0AB?= <a@example.com>\nSubject: x")
    yield "sender with a line", raw(b"From: a@example.com%0ABcc:b@example.com\nSubject: rad")
    yield (
        "sender that is code",
        raw(b'From: "<script>alert(1)</script>" <s@example.com>\nSubject: <img src=x onerror=a()>'),
    )
    yield "sender without address", raw(b"From: nobody at all\nSubject: utan adress")
    yield "two senders", raw(b"From: a@example.com, " + OWN.encode() + b"\nSubject: tva")
    yield "no sender", raw(b"Subject: ingen avsandare")
    yield "no date", raw(b"From: a@example.com\nSubject: inget datum")
    yield "future", mail("Framtid", date="Mon, 01 Jan 2125 10:00:00 +0100")
    yield (
        "year zero",
        raw(b"From: a@example.com\nDate: Mon, 0 Foo 0000 99:99:99 +9999\nSubject: ar noll"),
    )
    yield (
        "huge zone",
        raw(b"From: a@example.com\nDate: Mon, 02 Nov 2026 10:00:00 +99999999999\nSubject: zon"),
    )
    yield "long subject", raw(b"From: a@example.com\nSubject: " + b"a" * 300_000)
    yield "folded subject", raw(b"From: a@example.com\nSubject: a\n b\n c")
    yield (
        "encoded nonsense",
        raw(b"From: a@example.com\nSubject: =?utf-8?B?!!!!?= =?x?Q?=FF?= =?utf-8?Q?=ED=A0=80?="),
    )
    yield (
        "unknown charset",
        raw(
            b"From: a@example.com\nSubject: okand\nContent-Type: text/plain; charset=x-klingon",
            "åäö".encode(),
        ),
    )
    yield (
        "mislabelled",
        raw(
            b"From: a@example.com\nSubject: fel\nContent-Type: text/plain; charset=iso-8859-1",
            "Språk".encode(),
        ),
    )
    yield (
        "says utf-8, is not",
        raw(
            b"From: a@example.com\nSubject: fel2\nContent-Type: text/plain; charset=utf-8",
            "Språk".encode("latin-1"),
        ),
    )
    yield "decomposed", mail("Sno\u0308ro\u0308jning", text="A\u030angestrom")
    yield "turned writing", mail("gnp.\u202eexe", text="rlo", files=(("\u202efdp.exe", b"MZ"),))
    yield "nul in text", raw(b"From: a@example.com\nSubject: nul", b"a\0b")
    yield (
        "utf-7",
        raw(
            b"From: a@example.com\nSubject: sju\nContent-Type: text/plain; charset=utf-7",
            b"+ADw-script+AD4-",
        ),
    )
    for name in (
        "../../etc/passwd",
        "..\\..\\win.ini",
        "/abs/path.pdf",
        "C:\\x.pdf",
        ".",
        "..",
        "",
        "a" * 400 + ".pdf",
        "con.pdf",
        "x\r\ny.pdf",
        "\0.pdf",
        "å.pdf",
        "a/b/c.docm",
    ):
        yield f"file {name[:20]!r}", _with_name(name)
    for name, content in (
        ("makro.docm", b"PK\x03\x04"), ("program.exe", b"MZ"), ("skript.js", b"alert(1)"),
        ("tom.pdf", b""), ("fel.pdf", b"PK\x03\x04"), ("trasig.docx", b"PK\x03\x04" + b"x" * 99),
        ("winmail.dat", b"\x78\x9f\x3e\x22"), ("bild.png", b"\x89PNG\r\n\x1a\n"),
        ("sida.html", b"<script>"), ("js.pdf", b"%PDF-1.7 /JavaScript\n%%EOF"),
        ("arkiv.zip", b"PK\x03\x04"), ("brev.eml", b"\0\0"),
    ):  # fmt: skip
        yield f"attached {name}", mail(f"Bilaga {name}", files=((name, content),))
    yield (
        "rfc2231",
        raw(
            b"From: a@example.com\nSubject: rfc2231\nContent-Type: application/pdf\n"
            b"Content-Disposition: attachment; filename*0*=utf-8''%C3%A5; filename*1*=%F0%28.pdf;"
            b" filename*9999999999=x",
            PDF,
        ),
    )
    yield (
        "no attachment in multipart",
        raw(
            b"From: a@example.com\nSubject: inga delar\nContent-Type: multipart/mixed; boundary=b",
            b"--b--",
        ),
    )
    yield (
        "no boundary",
        raw(b"From: a@example.com\nSubject: ingen grans\nContent-Type: multipart/mixed", b"x"),
    )
    yield (
        "ten thousand parts",
        raw(
            b"From: a@example.com\nSubject: delar\nContent-Type: multipart/mixed; boundary=b",
            b"--b\n\nx\n" * 10_000,
        ),
    )
    yield (
        "ten thousand files",
        raw(
            b"From: a@example.com\nSubject: filer\nContent-Type: multipart/mixed; boundary=b",
            b"--b\nContent-Type: application/pdf\n\nx\n" * 10_000,
        ),
    )
    yield (
        "nested",
        raw(
            b"From: a@example.com\nSubject: djup\nContent-Type: multipart/mixed; boundary=b0",
            b"".join(
                b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (x, x + 1)
                for x in range(3_000)
            ),
        ),
    )
    yield (
        "mails in mails",
        b"".join(
            b"From: a@example.com\nSubject: %d\nContent-Type: message/rfc822\n\n" % x
            for x in range(2_000)
        ),
    )
    yield "many headers", b"".join(b"X-%d: y\n" % x for x in range(20_000)) + b"\nx"
    yield "big", raw(b"From: a@example.com\nSubject: stor", b"a" * 3_000_000)
    yield (
        "deep html",
        raw(b"From: a@example.com\nSubject: html\nContent-Type: text/html", b"<div>" * 100_000),
    )
    yield (
        "html only",
        raw(
            b"From: a@example.com\nSubject: bara html\nContent-Type: text/html; charset=utf-8",
            b"<p>Hej &aring;<script>alert(1)</script><br>rad</p>",
        ),
    )
    yield (
        "bad base64",
        raw(b"From: a@example.com\nSubject: bas\nContent-Transfer-Encoding: base64", b"!!!###==="),
    )
    yield (
        "unknown transfer",
        raw(b"From: a@example.com\nSubject: tr\nContent-Transfer-Encoding: rot13", b"uryyb"),
    )
    yield (
        "uuencode",
        raw(
            b"From: a@example.com\nSubject: uu\nContent-Transfer-Encoding: x-uuencode",
            b"begin 644 x\nM####\nend",
        ),
    )
    twin = mail("Tvilling", text="Samma", Message_ID="<one@example.com>")
    yield "twin", twin
    yield "its twin", mail("Tvilling", text="Samma", Message_ID="<two@example.com>")
    yield "same id, other mail", mail("Annat", text="Annat", Message_ID="<one@example.com>")
    yield "wrapped twin", b"Received: by mx2.example.com\r\n" + twin


def _with_name(name: str) -> bytes:
    written = name.encode("utf-8", "surrogateescape").replace(b"\\", b"\\\\")
    return raw(
        b"From: a@example.com\nSubject: fil " + str(len(name)).encode() + b"\n"
        b"Content-Type: application/pdf\n"
        b'Content-Disposition: attachment; filename="' + written + b'"',
        PDF + name.encode("utf-8", "surrogateescape"),
    )
