# SPDX-License-Identifier: EUPL-1.2
"""A body decides in a meeting or by delegation; those who took part may dissent.

The one form of a decision and of dissent, for initiatives, documents and history alike (R61, R62,
R70). What was decided stands for ever: database triggers refuse changes (see the migrations), and
only the day and the paragraph can be corrected, with a reason that is kept.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from casework.meetings.enums import AttendanceRole, Correctable, DissentKind, MeetingState
from casework.organisation.models import Body
from casework.register.models import Case

APPROVE_WITHIN = dt.timedelta(days=14)
"""Minutes are approved at the latest fourteen days after the meeting (KL 5:69)."""

ANNOUNCE_WITHIN = dt.timedelta(days=2)
"""Approved minutes are announced at the latest on the second day after (KL 8:12)."""

NOTICE_PERIOD = dt.timedelta(days=21)
"""The announcement stays on the notice board for three weeks (KL 8:12, 13:5)."""


class Meeting(models.Model):
    """A body's meeting on a day, from the calling to the approved minutes."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name=_("organ"))
    day = models.DateField(_("dag"))
    starts_at = models.TimeField(_("klockslag"), null=True, blank=True)
    place = models.CharField(_("plats"), max_length=200, blank=True)
    state = models.CharField(
        _("läge"), max_length=10, choices=MeetingState, default=MeetingState.PLANNED
    )
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ordförande vid mötet"),
    )
    called_at = models.DateTimeField(_("kallelsen skickad"), null=True, blank=True)
    cancel_reason = models.TextField(_("varför det är inställt"), blank=True)
    opened_at = models.DateTimeField(_("öppnat"), null=True, blank=True)
    closed_at = models.DateTimeField(_("avslutat"), null=True, blank=True)
    minutes = models.TextField(_("anteckningar till protokollet"), blank=True)
    approved_on = models.DateField(_("protokollet justerat"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("justerare"),
    )
    notice_on = models.DateField(_("anslaget"), null=True, blank=True)
    notice_until = models.DateField(_("anslaget till och med"), null=True, blank=True)

    class Meta:
        verbose_name = _("möte")
        verbose_name_plural = _("möten")
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body"],
                condition=Q(state=MeetingState.OPEN),
                name="one_open_meeting",
                violation_error_message=_("Organet har redan ett möte som pågår."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.day:%Y-%m-%d}"

    @property
    def subject(self) -> str:
        """Under which the journal shows its events."""
        return f"meeting:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether decisions can be made in it now."""
        return self.state == MeetingState.OPEN

    @property
    def is_over(self) -> bool:
        """Whether nothing more is prepared for it: it was held, or will not be."""
        return self.state in {MeetingState.CLOSED, MeetingState.CANCELLED}

    @property
    def approve_by(self) -> dt.date:
        """The day by which its minutes should be approved (KL 5:69)."""
        return self.day + APPROVE_WITHIN

    @property
    def announce_by(self) -> dt.date | None:
        """The day by which approved minutes should be announced (KL 8:12)."""
        return self.approved_on + ANNOUNCE_WITHIN if self.approved_on else None


def minutes_storage() -> Storage:
    """Where files of minutes lie: beside the records, never under a public address."""
    return storages["records"]


def stored_name(_instance: models.Model, _filename: str) -> str:
    """A random name without extension; the readable one is made when the file is served."""
    return f"minutes/{uuid.uuid4().hex}"


class MinutesFile(models.Model):
    """The whole minutes of a meeting as they were approved: one document, never made anew."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes_file")
    file = models.FileField(upload_to=stored_name, storage=minutes_storage)
    sha256 = models.CharField(max_length=64)
    named = models.JSONField(
        _("ärenden som nämns"),
        default=list,
        blank=True,
        help_text=_("Nycklarna till de ärenden som står med namn i filen."),
    )
    made_at = models.DateTimeField(_("upprättad"))

    class Meta:
        verbose_name = _("protokoll som fil")
        verbose_name_plural = _("protokoll som filer")
        ordering = ["meeting"]

    def __str__(self) -> str:
        return str(self.meeting)

    @property
    def filename(self) -> str:
        """What it is called when it is served."""
        return f"protokoll-{slugify(self.meeting.body.name)}-{self.meeting.day:%Y-%m-%d}.docx"


class AgendaItem(models.Model):
    """A point of the agenda: mostly a case.

    ``outcome`` is what the meeting seems to come to, noted for all to see and undone at will; a
    decision empties it. It is a code of the room above, ``details`` what is said with it.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    position = models.PositiveSmallIntegerField(_("ordning"))
    title = models.CharField(_("punkt"), max_length=400, blank=True)
    outcome = models.CharField(_("antecknat utfall"), max_length=30, blank=True)
    details = models.JSONField(_("vad som sägs med utfallet"), default=dict, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    noted_at = models.DateTimeField(_("antecknat"), null=True, blank=True)

    class Meta:
        verbose_name = _("punkt på dagordningen")
        verbose_name_plural = _("punkter på dagordningen")
        ordering = ["meeting", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "case"],
                name="agenda_case_once",
                condition=Q(case__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title or str(self.position)


class Attendance(models.Model):
    """Who took part in a meeting, and as what."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(_("som"), max_length=10, choices=AttendanceRole)
    is_present = models.BooleanField(_("närvarande"), default=True)

    class Meta:
        verbose_name = _("närvaro")
        verbose_name_plural = _("närvaro")
        ordering = ["meeting", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "user"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"


class Visit(models.Model):
    """Who has the meeting's page open, and at which case; forgotten when it is old."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="visits")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="+")
    seen_at = models.DateTimeField(_("senast sedd"))

    class Meta:
        verbose_name = _("besök på mötets sida")
        verbose_name_plural = _("besök på mötets sida")
        ordering = ["meeting", "user"]
        constraints = [models.UniqueConstraint(fields=["meeting", "user"], name="visit_once")]

    def __str__(self) -> str:
        return f"{self.user}, {self.seen_at:%H:%M}"


class Disqualification(models.Model):
    """Jäv: the person takes no part in the case at this meeting (KL 6:28–31)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="disqualifications")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(_("skäl"), max_length=400)

    class Meta:
        verbose_name = _("jäv")
        verbose_name_plural = _("jäv")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "case", "user"], name="disqualification_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.reason}"


class Decision(models.Model):
    """What a body decided in a case. Several cases decided in one act share ``act``.

    It was made in a meeting, or by delegation with the reference to it, or before there was this
    register (``is_historic``); then the day may be unknown and is not made up. ``took_part`` holds
    the keys of those with a seat who were there and not disqualified when it was made. ``overall``
    is what an act over many cases says of them together.
    """

    act = models.UUIDField(_("beslutstillfälle"), default=uuid.uuid4, db_index=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    body = models.ForeignKey(
        Body, models.PROTECT, related_name="decisions", verbose_name=_("organ")
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    delegation = models.CharField(
        _("delegation"), max_length=200, blank=True, help_text=_("T.ex. delegationsordningen 3.2.")
    )
    is_historic = models.BooleanField(_("äldre beslut"), default=False)
    day = models.DateField(_("beslutsdag"), null=True, blank=True)
    paragraph = models.CharField(_("paragraf"), max_length=40, blank=True)
    paragraph_number = models.PositiveIntegerField(null=True, blank=True, editable=False)
    lead = models.CharField(_("ingress"), max_length=300, blank=True)
    overall = models.TextField(_("yttrande om helheten"), blank=True)
    reason = models.TextField(_("skäl"), blank=True)
    is_tabling = models.BooleanField(_("bordläggning"), default=False)
    took_part = models.JSONField(_("tog del i beslutet"), default=list, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("infört"))

    class Meta:
        verbose_name = _("beslut")
        verbose_name_plural = _("beslut")
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(meeting__isnull=False, delegation="", is_historic=False)
                    | (Q(meeting=None, is_historic=False) & ~Q(delegation=""))
                    | Q(meeting=None, delegation="", is_historic=True)
                ),
                name="decision_one_way",
                violation_error_message=_("Ett beslut fattas på ett möte eller på delegation."),
            ),
            models.CheckConstraint(
                condition=Q(is_historic=True) | Q(day__isnull=False),
                name="decision_has_day",
                violation_error_message=_("Ange beslutsdag."),
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (str(self.body), self.paragraph) if part)


class DecisionPoint(models.Model):
    """One numbered point of a decision; ``uid`` names it also in documents (R61)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="points")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveSmallIntegerField(_("nummer"))
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("beslutspunkt")
        verbose_name_plural = _("beslutspunkter")
        ordering = ["decision", "position"]
        constraints = [models.UniqueConstraint(fields=["decision", "position"], name="point_once")]

    def __str__(self) -> str:
        return f"{self.position}. {self.text}"


class Dissent(models.Model):
    """Another opinion, with its own proposal, by persons who took part (R62, R70)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="dissents")
    kind = models.CharField(_("slag"), max_length=12, choices=DissentKind)
    proposal = models.TextField(_("eget förslag"), blank=True, help_text=_("En punkt per rad."))
    statement = models.TextField(_("motivering"), blank=True)
    announced_at = models.DateTimeField(_("anmäld"))

    class Meta:
        verbose_name = _("avvikande mening")
        verbose_name_plural = _("avvikande meningar")
        ordering = ["decision", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.who}"

    @property
    def who(self) -> str:
        """The persons with their parties, as they are printed."""
        return ", ".join(str(person) for person in self.persons.all())

    @property
    def proposal_points(self) -> list[str]:
        """The points of the own proposal, one a line."""
        return [line.strip() for line in self.proposal.splitlines() if line.strip()]


class DissentPerson(models.Model):
    """Who dissents; history knows names and parties, not always accounts."""

    dissent = models.ForeignKey(Dissent, models.PROTECT, related_name="persons")
    name = models.CharField(_("namn"), max_length=120)
    party = models.CharField(_("parti"), max_length=20, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("person bakom avvikande mening")
        verbose_name_plural = _("personer bakom avvikande mening")
        ordering = ["dissent", "pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.party})" if self.party else self.name


class DecisionCorrection(models.Model):
    """A correction of a decision's day or paragraph: what stood, what stands, and why."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="corrections")
    field = models.CharField(_("fält"), max_length=10, choices=Correctable)
    old = models.CharField(_("stod"), max_length=40, blank=True)
    new = models.CharField(_("rättat till"), max_length=40, blank=True)
    reason = models.TextField(_("skäl"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("rättat"))

    class Meta:
        verbose_name = _("rättelse av beslut")
        verbose_name_plural = _("rättelser av beslut")
        ordering = ["decision", "pk"]

    def __str__(self) -> str:
        return f"{self.get_field_display()}: {self.old} → {self.new}"
