# SPDX-License-Identifier: EUPL-1.2
"""Whether the installation is well, for load balancers and for people on call."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.core.files.storage import storages
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from ops.heartbeat import worker_is_alive

#: Bytes. A day's letters of a big city, several times over.
LEAST_FREE = 2 * 1024**3


@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 while the database answers; the worker's state is told but does not fail us."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        worker = "ok" if worker_is_alive() else "silent"
    except DatabaseError:
        return JsonResponse({"database": "down", "worker": "unknown", "disk": _disk()}, status=503)
    return JsonResponse({"database": "ok", "worker": worker, "disk": _disk()})


def _disk() -> str:
    """Whether there is room for the files of records."""
    place = Path(storages["records"].path(""))
    while not place.exists():
        place = place.parent
    return "ok" if shutil.disk_usage(place).free > LEAST_FREE else "low"
