# SPDX-License-Identifier: EUPL-1.2
"""What the model says of each transition: who may take it, and the call that takes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from casework.initiatives.enums import ScopeReason
from casework.initiatives.models import Initiative
from casework.organisation.models import User
from casework.planning.models import Round, RoundArea
from casework.prioritisation import services as lists
from casework.prioritisation.services import Advice, CouncilVerdict
from casework.process import services
from tests.small_city import SmallCity

GROUP = {"ordforande", "ledamot"}
COUNCIL = {"radet", "u1", "u2", "u3", "u4"}
MANDATES: dict[str, set[str]] = {
    "submit": {"larare"},
    "withdraw": {"larare"},
    "return_to_originator": {"kontakt"},
    "complete_preparation": {"kontakt"},
    "reopen_preparation": {"kontakt"},
    "join": {"kontakt"},
    "send_in": {"kontakt"},
    "send_back": {"registrator"},
    "register": {"registrator"},
    "accept_scope": {"handlaggare"},
    "exclude_scope": {"handlaggare"},
    "reconsider_scope": {"slk", "direktor"},
    "uphold_scope": {"slk", "direktor"},
    "hand_to_group": {"handlaggare"},
    "postpone": {"handlaggare"},
    "admit": GROUP,
    "request_completion": GROUP,
    "reject": GROUP,
    "complete": {"kontakt"},
    "defer": GROUP,
    "rank": GROUP,
    "reopen_list": {"ordforande"},
    "hand_to_committee": {"slk", "direktor"},
    "give_committee_opinion": COUNCIL,
    "merge": {"slk", "direktor"},
    "leave_out": {"slk", "direktor"},
    "refer_back": COUNCIL,
    "recommend": COUNCIL,
    "approve": {"beslut"},
    "approve_in_part": {"beslut"},
    "decline": {"beslut"},
    "defer_decision": {"beslut"},
    "start_implementation": {"handlaggare"},
    "finish_implementation": {"handlaggare"},
}
"""Who may what, written down a second time: the test's own oracle."""

ENDS_EARLY = {"withdraw", "join", "exclude_scope", "uphold_scope", "reject", "decline"}


def calls(city: SmallCity) -> dict[str, Callable[[Initiative, User], Any]]:
    """How each transition is taken."""
    today = timezone.localdate()
    group = city.act("grupp-pedagogiska")
    council = city.act("utvecklingsradet", *sorted(COUNCIL))
    committee = city.act("e-tjansteutskottet")
    full = city.act("kommunfullmaktige")

    def area(i: Initiative) -> RoundArea:
        candidacy = i.process.candidacy
        assert candidacy is not None
        return RoundArea.objects.get(round=candidacy.round, service_area=city.area)

    def key(i: Initiative) -> int:
        assert i.process.candidacy_id is not None
        return i.process.candidacy_id

    def round_of(i: Initiative) -> Round:
        candidacy = i.process.candidacy
        if candidacy is None:
            raise ValidationError("no round")
        return candidacy.round

    def rank(i: Initiative, u: User) -> None:
        round_of(i)
        lists.save_order(area=area(i), order=[key(i)], actor=u)
        lists.fix_ranking(area=area(i), actor=u, act=group)

    def merge(i: Initiative, u: User) -> None:
        lists.save_proposal(round=round_of(i), order=[key(i)], actor=u)
        lists.hand_over(round=round_of(i), actor=u)

    def verdict(name: str) -> Callable[[Initiative, User], Any]:
        def decide(i: Initiative, u: User) -> Any:
            row = CouncilVerdict(
                key(i) if i.process.candidacy_id else 0,
                name,
                5 if name == "approve_in_part" else 10,
                "Skäl.",
            )
            return lists.decide(
                round=round_of(i), actor=u, verdicts=[row], reference="KF § 1", act=full
            )

        return decide

    return {
        "submit": lambda i, u: services.submit(initiative=i, actor=u),
        "withdraw": lambda i, u: services.withdraw(initiative=i, actor=u, reason="Nej."),
        "return_to_originator": lambda i, u: services.return_to_originator(
            initiative=i, actor=u, reason="Mer."
        ),
        "complete_preparation": lambda i, u: services.complete_preparation(initiative=i, actor=u),
        "reopen_preparation": lambda i, u: services.reopen_preparation(initiative=i, actor=u),
        "join": lambda i, u: services.join_with(
            initiative=i, into=city.initiatives["returned"], actor=u, reason="Samma idé."
        ),
        "send_in": lambda i, u: services.send_batch(
            administration=i.administration, chosen=[i], actor=u
        ),
        "send_back": lambda i, u: services.send_back(initiative=i, actor=u, reason="Fel."),
        "register": lambda i, u: services.register(
            initiative=i,
            actor=u,
            title="Ärende",
            received_date=today,
            officer=city.people["handlaggare"],
        ),
        "accept_scope": lambda i, u: services.accept_scope(
            initiative=i, actor=u, ground=ScopeReason.CROSS
        ),
        "exclude_scope": lambda i, u: services.exclude_scope(
            initiative=i, actor=u, ground=ScopeReason.LOCAL, reason="Lokalt."
        ),
        "reconsider_scope": lambda i, u: services.reconsider_scope(
            initiative=i, actor=u, ground=ScopeReason.CROSS, reason="Två förvaltningar."
        ),
        "uphold_scope": lambda i, u: services.uphold_scope(
            initiative=i, actor=u, reason="Fortfarande lokalt."
        ),
        "hand_to_group": lambda i, u: services.hand_to_group(initiative=i, actor=u),
        "postpone": lambda i, u: services.postpone(initiative=i, actor=u, reason="Senare."),
        "admit": lambda i, u: services.admit(initiative=i, actor=u, act=group),
        "request_completion": lambda i, u: services.request_completion(
            initiative=i,
            actor=u,
            questions="Vad kostar det?",
            due=today + dt.timedelta(days=7),
            act=group,
        ),
        "reject": lambda i, u: services.reject(initiative=i, actor=u, reason="Nej.", act=group),
        "complete": lambda i, u: services.complete(initiative=i, actor=u, reason="Klart."),
        "defer": lambda i, u: services.defer(initiative=i, actor=u, reason="Senare.", act=group),
        "rank": rank,
        "reopen_list": lambda i, u: lists.reopen_ranking(
            area=area(i) if i.process.candidacy else city.round_area, actor=u, reason="Igen."
        ),
        "hand_to_committee": lambda i, u: services.take_step(
            process=i.process, name="hand_to_committee", actor=u
        ),
        "give_committee_opinion": lambda i, u: lists.give_committee_opinion(
            initiative=i, actor=u, opinion="for", reason="Bra.", act=committee
        ),
        "merge": merge,
        "leave_out": lambda i, u: lists.leave_out(initiative=i, actor=u, reason="Senare."),
        "refer_back": lambda i, u: lists.refer_back(
            round=round_of(i), actor=u, reason="Igen.", act=council
        ),
        "recommend": lambda i, u: lists.recommend(
            round=round_of(i),
            actor=u,
            advice={key(i): Advice("for", "Bra.")},
            act=council,
        ),
        "approve": verdict("approve"),
        "approve_in_part": verdict("approve_in_part"),
        "decline": verdict("decline"),
        "defer_decision": verdict("defer_decision"),
        "start_implementation": lambda i, u: services.start_implementation(initiative=i, actor=u),
        "finish_implementation": lambda i, u: services.finish_implementation(initiative=i, actor=u),
    }
