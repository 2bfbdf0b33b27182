# SPDX-License-Identifier: EUPL-1.2
"""How the reading of a file's text went."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.register.enums import ReadingState
from casework.register.models.records import RecordFile


class FileReading(models.Model):
    """That a file was read for its text, and how it went; the text is a ``TextPart``.

    Not part of the register: it can be made again from the file at any time.
    """

    file = models.OneToOneField(
        RecordFile, models.CASCADE, primary_key=True, related_name="reading"
    )
    state = models.CharField(_("läsning"), max_length=10, choices=ReadingState)
    read_at = models.DateTimeField(_("läst"), auto_now=True)

    class Meta:
        verbose_name = _("läsning av fil")
        verbose_name_plural = _("läsningar av filer")

    def __str__(self) -> str:
        return f"{self.file}: {self.get_state_display()}"

    @property
    def is_wanting(self) -> bool:
        """Whether search finds nothing of the file, which the page says."""
        return self.state in {ReadingState.EMPTY, ReadingState.UNREADABLE}
