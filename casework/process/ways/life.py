# SPDX-License-Identifier: EUPL-1.2
"""The specs of an initiative's life, in the order of the model."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.planning.enums import Milestone
from casework.process.specs import Ask, Mandate, TransitionSpec
from casework.process.ways.common import given
from casework.register.enums import Outcome

SUBMIT = given(
    TransitionSpec(
        label=_("Skicka till kontaktpersonen"),
        told=_("skickades till kontaktpersonen"),
        task=_("Gör klart och skicka"),
        mandate=Mandate.AUTHOR,
        milestone=Milestone.IDEA,
    )
)
RETURN = given(
    TransitionSpec(
        label=_("Skicka tillbaka"),
        told=_("skickades tillbaka för att kompletteras"),
        mandate=Mandate.LIAISON,
        milestone=Milestone.LIAISON,
        asks=(Ask.REASON,),
        is_negative=True,
    )
)
PREPARE = given(
    TransitionSpec(
        label=_("Beredningen är klar"),
        told=_("bereddes i förvaltningen av kontaktpersonen"),
        task=_("Bered i förvaltningen"),
        mandate=Mandate.LIAISON,
        milestone=Milestone.LIAISON,
    )
)
UNPREPARE = given(
    TransitionSpec(
        label=_("Fortsätt bereda"),
        told=_("bereds åter i förvaltningen"),
        mandate=Mandate.LIAISON,
        milestone=Milestone.LIAISON,
        is_negative=True,
    )
)
JOIN = given(
    TransitionSpec(
        label=_("Sammanför med ett annat"),
        told=_("sammanfördes med ett annat initiativ"),
        mandate=Mandate.LIAISON,
        milestone=Milestone.LIAISON,
        asks=(Ask.REASON,),
        is_negative=True,
    )
)
SEND = given(
    TransitionSpec(
        label=_("Skicka till stadsledningskontoret"),
        told=_("skickades till stadsledningskontoret"),
        mandate=Mandate.LIAISON,
        milestone=Milestone.LIAISON,
    )
)
SEND_BACK = given(
    TransitionSpec(
        label=_("Lämna tillbaka till kontaktpersonen"),
        told=_("lämnades tillbaka till kontaktpersonen"),
        mandate=Mandate.REGISTRAR,
        milestone=Milestone.REGISTRATION,
        asks=(Ask.REASON,),
        is_negative=True,
    )
)
REGISTER = given(
    TransitionSpec(
        label=_("Registrera"),
        told=_("diariefördes"),
        mandate=Mandate.REGISTRAR,
        milestone=Milestone.REGISTRATION,
        is_public=True,
    )
)
ACCEPT_SCOPE = given(
    TransitionSpec(
        label=_("Omfattas av modellen"),
        told=_("bedömdes omfattas av utvecklingsmodellen"),
        task=_("Bedöm om modellen omfattar det"),
        mandate=Mandate.OFFICER,
        milestone=Milestone.PREPARATION,
        asks=(Ask.GROUND, Ask.REASON_IF_ANY),
        is_public=True,
    )
)
EXCLUDE_SCOPE = given(
    TransitionSpec(
        label=_("Omfattas inte"),
        told=_("bedömdes inte omfattas av utvecklingsmodellen"),
        mandate=Mandate.OFFICER,
        milestone=Milestone.PREPARATION,
        asks=(Ask.GROUND, Ask.REASON),
        outcome=Outcome.OUT_OF_SCOPE,
        carries="fall_away",
        is_negative=True,
        is_public=True,
    )
)
RECONSIDER_SCOPE = given(
    TransitionSpec(
        label=_("Ompröva: omfattas av modellen"),
        told=_("omprövades och omfattas av utvecklingsmodellen"),
        task=_("Ompröva om modellen omfattar det"),
        mandate=Mandate.EXECUTIVE_OFFICE,
        milestone=Milestone.PREPARATION,
        asks=(Ask.GROUND, Ask.REASON),
        is_public=True,
    )
)
UPHOLD_SCOPE = given(
    TransitionSpec(
        label=_("Ompröva: beslutet står fast"),
        told=_("omprövades; det omfattas inte av utvecklingsmodellen"),
        mandate=Mandate.EXECUTIVE_OFFICE,
        milestone=Milestone.PREPARATION,
        asks=(Ask.REASON,),
        is_negative=True,
        is_public=True,
    )
)
START = given(
    TransitionSpec(
        label=_("Genomförandet har börjat"),
        told=_("började genomföras"),
        task=_("Sätt i gång genomförandet"),
        mandate=Mandate.OFFICER,
        milestone=Milestone.IMPLEMENTATION,
        asks=(Ask.REASON_IF_ANY,),
        is_public=True,
    )
)
FINISH = given(
    TransitionSpec(
        label=_("Genomförandet är klart"),
        told=_("är genomfört"),
        task=_("Slutför genomförandet"),
        mandate=Mandate.OFFICER,
        milestone=Milestone.IMPLEMENTATION,
        asks=(Ask.REASON_IF_ANY,),
        outcome=Outcome.IMPLEMENTED,
        is_public=True,
    )
)
WITHDRAW = given(
    TransitionSpec(
        label=_("Återkalla initiativet"),
        told=_("återkallades"),
        mandate=Mandate.ORIGINATOR,
        milestone=Milestone.IDEA,
        asks=(Ask.REASON,),
        outcome=Outcome.WITHDRAWN,
        carries="be_withdrawn",
        is_negative=True,
        is_public=True,
    )
)
