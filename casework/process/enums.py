# SPDX-License-Identifier: EUPL-1.2
"""The stages of the two machines and the words for them.

A code that both machines have (``declined``, ``rejected``, ``withdrawn``) means the same in both,
so that one code tells a reader where an initiative is, whichever machine it came from.
"""

from __future__ import annotations

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Where an initiative is in its life, from idea to implementation (R25–R29, R40)."""

    DRAFT = "draft", _("Utkast")
    WITH_LIAISON = "with_liaison", _("Hos kontaktpersonen")
    RETURNED = "returned", _("Tillbaka hos förslagsställaren")
    PREPARED = "prepared", _("Berett i förvaltningen")
    SENT = "sent", _("Inskickat till stadsledningskontoret")
    REGISTERED = "registered", _("Diariefört")
    IN_PREPARATION = "in_preparation", _("Under beredning")
    OUT_OF_SCOPE = "out_of_scope", _("Omfattas inte av modellen")
    IN_ROUND = "in_round", _("I en omgång")
    REJECTED = "rejected", _("Avslaget")
    DECLINED = "declined", _("Fick inte medel")
    APPROVED = "approved", _("Beslutat av kommunfullmäktige")
    IMPLEMENTING = "implementing", _("Genomförs")
    IMPLEMENTED = "implemented", _("Genomfört")
    WITHDRAWN = "withdrawn", _("Återkallat")
    JOINED = "joined", _("Sammanfört med ett annat")


class Standing(models.TextChoices):
    """Where an initiative stands in one round, from the group to the decision (R30–R38)."""

    ENTERED = "entered", _("Bereds inför omgången")
    WITH_GROUP = "with_group", _("Inledande bedömning")
    COMPLETION = "completion", _("Kompletteras")
    ADMITTED = "admitted", _("Med i områdets prioritering")
    RANKED = "ranked", _("Rangordnat i området")
    WITH_COMMITTEE = "with_committee", _("Hos utskottet för e-tjänster")
    COMMITTEE_DONE = "committee_done", _("Berett av utskottet")
    IN_PROPOSAL = "in_proposal", _("I stadens gemensamma förslag")
    RECOMMENDED = "recommended", _("Behandlat av utvecklingsrådet")
    FUNDED = "funded", _("Beviljat medel")
    PARTLY_FUNDED = "partly_funded", _("Beviljat en del av medlen")
    DECLINED = "declined", _("Fick inte medel")
    REJECTED = "rejected", _("Avslaget")
    DEFERRED = "deferred", _("Uppskjutet till en senare omgång")
    WITHDRAWN = "withdrawn", _("Återkallat")


FINAL_STAGES = frozenset(
    {
        Stage.OUT_OF_SCOPE,
        Stage.REJECTED,
        Stage.DECLINED,
        Stage.IMPLEMENTED,
        Stage.WITHDRAWN,
        Stage.JOINED,
    }
)
"""Ends of an initiative's life."""

ENDED_STANDINGS = frozenset(
    {
        Standing.FUNDED,
        Standing.PARTLY_FUNDED,
        Standing.DECLINED,
        Standing.REJECTED,
        Standing.DEFERRED,
        Standing.WITHDRAWN,
    }
)
"""Ends of a candidacy; of the initiative only some of them."""

LIVE_STANDINGS = frozenset(set(Standing) - ENDED_STANDINGS)

WITH_ORIGINATOR = frozenset({Stage.DRAFT, Stage.RETURNED})
WITH_FORVALTNING = frozenset({Stage.WITH_LIAISON, Stage.PREPARED})
WAITING_FOR_ROUND = frozenset({Stage.REGISTERED, Stage.IN_PREPARATION})
"""Stages in which an initiative without a round is picked up by the next that opens."""

FUNDED_STAGES = frozenset({Stage.APPROVED, Stage.IMPLEMENTING})
"""Stages in which a supplement can be asked for in a later round (R38)."""

GROUP_WORK = frozenset({Standing.WITH_GROUP, Standing.COMPLETION})
"""Step one is not done (R31, R32)."""


class Opinion(models.TextChoices):
    """What an advising body says."""

    FOR = "for", _("Förordas")
    AGAINST = "against", _("Förordas inte")


class Light(models.TextChoices):
    """How the carrying out goes, as its report says (R40)."""

    GREEN = "green", _("Grönt: enligt plan")
    YELLOW = "yellow", _("Gult: avviker, men vi klarar det")
    RED = "red", _("Rött: når inte målet utan beslut")


STAGE_WORDS: dict[str, str | Promise] = {
    **{str(code): label for code, label in Stage.choices},
    **{str(code): label for code, label in Standing.choices},
}


def stage_words(code: str) -> str:
    """The words for a stage of either machine; the code itself when it is nobody's."""
    return str(STAGE_WORDS.get(code, code))
