# SPDX-License-Identifier: EUPL-1.2
"""An initiative's life, from the idea to what came of it (R30)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from casework.initiatives.models import Initiative
from casework.process import conditions, ways
from casework.process.enums import (
    Stage,
    Standing,
)
from casework.process.machine import Machine

if TYPE_CHECKING:
    from casework.process.models.candidacy import Candidacy
    from casework.process.models.step import Step


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

    @property
    def position_since(self) -> dt.datetime:
        """When it came to where it is."""
        candidacy = self.live_candidacy
        if candidacy is not None and candidacy.stage != Standing.ENTERED:
            return candidacy.entered_at
        return self.entered_at

    def steps(self) -> models.QuerySet[Step]:
        """The steps of the initiative, in the order in which they were taken."""
        return self.initiative.steps.select_related("body", "actor", "decision")

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

    @transition(
        "stage",
        [Stage.WITH_LIAISON, Stage.RETURNED, Stage.PREPARED],
        Stage.JOINED,
        custom=ways.JOIN,
    )
    def join(self) -> None:
        """The contact person finds that another initiative is the same idea (R26)."""

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

    @transition(
        "stage",
        Stage.OUT_OF_SCOPE,
        Stage.IN_PREPARATION,
        conditions=[conditions.not_reconsidered],
        custom=ways.RECONSIDER_SCOPE,
    )
    def reconsider_scope(self) -> None:
        """Somebody else finds, once, that the model covers it after all (R1–R4)."""

    @transition(
        "stage",
        Stage.OUT_OF_SCOPE,
        Stage.OUT_OF_SCOPE,
        conditions=[conditions.not_reconsidered],
        custom=ways.UPHOLD_SCOPE,
    )
    def uphold_scope(self) -> None:
        """Somebody else finds, once, that the decision was right (R4)."""

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
