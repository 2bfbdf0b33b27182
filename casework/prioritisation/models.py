# SPDX-License-Identifier: EUPL-1.2
"""The ordered lists of a round: the areas' (R33, R57), the city's (R34, R58), the council's (R36).

A list is a draft that its body works on together, then it is fixed. What was fixed is kept: when a
list is opened again or sent back, a new version is made of it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.meetings.models import Decision, Meeting
from casework.organisation.models import ServiceArea
from casework.planning.models import Round, RoundArea
from casework.prioritisation.enums import ListKind, ListState, Suggestion, Verdict
from casework.process.enums import Opinion
from casework.process.models import Candidacy


class OrderedList(models.Model):
    """One version of one list of a round."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="lists", verbose_name=_("omgång"))
    kind = models.CharField(_("slag"), max_length=10, choices=ListKind)
    service_area = models.ForeignKey(
        ServiceArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lists",
        verbose_name=_("tjänsteområde"),
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(_("läge"), max_length=10, choices=ListState, default=ListState.DRAFT)
    frame_tkr = models.PositiveIntegerField(_("ekonomisk ram, tkr"), null=True, blank=True)
    statement = models.TextField(_("yttrande i sin helhet"), blank=True)
    reason = models.TextField(_("skäl till ny version"), blank=True)
    suggestion_by = models.CharField(
        _("föreslagen genom"), max_length=10, choices=Suggestion, blank=True
    )
    contradicted = models.PositiveIntegerField(
        _("omdömen som förslaget motsäger"), null=True, blank=True
    )
    judgements = models.PositiveIntegerField(_("parvisa omdömen"), null=True, blank=True)
    edition = models.PositiveIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(_("senast sparad"), null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    fixed_at = models.DateTimeField(_("fastställd"), null=True, blank=True)
    fixed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="lists"
    )

    class Meta:
        verbose_name = _("ordnad lista")
        verbose_name_plural = _("ordnade listor")
        ordering = ["round", "kind", "service_area", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "kind", "service_area", "version"],
                name="list_version_once",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["round", "kind", "service_area"],
                condition=Q(state=ListState.DRAFT),
                name="list_one_draft",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(kind=ListKind.AREA, service_area__isnull=False)
                | (~Q(kind=ListKind.AREA) & Q(service_area__isnull=True)),
                name="list_area_iff_areas",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_area or self.get_kind_display()}, {self.round}"

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.state == ListState.DRAFT

    @property
    def subject(self) -> str:
        """Under which the journal shows its events."""
        return f"list:{self.pk}"


class ListItem(models.Model):
    """A place on a list, and why it stands there.

    Beside the place that persons gave it, the place that was suggested; of the city's list also
    what the merge says of that: which of its area's items it is, its number and the nearest
    area's, as exact fractions (``24/5``). Words are made of these where they are shown.
    """

    list = models.ForeignKey(OrderedList, models.PROTECT, related_name="items")
    candidacy = models.ForeignKey(Candidacy, models.PROTECT, related_name="places")
    place = models.PositiveSmallIntegerField(_("plats"))
    reason = models.TextField(_("motivering"), blank=True)
    opinion = models.CharField(_("ställningstagande"), max_length=10, choices=Opinion, blank=True)
    suggested_place = models.PositiveSmallIntegerField(_("föreslagen plats"), null=True, blank=True)
    nth = models.PositiveSmallIntegerField(_("områdets"), null=True, blank=True)
    quotient = models.CharField(_("jämförelsetal"), max_length=30, blank=True)
    rival = models.ForeignKey(
        ServiceArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("närmast"),
    )
    rival_quotient = models.CharField(_("närmastes jämförelsetal"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("plats på en lista")
        verbose_name_plural = _("platser på listor")
        ordering = ["list", "place", "pk"]
        constraints = [models.UniqueConstraint(fields=["list", "candidacy"], name="list_item_once")]

    def __str__(self) -> str:
        return f"{self.place}. {self.candidacy_id}"


class Rehearsal(models.Model):
    """A person's own copy of an area's draft, to try another order; never fixed, read by no other.

    ``order`` holds the keys of candidacies. Like a saved search it is no matter of the journal.
    """

    area = models.ForeignKey(RoundArea, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(_("namn"), max_length=80)
    order = models.JSONField(_("ordning"), default=list, blank=True)
    saved_at = models.DateTimeField(_("senast sparad"))

    class Meta:
        verbose_name = _("prövad ordning")
        verbose_name_plural = _("prövade ordningar")
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["area", "person", "name"], name="rehearsal_once")
        ]

    def __str__(self) -> str:
        return self.name


class Funding(models.Model):
    """What the city council gave an initiative in a round: one row per decision (R37, R38)."""

    candidacy = models.OneToOneField(Candidacy, models.PROTECT, related_name="funding")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="fundings")
    verdict = models.CharField(_("beslut"), max_length=20, choices=Verdict)
    amount_tkr = models.PositiveIntegerField(_("belopp, tkr"), null=True, blank=True)

    class Meta:
        verbose_name = _("beviljade medel")
        verbose_name_plural = _("beviljade medel")

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} {self.amount_tkr or ''}".strip()
