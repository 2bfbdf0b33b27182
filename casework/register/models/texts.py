# SPDX-License-Identifier: EUPL-1.2
"""The texts of a case that are searched, kept here so that search needs no other room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.register.enums import TextKind
from casework.register.models.cases import Case
from casework.register.models.records import Record


class TextPart(models.Model):
    """One text of a case; of a record, where it is bound to one and shares its audience."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="texts")
    record = models.ForeignKey(Record, models.CASCADE, null=True, blank=True, related_name="texts")
    kind = models.CharField(_("slag"), max_length=10, choices=TextKind)
    key = models.CharField(max_length=80, blank=True)
    text = models.TextField(_("text"))
    is_public = models.BooleanField(
        _("offentlig"),
        default=False,
        help_text=_("Får sökas av alla när ärendet är publicerat."),
    )

    class Meta:
        verbose_name = _("sökbar text")
        verbose_name_plural = _("sökbara texter")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "record", "kind", "key"],
                name="text_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key}"
