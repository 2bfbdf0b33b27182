# SPDX-License-Identifier: EUPL-1.2
"""The transitions in words: what people press, what is told afterwards, and what must be said.

The state machine itself is :class:`casework.process.models.Process`; a test holds the two equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.process.enums import Stage
from casework.register.enums import Outcome


class Mandate(StrEnum):
    """Who may decide, by their relation to the initiative; see :mod:`casework.process.mandates`."""

    ORIGINATOR = "originator"
    LIAISON = "liaison"
    REGISTRAR = "registrar"
    OFFICER = "officer"
    GROUP = "group"
    COMMITTEE = "committee"
    EXECUTIVE_OFFICE = "executive_office"
    COUNCIL = "council"
    RECORDER = "recorder"


@dataclass(frozen=True, slots=True)
class Transition:
    """A transition's words and rules.

    Attributes:
        label: the verb on the button.
        told: the sentence in event lists and notices; it follows on "Initiativet".
        mandate: who may decide it.
        needs_reason: whether a reason must be written.
        is_negative: whether it ends or sends back the initiative.
        is_public: whether the public case page tells it.
    """

    name: str
    label: Promise
    told: Promise
    mandate: Mandate
    needs_reason: bool = False
    is_negative: bool = False
    is_public: bool = False


_ALL = (
    Transition("submit", _("Skicka till kontaktpersonen"),
               _("skickades till kontaktpersonen"), Mandate.ORIGINATOR),
    Transition("return_to_originator", _("Skicka tillbaka"),
               _("skickades tillbaka för att kompletteras"), Mandate.LIAISON,
               needs_reason=True, is_negative=True),
    Transition("complete_preparation", _("Markera som förberett"),
               _("förbereddes av kontaktpersonen"), Mandate.LIAISON),
    Transition("send_in", _("Skicka till stadsledningskontoret"),
               _("skickades till stadsledningskontoret"), Mandate.LIAISON),
    Transition("register", _("Registrera"), _("diariefördes"), Mandate.REGISTRAR, is_public=True),
    Transition("accept_scope", _("Omfattas av modellen"),
               _("bedömdes omfattas av utvecklingsmodellen"), Mandate.OFFICER, is_public=True),
    Transition("exclude_scope", _("Omfattas inte"),
               _("bedömdes inte omfattas av utvecklingsmodellen"), Mandate.OFFICER,
               needs_reason=True, is_negative=True, is_public=True),
    Transition("hand_to_group", _("Lämna till tjänsteområdesgruppen"),
               _("lämnades till tjänsteområdesgruppen"), Mandate.OFFICER),
    Transition("admit", _("Ta med i områdets prioritering"),
               _("togs med i områdets prioritering"), Mandate.GROUP, is_public=True),
    Transition("request_completion", _("Begär komplettering"),
               _("behöver kompletteras innan gruppen tar ställning"), Mandate.GROUP,
               needs_reason=True, is_negative=True, is_public=True),
    Transition("reject", _("Avslå"), _("avslogs av tjänsteområdesgruppen"), Mandate.GROUP,
               needs_reason=True, is_negative=True, is_public=True),
    Transition("complete", _("Lämna tillbaka kompletterat"),
               _("kompletterades och är åter hos tjänsteområdesgruppen"), Mandate.OFFICER,
               needs_reason=True),
    Transition("rank", _("Fastställ rangordningen"),
               _("fick sin plats i områdets rangordning"), Mandate.GROUP, is_public=True),
    Transition("hand_to_committee", _("Lämna till utskottet för e-tjänster"),
               _("lämnades till utskottet för e-tjänster"), Mandate.EXECUTIVE_OFFICE),
    Transition("give_committee_opinion", _("Lämna utskottets ställningstagande"),
               _("bereddes av utskottet för e-tjänster"), Mandate.COMMITTEE,
               needs_reason=True, is_public=True),
    Transition("merge", _("Ta in i stadens gemensamma förslag"),
               _("togs in i stadens gemensamma förslag"), Mandate.EXECUTIVE_OFFICE,
               is_public=True),
    Transition("recommend", _("Fastställ rekommendationen"),
               _("behandlades av utvecklingsrådet"), Mandate.COUNCIL,
               needs_reason=True, is_public=True),
    Transition("approve", _("Beslutat: genomförs"),
               _("fick plats i budgeten"), Mandate.RECORDER, is_public=True),
    Transition("decline", _("Beslutat: fick inte plats"),
               _("fick inte plats i budgeten"), Mandate.RECORDER,
               needs_reason=True, is_negative=True, is_public=True),
    Transition("start_implementation", _("Genomförandet har börjat"),
               _("började genomföras"), Mandate.OFFICER, is_public=True),
    Transition("finish_implementation", _("Genomförandet är klart"),
               _("är genomfört"), Mandate.OFFICER, is_public=True),
    Transition("withdraw", _("Återkalla initiativet"), _("återkallades"), Mandate.ORIGINATOR,
               needs_reason=True, is_negative=True, is_public=True),
)  # fmt: skip

TRANSITIONS: dict[str, Transition] = {transition.name: transition for transition in _ALL}

TASKS: dict[str, Promise] = {
    "submit": _("Gör klart och skicka"),
    "complete_preparation": _("Förbered"),
    "accept_scope": _("Bedöm om modellen omfattar det"),
    "hand_to_group": _("Bered och lämna till gruppen"),
    "admit": _("Gör den inledande bedömningen"),
    "complete": _("Komplettera åt gruppen"),
    "rank": _("Rangordna i området"),
    "give_committee_opinion": _("Ta ställning i utskottet"),
    "merge": _("Ta in i stadens förslag"),
    "recommend": _("Ta ställning i utvecklingsrådet"),
    "approve": _("Anteckna fullmäktiges beslut"),
    "start_implementation": _("Sätt i gång genomförandet"),
    "finish_implementation": _("Slutför genomförandet"),
}
"""What there is to do before the transition, where its button does not already say it."""


def task_of(name: str) -> str:
    """The work that a transition ends, in words for "Nästa steg" and "Att göra"."""
    return str(TASKS.get(name, TRANSITIONS[name].label))


OUTCOMES: dict[str, Outcome] = {
    Stage.OUT_OF_SCOPE: Outcome.OUT_OF_SCOPE,
    Stage.REJECTED: Outcome.REJECTED,
    Stage.APPROVED: Outcome.APPROVED,
    Stage.DECLINED: Outcome.DECLINED,
    Stage.IMPLEMENTING: Outcome.APPROVED,
    Stage.IMPLEMENTED: Outcome.IMPLEMENTED,
    Stage.WITHDRAWN: Outcome.WITHDRAWN,
}
"""The code of the outcome that the case gets, per stage that has one."""
