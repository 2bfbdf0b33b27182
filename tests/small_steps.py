# SPDX-License-Identifier: EUPL-1.2
"""An initiative of the small city, taken as far as a test needs by those who may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from casework.consultation.services import answer_expert, ask_expert, state_no_consultation
from casework.initiatives.enums import InitiativeKind, ScopeReason
from casework.initiatives.models import Initiative
from casework.organisation.enums import Expertise
from casework.organisation.models import ServiceArea
from casework.organisation.selectors import forget_appointments
from casework.planning.models import RoundArea
from casework.prioritisation import services as prioritisation
from casework.prioritisation.services import Advice, CouncilVerdict
from casework.process import services
from casework.register.models import Case
from casework.register.services import grant_access, publish

if TYPE_CHECKING:
    from tests.small_city import SmallCity


def answers(city: SmallCity, title: str, *, eservice: bool = False) -> dict[str, object]:
    """What an originator writes."""
    return {
        "title": title,
        "kind": InitiativeKind.NEW,
        "need": (
            "I dag ringer vårdnadshavare till skolan för att anmäla frånvaro. Samtalen tar tid "
            "från lektionerna, och beskeden skrivs på lappar som försvinner."
        ),
        "proposal": "En gemensam tjänst för alla skolor och förskolor.",
        "benefits": {"citizens": "Slipper telefonkö.", "users": "Mindre pappersarbete."},
        "cost_tkr": 1250,
        "is_eservice": eservice,
        "affected": [row.pk for row in city.administrations[:2]],
    }


def draft(city: SmallCity, title: str, *, eservice: bool = False) -> Initiative:
    """An initiative that its originator is writing."""
    return services.start_draft(
        actor=city.people["larare"], answers=answers(city, title, eservice=eservice)
    )


def prepared(
    city: SmallCity, title: str, *, eservice: bool = False, area: ServiceArea | None = None
) -> Initiative:
    """An initiative that the contact person has prepared."""
    initiative = draft(city, title, eservice=eservice)
    services.submit(initiative=initiative, actor=city.people["larare"])
    chosen = area or city.area
    assert chosen is not None
    services.save_preparation(
        initiative=initiative,
        answers={
            "service_area": chosen.pk,
            "goal": "Tillgängliga tjänster för alla.",
            "effect": "Två timmar per lärare och vecka frigörs.",
        },
        actor=city.people["kontakt"],
    )
    services.complete_preparation(initiative=initiative, actor=city.people["kontakt"])
    return initiative


def registered(
    city: SmallCity, title: str, *, eservice: bool = False, area: ServiceArea | None = None
) -> Initiative:
    """An initiative with a diary number, published."""
    initiative = prepared(city, title, eservice=eservice, area=area)
    services.send_batch(
        administration=city.administrations[0], chosen=[initiative], actor=city.people["kontakt"]
    )
    case = services.register(
        initiative=initiative,
        actor=city.people["registrator"],
        title=title,
        received_date=timezone.localdate(),
        officer=city.people["handlaggare"],
    )
    publish(
        case=case, actor=city.people["registrator"], summary=f"{title}: ett förslag från skolan."
    )
    initiative.refresh_from_db()
    return initiative


def with_group(
    city: SmallCity, title: str, *, eservice: bool = False, area: ServiceArea | None = None
) -> Initiative:
    """An initiative that the area's group has."""
    initiative = registered(city, title, eservice=eservice, area=area)
    officer = city.people["handlaggare"]
    services.accept_scope(initiative=initiative, actor=officer, ground=ScopeReason.CROSS)
    assert initiative.case is not None
    state_no_consultation(
        case=initiative.case, reason="De berörda har deltagit i beredningen.", actor=officer
    )
    services.hand_to_group(initiative=initiative, actor=officer)
    return initiative


def admitted(city: SmallCity, title: str, *, eservice: bool = False) -> Initiative:
    """An initiative that the group takes with it."""
    initiative = with_group(city, title, eservice=eservice)
    services.admit(
        initiative=initiative,
        actor=city.people["ordforande"],
        act=city.act("grupp-pedagogiska"),
        reason="Stor nytta för många.",
    )
    return initiative


def ask_experts(city: SmallCity, initiative: Initiative) -> None:
    """Both kinds of experts answer (R24); in a secret case they are let in first."""
    case = initiative.case
    assert case is not None
    for name, expertise in (("ordforande", Expertise.BUSINESS), ("ledamot", Expertise.IT)):
        if case.is_secret and not Case.objects.visible_to(city.people[name]).filter(pk=case.pk):
            grant_access(
                case=case,
                user=city.people[name],
                reason="Yttrar sig som sakkunnig.",
                actor=city.people["registrator"],
            )
            forget_appointments(city.people[name])
        request = ask_expert(
            initiative=initiative,
            user=city.people[name],
            expertise=expertise,
            actor=city.people["handlaggare"],
            question="Går det att genomföra?",
        )
        answer_expert(request=request, text="Ja, det går.", actor=city.people[name])


def fix_list(city: SmallCity, *chosen: Initiative) -> None:
    """The group fixes its list in this order."""
    order = [candidacy_of(initiative) for initiative in chosen]
    prioritisation.save_order(area=city.round_area, order=order, actor=city.people["ordforande"])
    prioritisation.fix_ranking(
        area=city.round_area, actor=city.people["ordforande"], act=city.act("grupp-pedagogiska")
    )


def finish_other_areas(city: SmallCity) -> None:
    """The other areas fix their empty lists."""
    RoundArea.objects.filter(round=city.round, fixed_at=None).exclude(
        service_area=city.area
    ).update(fixed_at=timezone.now(), fixed_by=city.people["ordforande"])


def candidacy_of(initiative: Initiative) -> int:
    """The primary key of the newest candidacy."""
    initiative.process.refresh_from_db()
    assert initiative.process.candidacy_id is not None
    return initiative.process.candidacy_id


def hand_over(city: SmallCity, *chosen: Initiative) -> None:
    """The office hands its proposal over, in this order."""
    finish_other_areas(city)
    for initiative in chosen:
        ask_experts(city, initiative)
    order = [candidacy_of(initiative) for initiative in chosen]
    prioritisation.save_proposal(
        round=city.round, order=order, actor=city.people["slk"], frame_tkr=5000
    )
    prioritisation.hand_over(round=city.round, actor=city.people["slk"])


def recommend(city: SmallCity, *chosen: Initiative) -> None:
    """The council recommends all of them."""
    prioritisation.recommend(
        round=city.round,
        actor=city.people["radet"],
        advice={
            candidacy_of(initiative): Advice("for", "Bör genomföras under året.")
            for initiative in chosen
        },
        act=city.act("utvecklingsradet"),
    )


def approve(city: SmallCity, initiative: Initiative, amount_tkr: int = 1250) -> None:
    """The city council gives it money."""
    prioritisation.decide(
        round=city.round,
        actor=city.people["beslut"],
        verdicts=[
            CouncilVerdict(
                candidacy_of(initiative),
                "approve",
                amount_tkr=amount_tkr,
                reason="Ryms inom ramen för skolans utveckling.",
            )
        ],
        reference="KF § 12",
        act=city.act("kommunfullmaktige"),
    )
    initiative.refresh_from_db()
