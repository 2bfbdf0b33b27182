# SPDX-License-Identifier: EUPL-1.2
"""`fetch_mail` and `scan_folder`: what is taken in is moved, what is not stays (issue 9)."""

from __future__ import annotations

import os
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from casework.inbox.enums import ItemKind, ItemState
from casework.inbox.models import InboxItem
from casework.inbox.sources import source_of
from tests import dovecot, mails
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    told = StringIO()
    call_command(*arguments, stdout=told, stderr=told)
    return told.getvalue()


def test_9_a_maildir_and_a_folder_are_emptied_once(city: SmallCity, tmp_path: Path) -> None:
    maildir, folder = tmp_path / "post", tmp_path / "sparat"
    for path in (maildir / "new", maildir / "tmp", folder):
        path.mkdir(parents=True)
    (maildir / "new" / "1.a.host").write_bytes(mails.mail())
    (maildir / "new" / "2.b.host").write_bytes(mails.bounce())
    (maildir / "tmp" / "3.c.host").write_bytes(mails.mail("Inte än"))
    (folder / "igen.eml").write_bytes(b"Received: by x\r\n" + mails.mail())
    sources = [f"--source=maildir://{maildir}", f"--source=folder://{folder}"]
    told = run("fetch_mail", *sources)
    assert told.strip() == "Nya: 1, lagda åt sidan: 1, tvillingar: 1"
    assert sorted(x.name for x in (maildir / "cur").iterdir()) == ["1.a.host:2,S", "2.b.host:2,S"]
    assert (folder / "hamtat" / "igen.eml").exists()
    assert run("fetch_mail", *sources).strip() == "Nya: 0, lagda åt sidan: 0, tvillingar: 0"
    item = InboxItem.objects.get(state=ItemState.NEW)
    assert item.source == "maildir:post"
    assert item.copies.get().source == "folder:sparat"


def test_9_a_source_that_does_not_answer_keeps_no_other_waiting(
    city: SmallCity, tmp_path: Path
) -> None:
    (tmp_path / "brev.eml").write_bytes(mails.mail())
    with pytest.raises(CommandError, match="imap:post/INBOX"):
        run(
            "fetch_mail", "--source=imaps://post:hemligt@127.0.0.1:1/INBOX",
            f"--source=folder://{tmp_path}",
        )  # fmt: skip
    assert InboxItem.objects.count() == 1


def test_9_no_secret_of_the_mailbox_is_kept_or_sent_in_the_clear() -> None:
    source = source_of("imaps://post%40almstad.example:hemligt@mx.example.com/Inkorg")
    assert source.name == "imap:post@almstad.example/Inkorg"
    for address in ("pop3://x", "imap://post:hemligt@mx.example.com/INBOX"):
        with pytest.raises(ImproperlyConfigured):
            source_of(address)


@pytest.mark.service("dovecot")
@pytest.mark.parametrize("scheme", ["imaps", "imap+tls"])
def test_9_mail_on_a_server_is_marked_when_it_is_kept(
    city: SmallCity, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = [mails.mail(), mails.mail("Två")]
    with dovecot.serve(sent) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        source = source_of(server.address(scheme))
        fetched = []
        for mail in source.fetch():
            fetched.append(mail)
            assert server.lies_in() == ["", ""]
            if len(fetched) == 1:
                source.taken(mail)
        travelled = [data.replace(b"\n", b"\r\n") for data in sent]
        assert [mail.data for mail in fetched] == travelled
        assert fetched[0].arrived_at is not None
        assert server.lies_in() == ["", "S"], "what was not taken in comes again"
        told = run("fetch_mail", f"--source={server.address(scheme)}")
        assert told.strip() == "Nya: 1, lagda åt sidan: 0, tvillingar: 0"
        assert server.lies_in() == ["S", "S"]
    item = InboxItem.objects.get()
    assert (item.title, item.source) == ("Två", "imap:post/INBOX")
    assert item.received_at == fetched[1].arrived_at


@pytest.mark.service("dovecot")
def test_9_all_that_lies_in_a_mailbox_goes_to_the_folder_even_what_was_opened(
    city: SmallCity, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.MAIL_DONE_FOLDER = "Hämtat"
    with dovecot.serve([mails.mail(), mails.mail("Två")], ["H&AOQ-mtat"]) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        first = min((server.mail / "new").iterdir())
        first.rename(server.mail / "cur" / f"{first.name}:2,S")
        told = run("fetch_mail", f"--source={server.address('imaps')}")
        assert told.strip() == "Nya: 2, lagda åt sidan: 0, tvillingar: 0"
        assert server.lies_in() == []
        assert len(server.lies_in(".H&AOQ-mtat")) == 2


@pytest.mark.service("dovecot")
@pytest.mark.parametrize("scheme", ["imaps", "imap+tls"])
def test_9_no_password_goes_to_a_server_that_nobody_vouches_for(
    city: SmallCity, scheme: str
) -> None:
    with dovecot.serve([mails.mail()]) as server:
        with pytest.raises(CommandError, match="certifikat går inte att lita på"):
            run("fetch_mail", f"--source={server.address(scheme)}")
        assert "Login: user=" not in server.log
    assert not InboxItem.objects.exists()


def test_9_a_folder_of_scans(city: SmallCity, tmp_path: Path) -> None:
    letter = tmp_path / "brev med sidor"
    letter.mkdir()
    for path, content in (
        (tmp_path / "ett.pdf", mails.PDF),
        (letter / "2.pdf", mails.PDF + b" 2\n%%EOF"),
        (letter / "1.pdf", mails.PDF + b" 1\n%%EOF"),
        (tmp_path / "program.exe", b"MZ"),
        (tmp_path / "halvt.pdf", mails.PDF + b" x\n%%EOF"),
    ):
        path.write_bytes(content)
        if path.name != "halvt.pdf":
            os.utime(path, (time.time() - 60,) * 2)
    told = run("scan_folder", str(tmp_path))
    assert told.startswith("Nya: 2, tvillingar: 0, togs inte emot: 1")
    assert "program.exe" in told
    assert sorted(x.name for x in tmp_path.iterdir()) == ["halvt.pdf", "hamtat", "program.exe"]
    items = InboxItem.objects.filter(kind=ItemKind.SCAN).order_by("pk")
    assert [item.title for item in items] == ["brev med sidor", "ett"]
    assert [row.original_name for row in items[0].files.all()] == ["1.pdf", "2.pdf"]
