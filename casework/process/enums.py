# SPDX-License-Identifier: EUPL-1.2
"""The stages of an initiative and the words for them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Where an initiative is, from idea to implementation (R25–R42)."""

    DRAFT = "draft", _("Utkast")
    WITH_LIAISON = "with_liaison", _("Hos kontaktpersonen")
    RETURNED = "returned", _("Tillbaka hos förslagsställaren")
    PREPARED = "prepared", _("Förberett")
    SENT = "sent", _("Inskickat till stadsledningskontoret")
    REGISTERED = "registered", _("Diariefört")
    IN_PREPARATION = "in_preparation", _("Under beredning")
    OUT_OF_SCOPE = "out_of_scope", _("Omfattas inte av modellen")
    WITH_GROUP = "with_group", _("Inledande bedömning")
    COMPLETION = "completion", _("Kompletteras")
    REJECTED = "rejected", _("Avslaget")
    ADMITTED = "admitted", _("Med i områdets prioritering")
    RANKED = "ranked", _("Rangordnat i området")
    WITH_COMMITTEE = "with_committee", _("Hos utskottet för e-tjänster")
    COMMITTEE_DONE = "committee_done", _("Berett av utskottet")
    CITY_PROPOSAL = "city_proposal", _("I stadens gemensamma förslag")
    RECOMMENDED = "recommended", _("Behandlat av utvecklingsrådet")
    APPROVED = "approved", _("Beslutat i budgeten")
    DECLINED = "declined", _("Fick inte plats i budgeten")
    IMPLEMENTING = "implementing", _("Genomförs")
    IMPLEMENTED = "implemented", _("Genomfört")
    WITHDRAWN = "withdrawn", _("Återkallat")


FINAL_STAGES = frozenset(
    {Stage.OUT_OF_SCOPE, Stage.REJECTED, Stage.DECLINED, Stage.IMPLEMENTED, Stage.WITHDRAWN}
)

DECIDED_STAGES = (FINAL_STAGES - {Stage.IMPLEMENTED}) | {Stage.APPROVED}
"""Entering one of these is the decision; what follows does not move its day."""

WITHDRAWABLE = (
    Stage.DRAFT,
    Stage.WITH_LIAISON,
    Stage.RETURNED,
    Stage.PREPARED,
    Stage.SENT,
    Stage.REGISTERED,
    Stage.IN_PREPARATION,
    Stage.WITH_GROUP,
    Stage.COMPLETION,
    Stage.ADMITTED,
)
"""Until its area's list is fixed; after that it is part of others' decisions."""


class Occasion(models.TextChoices):
    """Where the city council decides (R37, R38)."""

    BUDGET = "budget", _("Budget")
    T1 = "t1", _("Tertialrapport 1")
    T2 = "t2", _("Tertialrapport 2")


class Opinion(models.TextChoices):
    """What an advising body says."""

    FOR = "for", _("Förordas")
    AGAINST = "against", _("Förordas inte")
