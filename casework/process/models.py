# SPDX-License-Identifier: EUPL-1.2
"""The one state machine of an initiative, its steps, and the yearly cycle.

Read this file to know every stage and every way between them; :mod:`casework.process.mandates`
says who may take them and :mod:`casework.process.services` is how. Nothing else writes ``stage``
(DESIGN decision 4). Every transition is a named person's decision (KL 6:38).
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, FSMModelMixin, transition

from casework.initiatives.models import Initiative
from casework.organisation.enums import Expertise
from casework.organisation.models import Body, ServiceArea
from casework.process import conditions
from casework.process.enums import WITHDRAWABLE, Occasion, Opinion, Stage


class StageGuard(Exception):
    """Somebody tried to write the stage beside the state machine."""


class ProcessQuerySet(models.QuerySet):
    """Refuses the two ways in which a queryset would bypass the state machine."""

    def update(self, **kwargs: Any) -> int:
        """As Django's, but never of the stage, except by the transition's own guarded save."""
        if "stage" in kwargs:
            _refuse()
        return super().update(**kwargs)

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Any]:
        """As Django's, but a process begins as a draft."""
        objs = list(objs)
        if any(obj.stage != Stage.DRAFT for obj in objs):
            _refuse()
        return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(self, objs: Any, fields: Any, *args: Any, **kwargs: Any) -> int:
        """As Django's, but never of the stage."""
        if "stage" in fields:
            _refuse()
        return super().bulk_update(objs, fields, *args, **kwargs)


def _refuse() -> NoReturn:
    raise StageGuard("The stage changes by a transition only.")


class Cycle(models.Model):
    """A budget year's round, with the dates of the planning cycle (R53)."""

    budget_year = models.PositiveSmallIntegerField(_("budgetår"), unique=True)
    ideas_until = models.DateField(_("initiativ tas emot till"))
    groups_until = models.DateField(_("områdena klara"))
    council_on = models.DateField(_("utvecklingsrådet"))
    decision_on = models.DateField(_("kommunfullmäktige"))
    merged_at = models.DateTimeField(_("förslag fastställt"), null=True, blank=True)

    class Meta:
        verbose_name = _("budgetomgång")
        verbose_name_plural = _("budgetomgångar")
        ordering = ["-budget_year"]

    def __str__(self) -> str:
        return str(self.budget_year)


class GroupRound(models.Model):
    """One area's work in a cycle: open until its ordered list is fixed (R33, R34)."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="rounds")
    service_area = models.ForeignKey(ServiceArea, models.PROTECT, related_name="rounds")
    done_at = models.DateTimeField(_("klar"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("områdesomgång")
        verbose_name_plural = _("områdesomgångar")
        ordering = ["cycle", "service_area"]
        constraints = [models.UniqueConstraint(fields=["cycle", "service_area"], name="round_once")]

    def __str__(self) -> str:
        return f"{self.service_area} {self.cycle}"


class Participation(models.Model):
    """An expert took part in the preparation of a cycle's proposal (R23, R24)."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="participations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person")
    )
    expertise = models.CharField(_("sakkunskap"), max_length=10, choices=Expertise)
    noted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("sakkunnigs medverkan")
        verbose_name_plural = _("sakkunnigas medverkan")
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "user", "expertise"], name="participation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_expertise_display()}"


class Process(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """The way of one initiative. The methods are the transitions; see the module's docstring."""

    initiative = models.OneToOneField(Initiative, models.PROTECT, related_name="process")
    cycle = models.ForeignKey(
        Cycle,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="processes",
        verbose_name=_("budgetomgång"),
    )
    stage = FSMField(_("läge"), choices=Stage, default=Stage.DRAFT, protected=True)
    entered_at = models.DateTimeField(_("i läget sedan"), auto_now_add=True)
    admitted_at = models.DateTimeField(null=True, blank=True)

    objects = ProcessQuerySet.as_manager()

    class Meta:
        verbose_name = _("process")
        verbose_name_plural = _("processer")
        ordering = ["-entered_at"]
        indexes = [models.Index(fields=["stage", "entered_at"], name="process_stage")]
        constraints = [
            models.CheckConstraint(condition=models.Q(stage__in=Stage.values), name="stage_known")
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("stage", Stage.DRAFT) != Stage.DRAFT:
            _refuse()
        super().__init__(*args, **kwargs)

    def __str__(self) -> str:
        return f"{self.initiative}: {self.get_stage_display()}"

    # From idea to diary number

    @transition("stage", [Stage.DRAFT, Stage.RETURNED], Stage.WITH_LIAISON)
    def submit(self) -> None:
        """The originator sends it to the förvaltning's contact person (R21, R26)."""

    @transition("stage", Stage.WITH_LIAISON, Stage.RETURNED)
    def return_to_originator(self) -> None:
        """The contact person asks the originator for more, with a reason (R27)."""

    @transition("stage", Stage.WITH_LIAISON, Stage.PREPARED)
    def complete_preparation(self) -> None:
        """The contact person has prepared it on the fixed template (R27)."""

    @transition("stage", Stage.PREPARED, Stage.SENT)
    def send_in(self) -> None:
        """It goes to stadsledningskontoret in the förvaltning's batch (R28)."""

    @transition("stage", Stage.SENT, Stage.REGISTERED, conditions=[conditions.has_case])
    def register(self) -> None:
        """The registrar gives it a diary number."""

    # Preparation

    @transition("stage", Stage.REGISTERED, Stage.IN_PREPARATION)
    def accept_scope(self) -> None:
        """The officer finds that the model covers it (R1–R3)."""

    @transition("stage", Stage.REGISTERED, Stage.OUT_OF_SCOPE)
    def exclude_scope(self) -> None:
        """The officer finds that the model does not cover it, with a reason (R4)."""

    @transition("stage", Stage.IN_PREPARATION, Stage.WITH_GROUP, conditions=[conditions.has_area])
    def hand_to_group(self) -> None:
        """Prepared: the area's group takes over (R29, R30)."""

    # Step one: exactly three outcomes (R31)

    @transition("stage", Stage.WITH_GROUP, Stage.ADMITTED)
    def admit(self) -> None:
        """Tas med i områdets prioritering."""

    @transition("stage", Stage.WITH_GROUP, Stage.COMPLETION)
    def request_completion(self) -> None:
        """Behöver kompletteras innan ställningstagande."""

    @transition("stage", Stage.WITH_GROUP, Stage.REJECTED)
    def reject(self) -> None:
        """Avslås."""

    @transition("stage", Stage.COMPLETION, Stage.WITH_GROUP)
    def complete(self) -> None:
        """A completed one returns to step one (R32)."""

    # Step two, the committee, the city-wide proposal

    @transition("stage", Stage.ADMITTED, Stage.RANKED)
    def rank(self) -> None:
        """The group fixes its ordered list (R33)."""

    @transition("stage", Stage.RANKED, Stage.WITH_COMMITTEE, conditions=[conditions.is_eservice])
    def hand_to_committee(self) -> None:
        """An e-service goes by the committee (R42)."""

    @transition("stage", Stage.WITH_COMMITTEE, Stage.COMMITTEE_DONE)
    def give_committee_opinion(self) -> None:
        """The committee has prepared it (R15)."""

    @transition(
        "stage",
        [Stage.RANKED, Stage.COMMITTEE_DONE],
        Stage.CITY_PROPOSAL,
        conditions=[
            conditions.all_groups_done,
            conditions.both_expertises,
            conditions.committee_passed,
        ],
    )
    def merge(self) -> None:
        """Stadsledningskontoret puts it into the city-wide proposal (R34)."""

    @transition("stage", Stage.CITY_PROPOSAL, Stage.RECOMMENDED)
    def recommend(self) -> None:
        """Utvecklingsrådet decides its recommendation (R12, R36)."""

    # The decision and after

    @transition("stage", Stage.RECOMMENDED, Stage.APPROVED)
    def approve(self) -> None:
        """Kommunfullmäktige decided it in the budget or an interim report (R37, R38)."""

    @transition("stage", Stage.RECOMMENDED, Stage.DECLINED)
    def decline(self) -> None:
        """Kommunfullmäktige did not give it room."""

    @transition("stage", Stage.APPROVED, Stage.IMPLEMENTING)
    def start_implementation(self) -> None:
        """The work begins (R40)."""

    @transition("stage", Stage.IMPLEMENTING, Stage.IMPLEMENTED)
    def finish_implementation(self) -> None:
        """The work is done (R40)."""

    @transition("stage", list(WITHDRAWABLE), Stage.WITHDRAWN)
    def withdraw(self) -> None:
        """The originator takes it back."""


class Step(models.Model):
    """One decision on the way: who, by which mandate, when and why. Append-only."""

    process = models.ForeignKey(Process, models.PROTECT, related_name="steps")
    transition = models.CharField(_("beslut"), max_length=40)
    from_stage = models.CharField(_("från"), max_length=20, choices=Stage)
    to_stage = models.CharField(_("till"), max_length=20, choices=Stage)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="steps", verbose_name=_("av")
    )
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="steps", verbose_name=_("organ")
    )
    mandate = models.CharField(_("mandat"), max_length=200)
    decided_on = models.DateField(_("beslutat"))
    at = models.DateTimeField(_("registrerat"))
    reason = models.TextField(_("skäl"), blank=True)
    opinion = models.CharField(_("ställningstagande"), max_length=10, choices=Opinion, blank=True)
    occasion = models.CharField(_("tillfälle"), max_length=10, choices=Occasion, blank=True)
    reference = models.CharField(_("hänvisning"), max_length=200, blank=True)
    amount_tkr = models.PositiveIntegerField(_("belopp"), null=True, blank=True)

    class Meta:
        verbose_name = _("steg")
        verbose_name_plural = _("steg")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.transition} {self.decided_on}"
