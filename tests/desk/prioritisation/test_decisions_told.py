# SPDX-License-Identifier: EUPL-1.2
"""Every page that tells a decision tells opinion, amount and occasion, in words (issue 6)."""

from __future__ import annotations

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.initiatives.models import Initiative
from casework.planning.enums import Occasion
from casework.planning.models import Round
from casework.prioritisation import services
from casework.prioritisation.models import Funding
from casework.prioritisation.services import CouncilVerdict
from casework.process.models import Candidacy, Step
from casework.register.enums import Outcome
from casework.register.models import Case, PublicCase
from tests import small_city as small
from tests.small_city import SmallCity
from ui.cards import with_money
from ui.present import outcome_words


def _page(client: Client, city: SmallCity, who: str, address: str) -> str:
    client.force_login(city.people[who])
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("&nbsp;", " ").split()).replace("\xa0", " ")


def _recommended(city: SmallCity, title: str, round_: Round) -> Initiative:
    """An initiative that kommunfullmäktige is about to decide, in a round of this occasion."""
    initiative = small.with_group(city, title)
    # Past the machine, which has no short way there; the oracle's walks take the long one.
    rows: QuerySet[Candidacy] = QuerySet(Candidacy)
    rows.filter(pk=small.candidacy_of(initiative)).update(round=round_, stage="recommended")
    return initiative


def _pages(city: SmallCity, initiative: Initiative, slug: str) -> list[tuple[str, str]]:
    case = Case.objects.get(initiative=initiative)
    public = PublicCase.objects.get(pk=case.pk)
    return [
        ("larare", reverse("public_case", args=[public.slug])),
        ("larare", reverse("originator_initiative", args=[initiative.pk])),
        ("handlaggare", reverse("desk_case", args=[case.pk])),
        ("slk", reverse("desk_city_council", args=[slug])),
    ]


def test_opinion_amount_and_occasion_stand_on_every_page(city: SmallCity, client: Client) -> None:
    initiative = city.initiatives["decided"]
    funding = Funding.objects.get(candidacy__initiative=initiative)
    assert funding.amount_tkr == 1250  # bifall gives what was asked for
    for who, address in _pages(city, initiative, city.round.slug):
        page = _page(client, city, who, address)
        assert "beviljades medel, 1 250 tkr i budgeten" in page, address
        if "fullmaktige" not in address:
            assert "förordades av utvecklingsrådet" in page, address
    council = _page(client, city, "radet", reverse("desk_council", args=[city.round.slug]))
    assert "förordades av utvecklingsrådet" in council


@pytest.mark.parametrize(
    ("occasion", "outcome", "word"),
    [
        (Occasion.BUDGET, Outcome.DECLINED, "Ej i budget"),
        (Occasion.T1, Outcome.DECLINED_T1, "Fick inte medel i tertialrapport 1"),
        (Occasion.T2, Outcome.DECLINED_T2, "Fick inte medel i tertialrapport 2"),
    ],
)
def test_r38_a_no_is_told_by_its_occasion(
    city: SmallCity, client: Client, occasion: str, outcome: Outcome, word: str
) -> None:
    round_ = Round.objects.get(cycle=city.cycle, occasion=occasion)
    initiative = _recommended(city, "Nya lampor", round_)
    services.decide(
        round=round_,
        actor=city.people["beslut"],
        verdicts=[CouncilVerdict(small.candidacy_of(initiative), "decline", reason="Får vänta.")],
        reference="KF § 1",
        act=city.act("kommunfullmaktige"),
    )
    case = Case.objects.get(initiative=initiative)
    assert case.outcome == outcome
    assert case.decided_on == timezone.localdate()
    assert outcome_words(case.outcome) == word
    sentence = {
        "budget": "fick inte medel i budgeten",
        "t1": "fick inte medel i tertialrapport 1",
        "t2": "fick inte medel i tertialrapport 2",
    }[occasion]
    for who, address in _pages(city, initiative, round_.slug):
        page = _page(client, city, who, address)
        assert sentence in page, address
        if "arenden" in address or "diarium" in address:
            assert word in page, address
        if occasion != Occasion.BUDGET:
            assert "Ej i budget" not in page, address
        assert f">{outcome}<" not in page, address


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "Initiativet fick inte medel i tertialrapport 2.",
            "Initiativet fick inte medel i tertialrapport 2 2026.",
        ),
        ("Initiativet sköts upp.", "Initiativet sköts upp i tertialrapport 2 2026."),
    ],
)
def test_6_an_occasion_is_said_once_where_there_is_no_sum(sentence: str, told: str) -> None:
    assert with_money(sentence, Step(occasion=Occasion.T2, budget_year=2026)) == told
