# SPDX-License-Identifier: EUPL-1.2
"""A mail server, Debian's Dovecot, with one mailbox, on ports of loopback and with TLS only."""

from __future__ import annotations

import contextlib
import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

USER, PASSWORD = "post", "hemligt"

_CONFIG = """\
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {login}
default_login_user = {login}
default_internal_group = {group}
ssl = required
ssl_cert = <{home}/certificate.pem
ssl_key = <{home}/key.pem
auth_mechanisms = plain
mail_location = maildir:{home}/mail
first_valid_uid = 1
last_valid_uid = 0
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {starttls}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its ports, its certificate, and where the mailbox lies."""

    tls: int
    starttls: int
    certificate: Path
    mail: Path

    def address(self, scheme: str, folder: str = "INBOX") -> str:
        """The mailbox as a source of mail."""
        port = self.tls if scheme == "imaps" else self.starttls
        return f"{scheme}://{USER}:{PASSWORD}@localhost:{port}/{folder}"

    def lies_in(self, folder: str = "") -> list[str]:
        """The flags of the mails in a folder as the server keeps it; seen ones have an S."""
        place = self.mail / folder
        found = [path for part in ("new", "cur") for path in (place / part).glob("*")]
        return sorted(path.name.partition(":2,")[2] for path in found)

    @property
    def log(self) -> str:
        """What the server has written down."""
        return (self.mail.parent / "log").read_text()


@contextmanager
def serve(mails: Sequence[bytes], folders: Sequence[str] = ()) -> Iterator[Server]:
    """The server, until the block ends.

    Args:
        mails: that lie in the mailbox, unseen.
        folders: beside it, as the server spells them.
    """
    home = Path(tempfile.mkdtemp(prefix="dovecot-"))
    try:
        server = _laid_out(home, mails, folders)
        with subprocess.Popen(["dovecot", "-F", "-c", home / "conf"]) as process:
            try:
                _wait(server)
                yield server
            finally:
                process.terminate()
    finally:
        shutil.rmtree(home)


def _laid_out(home: Path, mails: Sequence[bytes], folders: Sequence[str]) -> Server:
    owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    server = Server(_free_port(), _free_port(), home / "certificate.pem", home / "mail")
    for folder in ("", *(f".{name}" for name in folders)):
        for part in ("new", "cur", "tmp"):
            (server.mail / folder / part).mkdir(parents=True)
    for number, data in enumerate(mails, start=1):
        (server.mail / "new" / f"{1_793_000_000 + number}.m{number}.host").write_bytes(data)
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
            "-keyout", home / "key.pem", "-out", server.certificate,
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    group = grp.getgrgid(owner.pw_gid).gr_name
    (home / "conf").write_text(
        _CONFIG.format(
            home=home, login=owner.pw_name, group=group, password=PASSWORD,
            uid=owner.pw_uid, gid=owner.pw_gid, tls=server.tls, starttls=server.starttls,
        )
    )  # fmt: skip
    home.chmod(0o755)
    for path in [home, *home.rglob("*")]:
        os.chown(path, owner.pw_uid, owner.pw_gid)
    return server


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait(server: Server) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", server.tls), 1):
            return
        time.sleep(0.05)
    raise AssertionError(f"Dovecot does not answer: {server.log}")
