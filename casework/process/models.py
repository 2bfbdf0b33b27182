# SPDX-License-Identifier: EUPL-1.2
"""The two state machines: an initiative's life, and its candidacy in one round.

Read this file to know every stage and every way between them; :mod:`casework.process.mandates`
says who may take them and :mod:`casework.process.services` is how. Nothing else writes a stage.
Every transition is a named person's decision, none is automatic (KL 6:38); a transition of the
life that a candidacy *carries* along is a consequence of that decision and stands in its step.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from casework.initiatives.models import Initiative
from casework.meetings.models import Decision
from casework.organisation.models import Body
from casework.planning.enums import Occasion
from casework.planning.models import Round
from casework.process import conditions, ways
from casework.process.enums import (
    ENDED_STANDINGS,
    LIVE_STANDINGS,
    Opinion,
    Stage,
    Standing,
)
from casework.process.machine import Machine, MachineQuerySet

__all__ = ["Candidacy", "MachineQuerySet", "Process", "Step"]


class Process(Machine):
    """The life of one initiative. The methods are the transitions; see the module's docstring."""

    initiative = models.OneToOneField(Initiative, models.PROTECT, related_name="process")
    stage = FSMField(_("läge"), choices=Stage, default=Stage.DRAFT, protected=True)
    candidacy = models.ForeignKey(
        "Candidacy",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("senaste omgång"),
    )

    class Meta:
        verbose_name = _("initiativets läge")
        verbose_name_plural = _("initiativens lägen")
        ordering = ["-entered_at"]
        indexes = [models.Index(fields=["stage", "entered_at"], name="process_stage")]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="stage_known")
        ]

    def __str__(self) -> str:
        return f"{self.initiative}: {self.get_stage_display()}"

    @property
    def live_candidacy(self) -> Candidacy | None:
        """The round in which it stands now, if it stands in one."""
        candidacy = self.candidacy
        return candidacy if candidacy is not None and candidacy.is_live else None

    @property
    def position(self) -> str:
        """The code of where it is: the candidacy's stage while it stands in a round."""
        candidacy = self.live_candidacy
        if candidacy is not None and candidacy.stage != Standing.ENTERED:
            return str(candidacy.stage)
        return str(self.stage)

    def steps(self) -> models.QuerySet[Step]:
        """The steps of the initiative, in the order in which they were taken."""
        return Step.objects.filter(initiative=self.initiative_id).select_related(
            "body", "actor", "decision"
        )

    # From idea to diary number

    @transition("stage", [Stage.DRAFT, Stage.RETURNED], Stage.WITH_LIAISON, custom=ways.SUBMIT)
    def submit(self) -> None:
        """The originator sends it to the förvaltning's contact person (R21, R26)."""

    @transition("stage", [Stage.WITH_LIAISON, Stage.PREPARED], Stage.RETURNED, custom=ways.RETURN)
    def return_to_originator(self) -> None:
        """The contact person asks the originator for more, with a reason (R27)."""

    @transition("stage", Stage.WITH_LIAISON, Stage.PREPARED, custom=ways.PREPARE)
    def complete_preparation(self) -> None:
        """The contact person has prepared it on the fixed template (R27)."""

    @transition("stage", Stage.PREPARED, Stage.WITH_LIAISON, custom=ways.UNPREPARE)
    def reopen_preparation(self) -> None:
        """The contact person finds that more is to be done."""

    @transition("stage", Stage.PREPARED, Stage.SENT, custom=ways.SEND)
    def send_in(self) -> None:
        """It goes to stadsledningskontoret in the förvaltning's batch (R28)."""

    @transition("stage", Stage.SENT, Stage.PREPARED, custom=ways.SEND_BACK)
    def send_back(self) -> None:
        """The registrar gives it back to the contact person, unregistered, with a reason."""

    @transition(
        "stage",
        Stage.SENT,
        Stage.REGISTERED,
        conditions=[conditions.has_case],
        custom=ways.REGISTER,
    )
    def register(self) -> None:
        """The registrar gives it a diary number."""

    # Preparation

    @transition("stage", Stage.REGISTERED, Stage.IN_PREPARATION, custom=ways.ACCEPT_SCOPE)
    def accept_scope(self) -> None:
        """The officer finds that the model covers it (R1–R3)."""

    @transition(
        "stage",
        [Stage.REGISTERED, Stage.IN_PREPARATION],
        Stage.OUT_OF_SCOPE,
        custom=ways.EXCLUDE_SCOPE,
    )
    def exclude_scope(self) -> None:
        """The officer finds that the model does not cover it, with a reason (R4)."""

    # Carried along by its candidacies

    @transition("stage", Stage.IN_PREPARATION, Stage.IN_ROUND, custom=ways.CARRIED)
    def enter_round(self) -> None:
        """The group has taken over (R30)."""

    @transition("stage", Stage.IN_ROUND, Stage.IN_PREPARATION, custom=ways.CARRIED)
    def leave_round(self) -> None:
        """Deferred: it is prepared again for a later round."""

    @transition("stage", Stage.IN_ROUND, Stage.REJECTED, custom=ways.CARRIED)
    def be_rejected(self) -> None:
        """The group rejected it (R31)."""

    @transition("stage", Stage.IN_ROUND, Stage.APPROVED, custom=ways.CARRIED)
    def be_approved(self) -> None:
        """Kommunfullmäktige gave it money, all or a part (R37, R38)."""

    @transition("stage", Stage.IN_ROUND, Stage.DECLINED, custom=ways.CARRIED)
    def be_declined(self) -> None:
        """Kommunfullmäktige gave it no money."""

    # After the decision, and the way out

    @transition("stage", Stage.APPROVED, Stage.IMPLEMENTING, custom=ways.START)
    def start_implementation(self) -> None:
        """The work begins (R40)."""

    @transition("stage", Stage.IMPLEMENTING, Stage.IMPLEMENTED, custom=ways.FINISH)
    def finish_implementation(self) -> None:
        """The work is done (R40)."""

    @transition(
        "stage",
        [
            Stage.DRAFT,
            Stage.WITH_LIAISON,
            Stage.RETURNED,
            Stage.PREPARED,
            Stage.SENT,
            Stage.REGISTERED,
            Stage.IN_PREPARATION,
            Stage.IN_ROUND,
        ],
        Stage.WITHDRAWN,
        conditions=[conditions.not_in_others_lists],
        custom=ways.WITHDRAW,
    )
    def withdraw(self) -> None:
        """The originator takes it back, until it is part of others' decisions."""


class Candidacy(Machine):
    """An initiative in one round: from the group to the decision. It is told, never rewritten.

    A deferred one is followed by another in a later round, which names it as its predecessor.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="candidacies")
    round = models.ForeignKey(
        Round, models.PROTECT, related_name="candidacies", verbose_name=_("omgång")
    )
    stage = FSMField(_("läge"), choices=Standing, default=Standing.ENTERED, protected=True)
    predecessor = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successor",
        verbose_name=_("uppskjutet från"),
    )
    target = models.ForeignKey(
        Round,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("uppskjutet till"),
    )
    questions = models.TextField(_("gruppens frågor"), blank=True)
    due = models.DateField(_("svar senast"), null=True, blank=True)
    admitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("initiativ i en omgång")
        verbose_name_plural = _("initiativ i en omgång")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["round", "stage"], name="candidacy_stage")]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative"],
                condition=Q(stage__in=sorted(LIVE_STANDINGS)),
                name="candidacy_one_live",
            ),
            models.CheckConstraint(condition=Q(stage__in=Standing.values), name="standing_known"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative}, {self.round}"

    @property
    def is_live(self) -> bool:
        """Whether it is still on its way."""
        return self.stage not in ENDED_STANDINGS

    @property
    def has_committee_opinion(self) -> bool:
        """Whether the committee has given its opinion in this round (R42)."""
        return self.steps.filter(transition="give_committee_opinion").exists()

    # To the group, and step one: exactly three outcomes (R31), or a later round

    @transition(
        "stage",
        Standing.ENTERED,
        Standing.WITH_GROUP,
        conditions=[
            conditions.scope_accepted,
            conditions.has_area,
            conditions.area_takes_part,
            conditions.consulted,
        ],
        custom=ways.HAND_TO_GROUP,
    )
    def hand_to_group(self) -> None:
        """Prepared: the area's group takes over (R29, R30)."""

    @transition("stage", Standing.ENTERED, Standing.DEFERRED, custom=ways.POSTPONE)
    def postpone(self) -> None:
        """The officer lets it wait for a later round."""

    @transition(
        "stage",
        Standing.WITH_GROUP,
        Standing.ADMITTED,
        conditions=[conditions.list_is_open],
        custom=ways.ADMIT,
    )
    def admit(self) -> None:
        """Tas med i områdets prioritering."""

    @transition("stage", Standing.WITH_GROUP, Standing.COMPLETION, custom=ways.REQUEST_COMPLETION)
    def request_completion(self) -> None:
        """Behöver kompletteras innan ställningstagande."""

    @transition("stage", Standing.WITH_GROUP, Standing.REJECTED, custom=ways.REJECT)
    def reject(self) -> None:
        """Avslås."""

    @transition("stage", Standing.COMPLETION, Standing.WITH_GROUP, custom=ways.COMPLETE)
    def complete(self) -> None:
        """The contact person has answered; it returns to step one (R32)."""

    @transition(
        "stage",
        [Standing.WITH_GROUP, Standing.COMPLETION, Standing.ADMITTED],
        Standing.DEFERRED,
        custom=ways.DEFER,
    )
    def defer(self) -> None:
        """The group lets it wait for a later round, with its history."""

    # Step two, the committee, the city-wide proposal

    @transition("stage", Standing.ADMITTED, Standing.RANKED, custom=ways.RANK)
    def rank(self) -> None:
        """The group fixes its ordered list (R33)."""

    @transition(
        "stage",
        [Standing.RANKED, Standing.WITH_COMMITTEE, Standing.COMMITTEE_DONE],
        Standing.ADMITTED,
        conditions=[conditions.not_handed_over],
        custom=ways.REOPEN_LIST,
    )
    def reopen_list(self) -> None:
        """The chair opens the fixed list again, with a reason."""

    @transition(
        "stage",
        Standing.RANKED,
        Standing.WITH_COMMITTEE,
        conditions=[conditions.is_eservice],
        custom=ways.HAND_TO_COMMITTEE,
    )
    def hand_to_committee(self) -> None:
        """An e-service goes by the committee (R42)."""

    @transition(
        "stage",
        Standing.WITH_COMMITTEE,
        Standing.COMMITTEE_DONE,
        custom=ways.COMMITTEE_OPINION,
    )
    def give_committee_opinion(self) -> None:
        """The committee has prepared it (R15)."""

    @transition(
        "stage",
        [Standing.RANKED, Standing.COMMITTEE_DONE],
        Standing.IN_PROPOSAL,
        conditions=[
            conditions.all_groups_done,
            conditions.both_expertises,
            conditions.committee_passed,
        ],
        custom=ways.MERGE,
    )
    def merge(self) -> None:
        """Stadsledningskontoret puts it into the city-wide proposal (R34)."""

    @transition(
        "stage",
        [Standing.RANKED, Standing.WITH_COMMITTEE, Standing.COMMITTEE_DONE],
        Standing.DEFERRED,
        custom=ways.LEAVE_OUT,
    )
    def leave_out(self) -> None:
        """Stadsledningskontoret leaves it out of this round's proposal, with a reason."""

    @transition("stage", Standing.IN_PROPOSAL, Standing.RANKED, custom=ways.REFER_BACK)
    def refer_back(self) -> None:
        """Utvecklingsrådet sends the proposal back (återremiss)."""

    @transition("stage", Standing.IN_PROPOSAL, Standing.RECOMMENDED, custom=ways.RECOMMEND)
    def recommend(self) -> None:
        """Utvecklingsrådet decides its recommendation (R12, R36)."""

    # The decision (R37, R38)

    @transition("stage", Standing.RECOMMENDED, Standing.FUNDED, custom=ways.APPROVE)
    def approve(self) -> None:
        """Kommunfullmäktige gave it money."""

    @transition("stage", Standing.RECOMMENDED, Standing.PARTLY_FUNDED, custom=ways.APPROVE_PART)
    def approve_in_part(self) -> None:
        """Kommunfullmäktige gave it a part of the money."""

    @transition("stage", Standing.RECOMMENDED, Standing.DECLINED, custom=ways.DECLINE)
    def decline(self) -> None:
        """Kommunfullmäktige gave it no money."""

    @transition("stage", Standing.RECOMMENDED, Standing.DEFERRED, custom=ways.DEFER_DECISION)
    def defer_decision(self) -> None:
        """Kommunfullmäktige lets it wait for a later round."""

    @transition(
        "stage",
        [Standing.ENTERED, Standing.WITH_GROUP, Standing.COMPLETION, Standing.ADMITTED],
        Standing.WITHDRAWN,
        custom=ways.CARRIED,
    )
    def be_withdrawn(self) -> None:
        """Carried along when the originator takes the initiative back."""

    @transition("stage", Standing.ENTERED, Standing.WITHDRAWN, custom=ways.CARRIED)
    def fall_away(self) -> None:
        """Carried along when the initiative is found out of scope."""


class Step(models.Model):
    """One decision on the way: who, by which mandate, when and why. Append-only.

    ``transition``, ``from_stage`` and ``to_stage`` are of the machine that was moved: the
    candidacy when there is one, else the life; ``life_to`` says where that left the life.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="steps")
    candidacy = models.ForeignKey(
        Candidacy, models.PROTECT, null=True, blank=True, related_name="steps"
    )
    transition = models.CharField(_("beslut"), max_length=40)
    from_stage = models.CharField(_("från"), max_length=20)
    to_stage = models.CharField(_("till"), max_length=20)
    life_to = models.CharField(max_length=20, choices=Stage)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="steps", verbose_name=_("av")
    )
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="steps", verbose_name=_("organ")
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="steps"
    )
    mandate = models.CharField(_("mandat"), max_length=200)
    decided_on = models.DateField(_("beslutat"))
    at = models.DateTimeField(_("registrerat"))
    reason = models.TextField(_("skäl"), blank=True)
    opinion = models.CharField(_("ställningstagande"), max_length=10, choices=Opinion, blank=True)
    occasion = models.CharField(_("tillfälle"), max_length=10, choices=Occasion, blank=True)
    budget_year = models.PositiveSmallIntegerField(_("budgetår"), null=True, blank=True)
    reference = models.CharField(_("hänvisning"), max_length=200, blank=True)
    amount_tkr = models.PositiveIntegerField(_("belopp"), null=True, blank=True)

    class Meta:
        verbose_name = _("steg")
        verbose_name_plural = _("steg")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.transition} {self.decided_on}"
