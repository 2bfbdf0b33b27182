# SPDX-License-Identifier: EUPL-1.2
"""The documents' jobs, run by the worker."""

from __future__ import annotations

from django_tasks import task

from docgen.services.generation import run_generation, run_pdf


@task()
def generate(document_id: int) -> None:
    """Make an ordered Word file."""
    run_generation(document_id)


@task()
def make_pdf(document_id: int) -> None:
    """Make an ordered PDF."""
    run_pdf(document_id)
