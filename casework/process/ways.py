# SPDX-License-Identifier: EUPL-1.2
"""The specs of all transitions, in the order of the model; see :mod:`casework.process.specs`.

Each is given to ``@transition(custom=…)`` in :mod:`casework.process.models`.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.planning.enums import Milestone, Occasion
from casework.process.enums import Opinion
from casework.process.specs import Ask, Custom, Mandate, TransitionSpec
from casework.register.enums import Outcome

CARRIED: Custom = {"spec": None}
"""For transitions that nobody takes by themselves: they follow from the other machine's."""


def _is(spec: TransitionSpec) -> Custom:
    return {"spec": spec}


# The life

SUBMIT = _is(
    TransitionSpec(
        label=_("Skicka till kontaktpersonen"),
        told=_("skickades till kontaktpersonen"),
        task=_("Gör klart och skicka"),
        mandate=Mandate.AUTHOR,
        milestone=Milestone.IDEA,
    )
)
RETURN = _is(
    TransitionSpec(
        label=_("Skicka tillbaka"),
        told=_("skickades tillbaka för att kompletteras"),
        mandate=Mandate.LIAISON,
        milestone=Milestone.LIAISON,
        asks=(Ask.REASON,),
        is_negative=True,
    )
)
PREPARE = _is(
    TransitionSpec(
        label=_("Beredningen är klar"),
        told=_("bereddes i förvaltningen av kontaktpersonen"),
        task=_("Bered i förvaltningen"),
        mandate=Mandate.LIAISON,
        milestone=Milestone.LIAISON,
    )
)
UNPREPARE = _is(
    TransitionSpec(
        label=_("Fortsätt bereda"),
        told=_("bereds åter i förvaltningen"),
        mandate=Mandate.LIAISON,
        milestone=Milestone.LIAISON,
        is_negative=True,
    )
)
SEND = _is(
    TransitionSpec(
        label=_("Skicka till stadsledningskontoret"),
        told=_("skickades till stadsledningskontoret"),
        mandate=Mandate.LIAISON,
        milestone=Milestone.LIAISON,
    )
)
SEND_BACK = _is(
    TransitionSpec(
        label=_("Lämna tillbaka till kontaktpersonen"),
        told=_("lämnades tillbaka till kontaktpersonen"),
        mandate=Mandate.REGISTRAR,
        milestone=Milestone.REGISTRATION,
        asks=(Ask.REASON,),
        is_negative=True,
    )
)
REGISTER = _is(
    TransitionSpec(
        label=_("Registrera"),
        told=_("diariefördes"),
        mandate=Mandate.REGISTRAR,
        milestone=Milestone.REGISTRATION,
        is_public=True,
    )
)
ACCEPT_SCOPE = _is(
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
EXCLUDE_SCOPE = _is(
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
RECONSIDER_SCOPE = _is(
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
UPHOLD_SCOPE = _is(
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
START = _is(
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
FINISH = _is(
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
WITHDRAW = _is(
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

# The candidacy

HAND_TO_GROUP = _is(
    TransitionSpec(
        label=_("Lämna till tjänsteområdesgruppen"),
        told=_("lämnades till tjänsteområdesgruppen"),
        task=_("Bered och lämna till gruppen"),
        mandate=Mandate.OFFICER,
        milestone=Milestone.PREPARATION,
        carries="enter_round",
        is_public=True,
    )
)
POSTPONE = _is(
    TransitionSpec(
        label=_("Skjut upp till en senare omgång"),
        told=_("sköts upp till en senare omgång"),
        mandate=Mandate.OFFICER,
        milestone=Milestone.PREPARATION,
        asks=(Ask.REASON, Ask.TARGET),
        is_negative=True,
        is_public=True,
    )
)
ADMIT = _is(
    TransitionSpec(
        label=_("Ta med i områdets prioritering"),
        told=_("togs med i områdets prioritering"),
        task=_("Gör den inledande bedömningen"),
        mandate=Mandate.GROUP,
        milestone=Milestone.ASSESSMENT,
        asks=(Ask.ACT, Ask.REASON_IF_ANY),
        is_public=True,
    )
)
REQUEST_COMPLETION = _is(
    TransitionSpec(
        label=_("Begär komplettering"),
        told=_("behöver kompletteras innan gruppen tar ställning"),
        mandate=Mandate.GROUP,
        milestone=Milestone.ASSESSMENT,
        asks=(Ask.ACT, Ask.QUESTIONS, Ask.DUE),
        is_negative=True,
        is_public=True,
    )
)
REJECT = _is(
    TransitionSpec(
        label=_("Avslå"),
        told=_("avslogs av tjänsteområdesgruppen"),
        mandate=Mandate.GROUP,
        milestone=Milestone.ASSESSMENT,
        asks=(Ask.ACT, Ask.REASON),
        outcome=Outcome.REJECTED,
        carries="be_rejected",
        is_negative=True,
        is_public=True,
    )
)
COMPLETE = _is(
    TransitionSpec(
        label=_("Återlämna till gruppen"),
        told=_("kompletterades och är åter hos tjänsteområdesgruppen"),
        task=_("Svara på gruppens frågor"),
        mandate=Mandate.LIAISON,
        milestone=Milestone.ASSESSMENT,
        asks=(Ask.REASON,),
    )
)
DEFER = _is(
    TransitionSpec(
        label=_("Skjut upp till en senare omgång"),
        told=_("sköts upp till en senare omgång"),
        mandate=Mandate.GROUP,
        milestone=Milestone.ASSESSMENT,
        asks=(Ask.ACT, Ask.REASON, Ask.TARGET),
        carries="leave_round",
        is_negative=True,
        is_public=True,
    )
)
RANK = _is(
    TransitionSpec(
        label=_("Fastställ rangordningen"),
        told=_("fick sin plats i områdets rangordning"),
        task=_("Rangordna i området"),
        mandate=Mandate.GROUP,
        milestone=Milestone.RANKING,
        asks=(Ask.ACT,),
        is_public=True,
        is_list_act=True,
    )
)
REOPEN_LIST = _is(
    TransitionSpec(
        label=_("Öppna listan igen"),
        told=_("rangordnas på nytt, för listan öppnades igen"),
        mandate=Mandate.GROUP_CHAIR,
        milestone=Milestone.PROPOSAL,
        asks=(Ask.REASON,),
        is_negative=True,
        is_list_act=True,
    )
)
HAND_TO_COMMITTEE = _is(
    TransitionSpec(
        label=_("Lämna till utskottet för e-tjänster"),
        told=_("lämnades till utskottet för e-tjänster"),
        mandate=Mandate.EXECUTIVE_OFFICE,
        milestone=Milestone.PROPOSAL,
        is_list_act=True,
    )
)
COMMITTEE_OPINION = _is(
    TransitionSpec(
        label=_("Lämna utskottets ställningstagande"),
        told=_("bereddes av utskottet för e-tjänster"),
        told_by={
            Opinion.FOR: _("förordades av utskottet för e-tjänster"),
            Opinion.AGAINST: _("förordades inte av utskottet för e-tjänster"),
        },
        task=_("Ta ställning i utskottet"),
        mandate=Mandate.COMMITTEE,
        milestone=Milestone.COMMITTEE,
        asks=(Ask.ACT, Ask.OPINION, Ask.REASON),
        is_public=True,
    )
)
MERGE = _is(
    TransitionSpec(
        label=_("Ta in i stadens gemensamma förslag"),
        told=_("togs in i stadens gemensamma förslag"),
        task=_("Ta in i stadens förslag"),
        mandate=Mandate.EXECUTIVE_OFFICE,
        milestone=Milestone.PROPOSAL,
        is_public=True,
        is_list_act=True,
    )
)
LEAVE_OUT = _is(
    TransitionSpec(
        label=_("Skjut upp till en senare omgång"),
        told=_("sköts upp till en senare omgång"),
        mandate=Mandate.EXECUTIVE_OFFICE,
        milestone=Milestone.PROPOSAL,
        asks=(Ask.REASON, Ask.TARGET),
        carries="leave_round",
        is_negative=True,
        is_public=True,
    )
)
REFER_BACK = _is(
    TransitionSpec(
        label=_("Återremittera till stadsledningskontoret"),
        told=_("återremitterades till stadsledningskontoret"),
        mandate=Mandate.COUNCIL,
        milestone=Milestone.RECOMMENDATION,
        asks=(Ask.ACT, Ask.REASON),
        is_negative=True,
        is_public=True,
        is_list_act=True,
    )
)
RECOMMEND = _is(
    TransitionSpec(
        label=_("Fastställ rekommendationen"),
        told=_("behandlades av utvecklingsrådet"),
        told_by={
            Opinion.FOR: _("förordades av utvecklingsrådet"),
            Opinion.AGAINST: _("förordades inte av utvecklingsrådet"),
        },
        task=_("Ta ställning i utvecklingsrådet"),
        mandate=Mandate.COUNCIL,
        milestone=Milestone.RECOMMENDATION,
        asks=(Ask.ACT, Ask.OPINION, Ask.REASON),
        is_public=True,
        is_list_act=True,
    )
)
APPROVE = _is(
    TransitionSpec(
        label=_("Anteckna bifall"),
        told=_("beviljades medel av kommunfullmäktige"),
        told_by={
            Occasion.BUDGET: _("beviljades medel i budgeten"),
            Occasion.T1: _("beviljades medel i tertialrapport 1"),
            Occasion.T2: _("beviljades medel i tertialrapport 2"),
        },
        task=_("Anteckna fullmäktiges beslut"),
        mandate=Mandate.CITY_COUNCIL,
        milestone=Milestone.DECISION,
        asks=(Ask.ACT, Ask.REFERENCE, Ask.AMOUNT, Ask.REASON_IF_ANY),
        outcome=Outcome.APPROVED,
        carries="be_approved",
        is_public=True,
        is_list_act=True,
    )
)
APPROVE_PART = _is(
    TransitionSpec(
        label=_("Anteckna bifall till en del"),
        told=_("beviljades en del av medlen av kommunfullmäktige"),
        told_by={
            Occasion.BUDGET: _("beviljades en del av medlen i budgeten"),
            Occasion.T1: _("beviljades en del av medlen i tertialrapport 1"),
            Occasion.T2: _("beviljades en del av medlen i tertialrapport 2"),
        },
        mandate=Mandate.CITY_COUNCIL,
        milestone=Milestone.DECISION,
        asks=(Ask.ACT, Ask.REFERENCE, Ask.AMOUNT, Ask.REASON),
        outcome=Outcome.APPROVED_IN_PART,
        carries="be_approved",
        is_public=True,
        is_list_act=True,
    )
)
DECLINE = _is(
    TransitionSpec(
        label=_("Anteckna att det inte fick medel"),
        told=_("fick inte medel av kommunfullmäktige"),
        told_by={
            Occasion.BUDGET: _("fick inte medel i budgeten"),
            Occasion.T1: _("fick inte medel i tertialrapport 1"),
            Occasion.T2: _("fick inte medel i tertialrapport 2"),
        },
        mandate=Mandate.CITY_COUNCIL,
        milestone=Milestone.DECISION,
        asks=(Ask.ACT, Ask.REFERENCE, Ask.REASON),
        outcome=Outcome.DECLINED,
        outcome_by={Occasion.T1: Outcome.DECLINED_T1, Occasion.T2: Outcome.DECLINED_T2},
        carries="be_declined",
        is_negative=True,
        is_public=True,
        is_list_act=True,
    )
)
DEFER_DECISION = _is(
    TransitionSpec(
        label=_("Anteckna att det skjuts upp"),
        told=_("sköts upp till en senare omgång av kommunfullmäktige"),
        mandate=Mandate.CITY_COUNCIL,
        milestone=Milestone.DECISION,
        asks=(Ask.ACT, Ask.REFERENCE, Ask.REASON, Ask.TARGET),
        carries="leave_round",
        is_negative=True,
        is_public=True,
        is_list_act=True,
    )
)
