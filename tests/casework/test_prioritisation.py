# SPDX-License-Identifier: EUPL-1.2
"""The ordered lists, the committee, the recommendation and the decision over several rounds."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.initiatives.models import Initiative
from casework.organisation.enums import Role
from casework.organisation.models import Appointment
from casework.organisation.services import end_appointment
from casework.planning.enums import Occasion
from casework.planning.models import Round, RoundArea
from casework.planning.selectors import round_for
from casework.planning.services import take_in_new_area
from casework.prioritisation import services
from casework.prioritisation.enums import ListKind, ListState
from casework.prioritisation.models import Funding, OrderedList
from casework.prioritisation.rows import rows_for
from casework.prioritisation.selectors import admitted, newest
from casework.prioritisation.services import Advice, ChangedMeanwhile, CouncilVerdict
from casework.process import services as process
from casework.process.enums import Stage, Standing
from casework.process.services import ImpossibleTransition
from casework.register.enums import Outcome
from casework.register.services import grant_access, mark_secret
from tests import small_city as small
from tests.small_city import SmallCity


@pytest.fixture
def reopened(city: SmallCity) -> SmallCity:
    """The city with its area's list open again, so that more can be ranked in the same round."""
    services.reopen_ranking(
        area=city.round_area, actor=city.people["ordforande"], reason="Två till ska med."
    )
    return city


def standing(initiative: Initiative) -> str:
    initiative.process.refresh_from_db()
    candidacy = initiative.process.candidacy
    assert candidacy is not None
    return str(candidacy.stage)


def two_admitted(city: SmallCity) -> tuple[Initiative, Initiative]:
    return small.admitted(city, "Första"), small.admitted(city, "Andra")


def test_r33_a_list_is_fixed_only_when_everything_has_a_place(reopened: SmallCity) -> None:
    first, second = two_admitted(reopened)
    with pytest.raises(ValidationError, match="plats"):
        services.fix_ranking(
            area=reopened.round_area,
            actor=reopened.people["ordforande"],
            act=reopened.act("grupp-pedagogiska"),
        )
    small.fix_list(reopened, second, first)
    assert standing(first) == standing(second) == Standing.RANKED
    list_ = newest(reopened.round, ListKind.AREA, reopened.area)
    assert list_ is not None
    assert list(list_.items.values_list("candidacy", flat=True)) == [
        small.candidacy_of(second),
        small.candidacy_of(first),
    ]


def test_r33_a_fixed_list_is_kept_when_it_is_opened_again(city: SmallCity) -> None:
    fixed = newest(city.round, ListKind.AREA, city.area)
    assert fixed is not None
    before = list(fixed.items.values_list("candidacy", "place"))
    services.reopen_ranking(
        area=city.round_area, actor=city.people["ordforande"], reason="En till ska med."
    )
    fixed.refresh_from_db()
    assert list(fixed.items.values_list("candidacy", "place")) == before
    draft = newest(city.round, ListKind.AREA, city.area)
    assert draft is not None
    assert (draft.version, draft.state) == (2, ListState.DRAFT)


def test_only_the_chair_opens_a_list_again_and_says_why(city: SmallCity) -> None:
    for name in ("ledamot", "slk", "radet"):
        with pytest.raises(PermissionDenied):
            services.reopen_ranking(area=city.round_area, actor=city.people[name], reason="Ändra.")
    with pytest.raises(ValidationError):
        services.reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason=" ")


def test_r18_only_the_areas_group_orders_its_list(reopened: SmallCity) -> None:
    first, second = two_admitted(reopened)
    order = [small.candidacy_of(first), small.candidacy_of(second)]
    for name in ("slk", "registrator", "radet", "larare"):
        with pytest.raises(PermissionDenied):
            services.save_order(area=reopened.round_area, order=order, actor=reopened.people[name])


def test_s4_the_second_of_two_savers_is_told_and_overruns_nobody(reopened: SmallCity) -> None:
    first, second = (small.candidacy_of(i) for i in two_admitted(reopened))
    area = reopened.round_area
    draft = services.save_order(
        area=area, order=[first, second], actor=reopened.people["ordforande"]
    )
    seen = draft.edition
    services.save_order(
        area=area, order=[second, first], actor=reopened.people["ordforande"], edition=seen
    )
    with pytest.raises(ChangedMeanwhile, match="Ordforande Ek"):
        services.save_order(
            area=area, order=[first, second], actor=reopened.people["ledamot"], edition=seen
        )
    assert [row.pk for row in admitted(area)] == [second, first]


def test_s15_what_is_admitted_later_comes_last(reopened: SmallCity) -> None:
    first, second = (small.candidacy_of(i) for i in two_admitted(reopened))
    services.save_order(
        area=reopened.round_area, order=[second, first], actor=reopened.people["ordforande"]
    )
    third = small.candidacy_of(small.admitted(reopened, "Tredje"))
    assert [row.pk for row in admitted(reopened.round_area)] == [second, first, third]


def test_a_secret_item_stops_neither_the_areas_list_nor_the_citys_proposal(
    reopened: SmallCity,
) -> None:
    """Those who are let in place it; the others are told only that there is one."""
    city = reopened
    first, secret = two_admitted(city)
    assert secret.case is not None
    mark_secret(case=secret.case, provision="OSL 18:8", actor=city.people["registrator"])
    grant_access(
        case=secret.case,
        user=city.people["ledamot"],
        reason="Bedömer det hemliga.",
        actor=city.people["registrator"],
    )
    both = [small.candidacy_of(secret), small.candidacy_of(first)]
    services.save_order(area=city.round_area, order=both, actor=city.people["ledamot"])
    chair = type(city.people["ordforande"]).objects.get(username="ordforande")
    services.save_order(
        area=city.round_area, order=[small.candidacy_of(first)], actor=chair
    )  # what the chair does not see keeps its place
    rows, hidden = rows_for(chair, admitted(city.round_area))
    assert (len(rows), hidden) == (1, 1)
    assert "hemliga" not in str([row.title for row in rows])
    services.fix_ranking(area=city.round_area, actor=chair, act=city.act("grupp-pedagogiska"))
    list_ = newest(city.round, ListKind.AREA, city.area)
    assert list_ is not None
    assert list(list_.items.values_list("candidacy", flat=True)) == both
    small.finish_other_areas(city)
    for initiative in (first, secret):
        small.ask_experts(city, initiative)
    office = city.people["slk"]
    services.save_proposal(round=city.round, order=[small.candidacy_of(first)], actor=office)
    services.hand_over(round=city.round, actor=office)
    assert standing(secret) == standing(first) == Standing.IN_PROPOSAL


def test_r34_the_proposal_waits_for_all_groups_and_both_expertises(reopened: SmallCity) -> None:
    city = reopened
    first, second = two_admitted(city)
    small.fix_list(city, first, second)
    RoundArea.objects.filter(round=city.round).exclude(service_area=city.area).update(fixed_at=None)
    order = [small.candidacy_of(first), small.candidacy_of(second)]
    services.save_proposal(round=city.round, order=order, actor=city.people["slk"])
    with pytest.raises(ImpossibleTransition) as caught:
        services.hand_over(round=city.round, actor=city.people["slk"])
    told = " ".join(caught.value.messages)
    assert "Någon tjänsteområdesgrupp är inte klar" in told
    assert "Sakkunniga" in told
    small.finish_other_areas(city)
    small.ask_experts(city, first)
    with pytest.raises(ImpossibleTransition, match="Sakkunniga") as caught:
        services.hand_over(round=city.round, actor=city.people["slk"])
    assert first.case is not None
    assert second.case is not None
    waits = next(line for line in caught.value.messages if "Sakkunniga" in line)
    assert second.case.dnr in waits  # annoying 18: which
    assert first.case.dnr not in waits
    small.ask_experts(city, second)
    services.hand_over(round=city.round, actor=city.people["slk"])
    assert standing(first) == Standing.IN_PROPOSAL


def test_the_offices_draft_is_kept_in_the_database_for_all(reopened: SmallCity) -> None:
    """S1: order, reasons and frame survive the session, and are everybody's."""
    city = reopened
    first, second = two_admitted(city)
    small.fix_list(city, first, second)
    one, two = small.candidacy_of(first), small.candidacy_of(second)
    services.save_proposal(
        round=city.round,
        order=[two, one],
        actor=city.people["slk"],
        reasons={two: "Störst nytta."},
        frame_tkr=9000,
    )
    list_ = newest(city.round, ListKind.CITY)
    assert list_ is not None
    assert dict(list_.items.values_list("candidacy", "reason")) == {two: "Störst nytta.", one: ""}


def test_r36_the_council_changes_the_order_and_says_of_each(reopened: SmallCity) -> None:
    city = reopened
    first, second = two_admitted(city)
    small.fix_list(city, first, second)
    small.hand_over(city, first, second)
    one, two = small.candidacy_of(first), small.candidacy_of(second)
    with pytest.raises(ValidationError):
        services.recommend(
            round=city.round,
            actor=city.people["radet"],
            advice={one: Advice("for", "Bra.")},
            act=city.act("utvecklingsradet"),
        )
    services.recommend(
        round=city.round,
        actor=city.people["radet"],
        advice={one: Advice("for", "Bra."), two: Advice("against", "För dyrt.")},
        order=[two, one],
        statement="Rådet ställer sig bakom förslaget i ändrad ordning.",
        act=city.act("utvecklingsradet"),
    )
    own = newest(city.round, ListKind.COUNCIL)
    assert own is not None
    assert list(own.items.values_list("candidacy", "opinion")) == [(two, "against"), (one, "for")]
    proposal = OrderedList.objects.filter(
        round=city.round, kind=ListKind.CITY, state=ListState.FIXED
    ).latest("version")
    assert list(proposal.items.values_list("candidacy", flat=True)) == [one, two]


def test_r36_the_council_sends_the_proposal_back(reopened: SmallCity) -> None:
    city = reopened
    first, second = two_admitted(city)
    small.fix_list(city, first, second)
    small.hand_over(city, first, second)
    services.refer_back(
        round=city.round,
        actor=city.people["radet"],
        reason="Räkna om kostnaderna.",
        act=city.act("utvecklingsradet"),
    )
    assert standing(first) == standing(second) == Standing.RANKED
    draft = newest(city.round, ListKind.CITY)
    assert draft is not None
    assert draft.is_draft
    assert draft.reason == "Räkna om kostnaderna."
    services.hand_over(round=city.round, actor=city.people["slk"])
    assert standing(first) == Standing.IN_PROPOSAL


def test_r13_a_committee_of_four_is_refused_and_five_decide(reopened: SmallCity) -> None:
    city = reopened
    seated = small.seat_committee(city)
    service = small.admitted(city, "E-tjänst", eservice=True)
    small.fix_list(city, service)
    with pytest.raises(ImpossibleTransition, match="utskottet"):
        small.hand_over(city, service)
    assert services.hand_eservices_to_committee(round=city.round, actor=city.people["slk"]) == 1
    act = city.act("e-tjansteutskottet")
    seat = Appointment.objects.get(user=seated[-1], role=Role.COMMITTEE_MEMBER)
    Appointment.objects.filter(pk=seat.pk).update(
        valid_until=timezone.localdate() - dt.timedelta(days=1)
    )
    with pytest.raises(ValidationError, match="exakt fem"):
        services.give_committee_opinion(
            initiative=service,
            actor=city.people["radet"],
            opinion="for",
            reason="Bra.",
            act=act,
        )
    Appointment.objects.filter(pk=seat.pk).update(valid_until=None)
    services.give_committee_opinion(
        initiative=service, actor=city.people["radet"], opinion="for", reason="Bra.", act=act
    )
    assert standing(service) == Standing.COMMITTEE_DONE


def test_r13_a_seat_in_the_council_that_the_committee_rests_on_does_not_end(
    city: SmallCity,
) -> None:
    seated = small.seat_committee(city)
    seat = Appointment.objects.get(user=seated[1], role=Role.COUNCIL_MEMBER)
    with pytest.raises(ValidationError, match="Avsluta först"):
        end_appointment(appointment=seat, on=timezone.localdate(), actor=city.people["admin"])


def test_r38_a_partly_funded_one_asks_for_more_in_an_interim_report(reopened: SmallCity) -> None:
    city = reopened
    initiative = small.admitted(city, "Delvis")
    small.fix_list(city, initiative)
    small.hand_over(city, initiative)
    small.recommend(city, initiative)
    candidacy = small.candidacy_of(initiative)
    act = city.act("kommunfullmaktige")
    with pytest.raises(ValidationError, match="mindre än hela kostnaden"):
        services.decide(
            round=city.round,
            actor=city.people["beslut"],
            verdicts=[CouncilVerdict(candidacy, "approve_in_part", 1250, "En del.")],
            reference="KF § 13",
            act=act,
        )
    services.decide(
        round=city.round,
        actor=city.people["beslut"],
        verdicts=[CouncilVerdict(candidacy, "approve_in_part", 500, "Ramen räcker inte.")],
        reference="KF § 13",
        act=act,
    )
    initiative.refresh_from_db()
    assert initiative.process.stage == Stage.APPROVED
    assert initiative.case is not None
    assert initiative.case.outcome == Outcome.APPROVED_IN_PART
    supplement = Round.objects.get(cycle=city.cycle, occasion=Occasion.T1)
    process.open_round(round=supplement, actor=city.people["slk"])
    process.nominate_supplement(initiative=initiative, round=supplement, actor=city.people["slk"])
    assert standing(initiative) == Standing.ENTERED
    process.hand_to_group(initiative=initiative, actor=city.people["handlaggare"])
    assert standing(initiative) == Standing.WITH_GROUP
    assert initiative.process.stage == Stage.APPROVED


def test_r7_only_the_city_councils_own_secretary_records_its_decisions(
    reopened: SmallCity,
) -> None:
    city = reopened
    initiative = small.admitted(city, "Beslutas")
    small.fix_list(city, initiative)
    small.hand_over(city, initiative)
    small.recommend(city, initiative)
    verdict = [CouncilVerdict(small.candidacy_of(initiative), "decline", reason="Nej.")]
    act = city.act("kommunfullmaktige")
    for name in ("slk", "radet", "registrator", "ordforande"):
        with pytest.raises(PermissionDenied):
            services.decide(
                round=city.round,
                actor=city.people[name],
                verdicts=verdict,
                reference="KF § 1",
                act=act,
            )
    with pytest.raises(ValidationError):
        services.decide(
            round=city.round,
            actor=city.people["beslut"],
            verdicts=verdict,
            reference=" ",
            act=act,
        )
    services.decide(
        round=city.round,
        actor=city.people["beslut"],
        verdicts=verdict,
        reference="KF § 1",
        act=act,
    )
    assert standing(initiative) == Standing.DECLINED
    assert Funding.objects.get(candidacy=small.candidacy_of(initiative)).verdict == "decline"


def test_r17_a_new_area_gets_its_part_in_every_round_that_is_not_closed(city: SmallCity) -> None:
    assert city.area is not None
    area = type(city.area).objects.create(
        name="Kulturområdet", slug="kultur", valid_from=timezone.localdate()
    )
    assert take_in_new_area(service_area=area, actor=city.people["admin"]) == 3
    assert RoundArea.objects.filter(service_area=area).count() == 3


def test_r53_two_years_run_beside_each_other(city: SmallCity) -> None:
    from casework.planning.services import copy_cycle

    assert city.cycle is not None
    later = copy_cycle(
        cycle=city.cycle, budget_year=city.cycle.budget_year + 1, actor=city.people["slk"]
    )
    budget = later.rounds.get(occasion=Occasion.BUDGET)
    process.open_round(round=budget, actor=city.people["slk"])
    assert Round.objects.open().count() == 2
    assert round_for(timezone.localdate()) == city.round
    assert round_for(budget.ideas_until) == budget
