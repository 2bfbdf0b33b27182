# SPDX-License-Identifier: EUPL-1.2
"""Closing a big case, by the worker."""

from __future__ import annotations

from django_tasks import task


@task()
def close(closing_id: int) -> None:
    """Close it, some hundred records at a time."""
    from casework.archive.services.closing import run_closing

    run_closing(closing_id)
