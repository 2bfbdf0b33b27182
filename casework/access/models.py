# SPDX-License-Identifier: EUPL-1.2
"""The stored side of the access rule."""

from django.db import models


class AudienceRow(models.Model):
    """One token that opens one object; each kind of object has a table of its own."""

    token = models.CharField(max_length=80)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.token
