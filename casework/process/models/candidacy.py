# SPDX-License-Identifier: EUPL-1.2
"""An initiative in one round: from the group to the decision (R31–R38)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from casework.initiatives.models import Initiative
from casework.planning.models import Round
from casework.process import conditions, ways
from casework.process.enums import (
    ENDED_STANDINGS,
    LIVE_STANDINGS,
    Standing,
)
from casework.process.machine import Machine


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
        return any(step.transition == "give_committee_opinion" for step in self.steps.all())

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
