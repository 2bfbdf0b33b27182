#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Start the demo city: migrate, seed, then web and worker together until Ctrl-C.

PORT (8000) and HOST (127.0.0.1) move it; everything else is in README's table of variables.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PORT = int(os.environ.get("PORT", "8000"))
HOST = os.environ.get("HOST", "127.0.0.1")


def main() -> int:
    """Prepare the city and keep its two processes running."""
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    os.environ.setdefault("DEBUG", "0")
    os.environ["PORT"] = str(PORT)
    os.environ["PYTHONPATH"] = f"{ROOT}{os.pathsep}{ROOT / 'site'}"
    if _answers_already():
        print(f"Port {PORT} is taken. PORT=8001 make run chooses another.", file=sys.stderr)
        return 1
    prepare()
    return supervise()


def _answers_already() -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, PORT)) == 0


def prepare() -> None:
    """Bring database and demo city up to date; both do nothing when they are."""
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("seed_demo")
    connection.close()


def supervise() -> int:
    """Start web and worker; a worker that dies comes back, a web server that dies ends it all."""
    web_command = [
        sys.executable, "-m", "gunicorn", "portal.wsgi:application",
        "--bind", f"{HOST}:{PORT}", "--workers", os.environ.get("WEB_WORKERS", "2"),
        "--threads", "4", "--timeout", "60", "--graceful-timeout", "5", "--log-level", "warning",
        "--worker-tmp-dir", "/dev/shm" if Path("/dev/shm").is_dir() else "/tmp",
    ]  # fmt: skip
    worker_command = [sys.executable, "manage.py", "run_worker"]
    web = subprocess.Popen(web_command, start_new_session=True)
    worker = subprocess.Popen(worker_command, start_new_session=True)
    stopping = False

    def stop(signum: int, frame: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    announced = False
    restarted_at = time.monotonic()
    try:
        while not stopping:
            if web.poll() is not None:
                print("The web server has ended.", file=sys.stderr)
                return web.returncode or 1
            if worker.poll() is not None and time.monotonic() - restarted_at > 5:
                print("The worker has ended; starting it again.", file=sys.stderr)
                worker = subprocess.Popen(worker_command, start_new_session=True)
                restarted_at = time.monotonic()
            announced = announced or _announce()
            time.sleep(0.25)
    finally:
        _end(web, worker)
    return 0


def _announce() -> bool:
    """Print the address once the city answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/halsa/", timeout=2) as answer:
            json.load(answer)
    except (OSError, ValueError):
        return False
    print(f"\n  The city is open:  http://localhost:{PORT}/", flush=True)
    print(f"  Log in:            http://localhost:{PORT}/logga-in/", flush=True)
    print("  Ctrl-C closes it.\n", flush=True)
    return True


def _end(*processes: subprocess.Popen[bytes]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + 10
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()


if __name__ == "__main__":
    sys.exit(main())
