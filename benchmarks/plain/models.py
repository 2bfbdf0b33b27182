# SPDX-License-Identifier: EUPL-1.2
"""The trivial model."""

from __future__ import annotations

from django.db import models


class Note(models.Model):
    """Three columns and nothing that must agree with anything."""

    title = models.CharField(max_length=400)
    party = models.CharField(max_length=200, blank=True)
    received_date = models.DateField()

    def __str__(self) -> str:
        return self.title
