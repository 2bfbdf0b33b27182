# SPDX-License-Identifier: EUPL-1.2
"""A child process with limits that answers many questions, one at a time.

To start Python for each mail or file costs more than to read it, so a child is asked again until it
has answered so many, or died: then the next question starts another. A thing that is heavy or
hostile ends the child and is told apart from the others by that; nothing is parsed here.

Both sides speak in frames: the length of a JSON object, the object, and as many bytes as it says.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import IO, Any

_ROOT = Path(__file__).resolve().parents[2]
_MOST_IN_HEAD = 64 * 1024 * 1024

Answer = tuple[dict[str, Any], bytes]


class Broken(Exception):
    """The child died, took too long or answered nonsense: what it was asked about is unreadable."""


class Jail:
    """The parent's side. Threads that ask at once are answered one after the other."""

    def __init__(self, module: str, *arguments: str, seconds: float = 15, most: int = 500) -> None:
        """Nothing is started before the first question.

        Args:
            module: of ours, with a main part that calls :func:`serve`.
            arguments: of the command line.
            seconds: so long a question may take.
            most: so many questions a child is asked.
        """
        self._command = [sys.executable, "-m", module, *arguments]
        self._seconds, self._most = seconds, most
        self._child: subprocess.Popen[bytes] | None = None
        self._asked = 0
        self._turn = threading.Lock()

    def __enter__(self) -> Jail:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def ask(self, question: dict[str, Any], data: bytes) -> Answer:
        """What the child answers about some bytes.

        Raises:
            Broken: it did not answer; the next question gets a new child.
        """
        with self._turn:
            return self._ask(question, data)

    def _ask(self, question: dict[str, Any], data: bytes) -> Answer:
        child = self._child or self._start()
        assert child.stdin is not None
        assert child.stdout is not None
        patience = threading.Timer(self._seconds, child.kill)
        patience.start()
        try:
            write_frame(child.stdin, question, data)
            found = read_frame(child.stdout)
        except (OSError, ValueError, EOFError) as error:
            self.close()
            raise Broken(str(error)) from error
        finally:
            patience.cancel()
        self._asked += 1
        if self._asked >= self._most or found[0].get("tired"):
            self.close()
        return found

    def close(self) -> None:
        """End the child."""
        child, self._child, self._asked = self._child, None, 0
        if child is None:
            return
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        child.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(_ROOT),
            "PYTHONIOENCODING": "utf-8",
        }
        # Our own interpreter and module; what is read goes in as bytes and is no argument.
        self._child = subprocess.Popen(  # noqa: S603
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        return self._child


@cache
def kept(module: str, seconds: float) -> Jail:
    """One jail for all that this process asks of a module, ended with the process.

    To start a child costs more than most questions.
    """
    jail = Jail(module, seconds=seconds)
    atexit.register(jail.close)
    return jail


def write_frame(pipe: IO[bytes], head: dict[str, Any], data: bytes) -> None:
    """Write one frame."""
    told = json.dumps({**head, "bytes": len(data)}).encode()
    pipe.write(struct.pack(">I", len(told)))
    pipe.write(told)
    pipe.write(data)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> Answer:
    """Read one frame.

    Raises:
        EOFError: it ends before it is whole.
        ValueError: it is none.
    """
    (length,) = struct.unpack(">I", _exactly(pipe, 4))
    if length > _MOST_IN_HEAD:
        raise ValueError("the head of the frame is too long")
    head = json.loads(_exactly(pipe, length))
    return head, _exactly(pipe, int(head["bytes"]))


def _exactly(pipe: IO[bytes], count: int) -> bytes:
    data = pipe.read(count)
    if len(data) != count:
        raise EOFError("the other side has gone")
    return data


def limit_this_process(memory: int, data: int | None = None) -> None:
    """Let this process have so much memory, and write no file.

    Args:
        memory: bytes of addresses, libraries included.
        data: bytes that it fills itself; as much as it has addresses unless told.
    """
    try:
        import resource
    except ImportError:  # not a Unix: the parent's timeout still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    if data is not None:
        resource.setrlimit(resource.RLIMIT_DATA, (data, data))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def allow_seconds(seconds: int) -> None:
    """Let this process have so many more seconds of the processor."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


def serve(answer: Callable[[dict[str, Any], bytes], Answer], *, seconds: int) -> None:
    """The child's side: answer until nobody asks any more.

    What wants too much memory is answered with ``fault``, and this child is asked no more.
    """
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            question, data = read_frame(questions)
        except EOFError:
            return
        allow_seconds(seconds)
        try:
            told, found = answer(question, data)
        except (MemoryError, RecursionError):
            told, found = {"fault": "heavy", "tired": True}, b""
        write_frame(answers, told, found)
