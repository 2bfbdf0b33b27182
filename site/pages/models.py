# SPDX-License-Identifier: EUPL-1.2
"""Page types that editors work with, and the worker's sign of life."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkerHeartbeat(models.Model):
    """One row per worker name, rewritten every few seconds while it runs."""

    name = models.CharField(_("namn"), max_length=60, unique=True)
    beat_at = models.DateTimeField(_("senast hörd"))

    class Meta:
        verbose_name = _("livstecken från bakgrundsprocessen")
        verbose_name_plural = _("livstecken från bakgrundsprocessen")

    def __str__(self) -> str:
        return f"{self.name} {self.beat_at:%Y-%m-%d %H:%M:%S}"
