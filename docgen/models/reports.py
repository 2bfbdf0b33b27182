# SPDX-License-Identifier: EUPL-1.2
"""Reports (tjänsteutlåtanden) being written.

A report is a Wagtail model with drafts and revisions and no states of its own (see
docs/mechanisms/documents.md). It is never "published": each saving is a revision and the row holds
the newest.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, RevisionMixin

from casework.meetings.enums import DissentKind
from casework.register.models import Case
from docgen.written import refuse_unwritable

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from casework.organisation.models import User

RICH = ["h3", "bold", "italic", "ol", "ul", "link"]


class ReportQuerySet(models.QuerySet):
    """Reports, as seen by somebody."""

    def visible_to(self, user: User | AnonymousUser | None) -> ReportQuerySet:
        """The reports of the cases that the person may see."""
        return self.filter(case__in=Case.objects.visible_to(user))


class Report(DraftStateMixin, RevisionMixin, ClusterableModel):
    """A tjänsteutlåtande being written (R60)."""

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="reports", verbose_name=_("ärende"), editable=False
    )
    title = models.CharField(_("rubrik"), max_length=400)
    kind_line = models.CharField(
        _("slag av ärende"),
        max_length=200,
        blank=True,
        help_text=_("Står under rubriken, till exempel ”Svar på remiss från kommunstyrelsen”."),
    )
    administration = models.CharField(_("förvaltning"), max_length=200)
    department = models.CharField(_("avdelning"), max_length=200, blank=True)
    date = models.DateField(_("datum"))
    facts = models.JSONField(default=dict, editable=False)
    facts_fixed = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(_("påbörjat"), auto_now_add=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("tjänsteutlåtande")
        verbose_name_plural = _("tjänsteutlåtanden")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.case.dnr} {self.title}" if not self.case.is_secret else self.case.dnr

    def clean(self) -> None:
        """Refuse what a document cannot hold."""
        super().clean()
        refuse_unwritable(self)


class Part(models.Model):
    """A piece of a report: ordered, with an id that is the same in all revisions."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    sort_order = models.IntegerField(null=True, blank=True, editable=False)
    sort_order_field = "sort_order"

    class Meta:
        abstract = True
        ordering = ["sort_order", "pk"]

    def clean(self) -> None:
        """Refuse what a document cannot hold."""
        super().clean()
        refuse_unwritable(self)


class Officer(Part):
    """A handläggare named in the report."""

    report = ParentalKey(Report, on_delete=models.CASCADE, related_name="officers")
    name = models.CharField(_("namn"), max_length=200)
    phone = models.CharField(_("telefon"), max_length=60, blank=True)
    email = models.EmailField(_("e-post"), blank=True)

    class Meta(Part.Meta):
        verbose_name = _("handläggare")
        verbose_name_plural = _("handläggare")

    def __str__(self) -> str:
        return self.name


class Recipient(Part):
    """A board or executive that the report goes to."""

    report = ParentalKey(Report, on_delete=models.CASCADE, related_name="recipients")
    name = models.CharField(_("nämnd eller styrelse"), max_length=200)
    meeting_date = models.DateField(_("sammanträder"), null=True, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("mottagare")
        verbose_name_plural = _("mottagare")

    def __str__(self) -> str:
        return self.name


class DecisionGroup(Part, ClusterableModel):
    """What one body is to decide (R61): a row of its own, so that no point carries the lead."""

    report = ParentalKey(Report, on_delete=models.CASCADE, related_name="decision_groups")
    body = models.CharField(
        _("vem som beslutar"), max_length=200, help_text=_("Till exempel Kommunfullmäktige.")
    )
    lead = models.CharField(
        _("inledning"),
        max_length=300,
        blank=True,
        help_text=_("Står över punkterna. Lämnas den tom skrivs ”Kommunstyrelsen beslutar”."),
    )

    class Meta(Part.Meta):
        verbose_name = _("beslutande organ")
        verbose_name_plural = _("förslag till beslut")

    def __str__(self) -> str:
        return self.lead or self.body


class DecisionPoint(Part):
    """A numbered point; numbering starts at one in each group."""

    group = ParentalKey(DecisionGroup, on_delete=models.CASCADE, related_name="points")
    text = models.TextField(_("beslutspunkt"))

    class Meta(Part.Meta):
        verbose_name = _("beslutspunkt")
        verbose_name_plural = _("beslutspunkter")

    def __str__(self) -> str:
        return self.text[:60]


class Signatory(Part):
    """A person who signs after the proposed decisions."""

    report = ParentalKey(Report, on_delete=models.CASCADE, related_name="signatories")
    name = models.CharField(_("namn"), max_length=200)
    title = models.CharField(_("titel"), max_length=200, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("underskrift")
        verbose_name_plural = _("underskrifter")

    def __str__(self) -> str:
        return self.name


class ReportSection(Part):
    """A heading and its text. The standard headings come from the template's data."""

    report = ParentalKey(Report, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=40, blank=True, editable=False)
    heading = models.CharField(_("rubrik"), max_length=200)
    level = models.PositiveSmallIntegerField(
        _("nivå"),
        default=1,
        choices=[(1, _("Rubrik")), (2, _("Underrubrik"))],
        validators=[MinValueValidator(1), MaxValueValidator(2)],
    )
    body = RichTextField(_("text"), features=RICH, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("avsnitt")
        verbose_name_plural = _("avsnitt")

    def __str__(self) -> str:
        return self.heading


class Attachment(Part):
    """A line under Bilagor."""

    report = ParentalKey(Report, on_delete=models.CASCADE, related_name="attachments")
    text = models.CharField(_("bilaga"), max_length=300)

    class Meta(Part.Meta):
        verbose_name = _("bilaga")
        verbose_name_plural = _("bilagor")

    def __str__(self) -> str:
        return self.text


class ReportDissent(Part):
    """A reservation or special statement, with persons, party and own proposal (R70)."""

    report = ParentalKey(Report, on_delete=models.CASCADE, related_name="dissents")
    kind = models.CharField(
        _("slag"), max_length=12, choices=DissentKind, default=DissentKind.RESERVATION
    )
    body = models.CharField(
        _("var"), max_length=200, blank=True, help_text=_("Till exempel borgarrådsberedningen.")
    )
    persons = models.TextField(
        _("personer"), help_text=_("En på varje rad, med parti: ”Kim Ek (s)”.")
    )
    proposal = models.TextField(
        _("eget förslag"), blank=True, help_text=_("En punkt på varje rad.")
    )
    text = RichTextField(_("skäl"), features=["bold", "italic", "ol", "ul"], blank=True)
    note = models.CharField(_("anmärkning"), max_length=300, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("reservation eller särskilt uttalande")
        verbose_name_plural = _("reservationer och särskilda uttalanden")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.body}"
