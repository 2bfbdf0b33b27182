# SPDX-License-Identifier: EUPL-1.2
"""As much of an IMAP server as a mailbox needs to be emptied, on a port of loopback."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Box:
    """The mails by their uid, and what was said to the server."""

    mails: dict[str, bytes]
    seen: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    port: int = 0


@contextmanager
def serve(mails: dict[str, bytes]) -> Iterator[Box]:
    """The server, until the block ends."""
    box = Box(mails)

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"* OK ready\r\n")
            while line := self.rfile.readline().decode():
                tag, _space, rest = line.strip().partition(" ")
                box.said.append(re.sub(r"(LOGIN \S+) .*", r"\1", rest))
                self.wfile.write(b"".join(_answers(box, rest)) + f"{tag} OK done\r\n".encode())
                if rest.upper().startswith("LOGOUT"):
                    return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        box.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield box
        server.shutdown()


def _answers(box: Box, said: str) -> Iterator[bytes]:
    words = said.split()
    verb = " ".join(words[:2]).upper() if words[0].upper() == "UID" else words[0].upper()
    if verb == "CAPABILITY":
        yield b"* CAPABILITY IMAP4rev1\r\n"
    elif verb == "SELECT":
        yield f"* {len(box.mails)} EXISTS\r\n".encode()
    elif verb == "UID SEARCH":
        yield f"* SEARCH {' '.join(x for x in box.mails if x not in box.seen)}\r\n".encode()
    elif verb == "UID FETCH":
        uid, data = words[2], box.mails[words[2]]
        head = f'* 1 FETCH (UID {uid} INTERNALDATE "02-Nov-2026 10:00:00 +0100" BODY[] '
        yield f"{head}{{{len(data)}}}\r\n".encode() + data + b")\r\n"
    elif verb == "UID STORE" and "Seen" in said:
        box.seen.update(words[2].split(","))
    elif verb == "LOGOUT":
        yield b"* BYE\r\n"
