# SPDX-License-Identifier: EUPL-1.2
"""The specs of a candidacy in a round, in the order of the model."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.planning.enums import Milestone, Occasion
from casework.process.enums import Opinion
from casework.process.specs import Ask, Mandate, TransitionSpec
from casework.process.ways.common import given
from casework.register.enums import Outcome

HAND_TO_GROUP = given(
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
POSTPONE = given(
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
ADMIT = given(
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
REQUEST_COMPLETION = given(
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
REJECT = given(
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
COMPLETE = given(
    TransitionSpec(
        label=_("Återlämna till gruppen"),
        told=_("kompletterades och är åter hos tjänsteområdesgruppen"),
        task=_("Svara på gruppens frågor"),
        mandate=Mandate.LIAISON,
        milestone=Milestone.ASSESSMENT,
        asks=(Ask.ANSWER,),
    )
)
DEFER = given(
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
RANK = given(
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
REOPEN_LIST = given(
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
HAND_TO_COMMITTEE = given(
    TransitionSpec(
        label=_("Lämna till utskottet för e-tjänster"),
        told=_("lämnades till utskottet för e-tjänster"),
        mandate=Mandate.EXECUTIVE_OFFICE,
        milestone=Milestone.PROPOSAL,
        is_list_act=True,
    )
)
COMMITTEE_OPINION = given(
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
MERGE = given(
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
LEAVE_OUT = given(
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
REFER_BACK = given(
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
RECOMMEND = given(
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
APPROVE = given(
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
APPROVE_PART = given(
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
DECLINE = given(
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
DEFER_DECISION = given(
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
