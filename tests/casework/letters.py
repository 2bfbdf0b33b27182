# SPDX-License-Identifier: EUPL-1.2
"""A letter with a file, for the tests of what becomes of it."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from casework.organisation.models import User
from casework.register.audit import verify_register
from casework.register.models import Case, NumberSeries
from casework.register.services import register_letter

PDF = b"%PDF-1.7 x\n%%EOF"


def letter(registrar: User, title: str = "Brev", **fields: object) -> Case:
    """A letter with a file."""
    case, _record = register_letter(
        series=NumberSeries.objects.get(code="KS"), actor=registrar, title=title,
        received_date=timezone.localdate(), files=[SimpleUploadedFile("brev.pdf", PDF)],
        **fields,  # type: ignore[arg-type]
    )  # fmt: skip
    return case


def faults() -> list[str]:
    """What the register's audit finds."""
    return verify_register().faults
