# SPDX-License-Identifier: EUPL-1.2
"""How cases hang together (R67)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Greatest, Least, Upper
from django.utils.translation import gettext_lazy as _

from casework.register.enums import LinkKind
from casework.register.models.cases import Case


class CaseLink(models.Model):
    """A typed link between two cases, or to a number that is kept elsewhere (R67)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="links")
    kind = models.CharField(_("koppling"), max_length=12, choices=LinkKind)
    target = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="linked_from"
    )
    target_number = models.CharField(_("diarienummer"), max_length=60, blank=True)
    note = models.CharField(_("anmärkning"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("koppling")
        verbose_name_plural = _("kopplingar")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "target"],
                condition=Q(target__isnull=False),
                name="link_once",
            ),
            # That two cases are related stands on both of them, whichever it was linked from.
            models.UniqueConstraint(
                Least("case", "target"),
                Greatest("case", "target"),
                condition=Q(kind=LinkKind.RELATED, target__isnull=False),
                name="link_related_once",
            ),
            models.UniqueConstraint(
                "case", "kind", Upper("target_number"),
                condition=Q(target=None),
                name="link_elsewhere_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.target_number}"
