# SPDX-License-Identifier: EUPL-1.2
"""Sealed judgements: nobody reads another's before the chair opens, by no way there is (R41)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from casework.assessment import selectors, services
from casework.assessment.audit import assessment_faults
from casework.assessment.models import AgreedScore, Assessment, MemberPlace, Score, ScoreSheet
from casework.assessment.services import Given
from casework.journal.digests import columns_of, digest
from casework.journal.models import JournalEntry
from casework.methods.robust import Band, Relation
from casework.planning.enums import SuggestionBy
from casework.planning.services import change_area
from casework.prioritisation.services import reopen_ranking
from casework.process.models import Candidacy
from tests import small_city as small
from tests.casework.test_verify_columns import _changed as changed
from tests.casework.test_verify_columns import _found as found
from tests.conftest import triggers_off
from tests.small_city import SmallCity

ROOT = Path(__file__).resolve().parents[3]
TOKEN = "plantrad-anteckning-7731"
EVERYBODY = ("ordforande", "ledamot", "slk", "admin", "radet", "registrator", "larare", "direktor")


@pytest.fixture
def group(city: SmallCity) -> SmallCity:
    """The city with two initiatives admitted, and its area's list open."""
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="Två till.")
    small.admitted(city, "Första")
    small.admitted(city, "Andra")
    return city


def give(city: SmallCity, name: str, points: int | None, note: str = "") -> None:
    """A member's scores: the same of everything that waits."""
    area, actor = city.round_area, city.people[name]
    services.save_scores(
        area=area,
        actor=actor,
        scores=[
            Given(candidacy.pk, criterion.pk, points, note)
            for candidacy in selectors.to_judge(area, actor)
            for criterion in selectors.criteria_of(area)
        ],
    )


def hand_in(city: SmallCity, name: str, points: int | None, note: str = "") -> None:
    """A member's whole judgement."""
    give(city, name, points, note)
    services.submit_sheet(area=city.round_area, actor=city.people[name])


def open_it(city: SmallCity) -> Assessment:
    return services.open_scores(area=city.round_area, actor=city.people["ordforande"])


def test_nobody_reads_anothers_scores_before_the_opening(group: SmallCity) -> None:
    hand_in(group, "ledamot", 5, TOKEN)
    for name in EVERYBODY:
        reader = group.people[name]
        assert not selectors.opened_scores(group.round_area, reader).exists()
        if name != "ledamot":
            assert selectors.own_sheet(group.round_area, reader).scores == {}
    assert selectors.values_of(group.round_area) == {}
    assert selectors.rankings_of(group.round_area) == []
    for model in (Score, ScoreSheet, MemberPlace):
        assert not model.objects.exists()


def test_a_member_reads_and_changes_the_own_sheet_until_then(group: SmallCity) -> None:
    hand_in(group, "ledamot", 5)
    give(group, "ledamot", None, "Jag vet för lite.")
    own = selectors.own_sheet(group.round_area, group.people["ledamot"])
    assert own.is_submitted
    assert set(own.scores.values()) == {(None, "Jag vet för lite.")}
    open_it(group)
    assert {row.points for row in Score.objects.all()} == {None}


def test_the_journal_tells_neither_what_nor_whose_nor_by_whom(group: SmallCity) -> None:
    before = set(JournalEntry.objects.values_list("pk", flat=True))
    hand_in(group, "ledamot", 4, TOKEN)
    new = JournalEntry.objects.exclude(pk__in=before)
    assert new.count() == 2
    for entry in new:
        assert entry.actor is None
        assert set(entry.after) == {"area"}
        assert not entry.before
        assert entry.reason == ""
        told = json.dumps([entry.after, entry.object_id, entry.subject, list(entry.rows)])
        assert TOKEN not in told
        assert "ledamot" not in told.lower()


def test_a_checksum_in_the_journal_cannot_be_tried_out(group: SmallCity) -> None:
    """Six possible scores would be tried in no time; a secret part of the row prevents it."""
    hand_in(group, "ledamot", 4)
    row = Score.everything.first()
    assert row is not None
    stored = {value for entry in JournalEntry.objects.all() for value in entry.rows.values()}
    known = [row.pk, row.sheet_id, row.candidacy_id, row.criterion_id]
    assert not stored & {digest([*known, points, ""]) for points in range(6)}
    assert digest([*known, 4, "", row.salt]) in stored
    assert len({score.salt for score in Score.everything.all()}) == Score.everything.count()


def test_only_this_room_knows_the_way_past_the_seal() -> None:
    def users() -> Iterator[str]:
        for top in ("casework", "site", "search", "docgen"):
            for path in (ROOT / top).rglob("*.py"):
                if re.search(r"\b(?:Score|ScoreSheet|MemberPlace)\.everything\b", path.read_text()):
                    yield path.relative_to(ROOT).as_posix()

    assert sorted(users()) == [
        "casework/assessment/selectors.py",
        "casework/assessment/services/judging.py",
    ]


def test_only_the_chair_opens_and_only_once_somebody_has_handed_in(group: SmallCity) -> None:
    give(group, "ledamot", 3)
    with pytest.raises(ValidationError, match="lämnat in"):
        open_it(group)
    services.submit_sheet(area=group.round_area, actor=group.people["ledamot"])
    for name in EVERYBODY[1:]:
        with pytest.raises(PermissionDenied):
            services.open_scores(area=group.round_area, actor=group.people[name])
    assert open_it(group).is_open


def test_what_was_not_handed_in_stays_its_members_own(group: SmallCity) -> None:
    hand_in(group, "ledamot", 2)
    give(group, "ordforande", 5, TOKEN)
    open_it(group)
    shown = selectors.opened_scores(group.round_area, group.people["ledamot"])
    assert {row.sheet.member.username for row in shown} == {"ledamot"}
    with pytest.raises(ValidationError):
        give_one_late(group)


def give_one_late(city: SmallCity) -> None:
    score = Score.objects.first()
    assert score is not None
    services.save_scores(
        area=city.round_area,
        actor=city.people["ordforande"],
        scores=[Given(score.candidacy_id, score.criterion_id, 1)],
    )


def test_only_the_group_reads_what_was_opened(group: SmallCity) -> None:
    hand_in(group, "ledamot", 2)
    open_it(group)
    for name in EVERYBODY:
        may = name in {"ordforande", "ledamot"}
        found = selectors.opened_scores(group.round_area, group.people[name])
        assert found.exists() == may


def test_what_is_admitted_later_is_sealed_anew(group: SmallCity) -> None:
    hand_in(group, "ledamot", 2)
    first = open_it(group)
    late = small.admitted(group, "Tredje")
    waiting = selectors.to_judge(group.round_area, group.people["ledamot"])
    assert [candidacy.initiative for candidacy in waiting] == [late]
    hand_in(group, "ledamot", 5)
    assert not Score.objects.filter(candidacy=small.candidacy_of(late)).exists()
    assert open_it(group).number == first.number + 1
    assert Score.objects.filter(candidacy=small.candidacy_of(late)).exists()


def test_an_incomplete_judgement_cannot_be_handed_in(group: SmallCity) -> None:
    with pytest.raises(ValidationError, match="saknas"):
        services.submit_sheet(area=group.round_area, actor=group.people["ledamot"])


def test_a_score_off_the_scale_or_of_something_else_is_refused(group: SmallCity) -> None:
    area, actor = group.round_area, group.people["ledamot"]
    (first, *_rest), (criterion, *_more) = (
        selectors.to_judge(area, actor),
        selectors.criteria_of(area),
    )
    elsewhere = Candidacy.objects.exclude(pk__in=[c.pk for c in [first, *_rest]]).first()
    assert elsewhere is not None
    for given in (
        Given(first.pk, criterion.pk, 6),
        Given(elsewhere.pk, criterion.pk, 3),
        Given(first.pk, 0, 3),
    ):
        with pytest.raises(ValidationError):
            services.save_scores(area=area, actor=actor, scores=[given])


def test_where_members_rank_their_places_are_sealed_as_well(group: SmallCity) -> None:
    area = group.round_area
    change_area(
        area=area,
        share=area.share,
        suggestion_by=SuggestionBy.RANKINGS,
        actor=group.people["slk"],
    )
    actor = group.people["ledamot"]
    places = {c.pk: n for n, c in enumerate(selectors.to_judge(area, actor), start=1)}
    services.save_places(area=area, actor=actor, places=dict.fromkeys(places, 1))
    services.save_places(area=area, actor=actor, places=places)
    services.submit_sheet(area=group.round_area, actor=actor)
    assert selectors.rankings_of(area) == []
    assert not MemberPlace.objects.exists()
    open_it(group)
    assert selectors.rankings_of(area) == [places]


def test_what_the_group_agrees_on_counts_instead_of_the_median(group: SmallCity) -> None:
    hand_in(group, "ledamot", 2)
    hand_in(group, "ordforande", 5)
    area, chair = group.round_area, group.people["ordforande"]
    (candidacy, other), (criterion, *_rest) = (
        selectors.to_judge(area, chair),
        selectors.criteria_of(area),
    )
    with pytest.raises(ValidationError, match="inte öppnade"):
        services.agree_scores(area=area, candidacy=candidacy, points={criterion.pk: 4}, actor=chair)
    open_it(group)
    services.agree_scores(area=area, candidacy=candidacy, points={criterion.pk: 4}, actor=chair)
    services.agree_scores(area=area, candidacy=candidacy, points={criterion.pk: 3}, actor=chair)
    values = selectors.values_of(area)
    assert values[candidacy.pk][criterion.pk] == 3
    assert values[other.pk][criterion.pk] == 3.5
    spreads = selectors.spreads_of(selectors.opened_scores(area, chair))
    assert spreads[candidacy.pk, criterion.pk].width == 3
    assert AgreedScore.objects.count() == 1


def test_how_sure_the_order_is_is_told_to_the_group_once_opened(group: SmallCity) -> None:
    area, chair = group.round_area, group.people["ordforande"]
    first, second = selectors.to_judge(area, chair)
    for name, better in (("ledamot", first), ("ordforande", second)):
        hand_in(group, name, 2)
        services.save_scores(
            area=area,
            actor=group.people[name],
            scores=[
                Given(better.pk, criterion.pk, 5 if name == "ledamot" else 3)
                for criterion in selectors.criteria_of(area)
            ],
        )
    assert selectors.sureness(area, chair) is None
    open_it(group)
    told = selectors.sureness(area, chair)
    assert told is not None
    assert told.candidacies == (first.pk, second.pk)
    assert told.weights.relation(0, 1) == Relation.SURELY_BEFORE
    assert told.weights.bands == [Band(1, 1), Band(2, 2)]
    assert told.members == [Band(1, 2), Band(1, 2)]
    assert selectors.sureness(area, group.people["slk"]) is None


def test_the_audit_finds_a_judgement_changed_past_the_services_and_shows_none(
    group: SmallCity,
) -> None:
    hand_in(group, "ledamot", 2, TOKEN)
    assert list(assessment_faults()) == []
    Score.everything.filter(points=2).update(points=5)
    faults = "\n".join(assessment_faults())
    assert "stämmer inte" in faults
    assert TOKEN not in faults
    assert "ledamot" not in faults.lower()


def test_every_column_of_a_judgement_is_audited(group: SmallCity) -> None:
    """Changed or taken away past the services, opened or sealed: the audit tells."""
    area = group.round_area
    for name, actor in (("ledamot", group.people["ledamot"]), ("ordforande", None)):
        hand_in(group, name, 2, "Sett.")
        if actor is not None:
            (first, *_rest) = selectors.to_judge(area, actor)
            services.save_places(area=area, actor=actor, places={first.pk: 1})
    open_it(group)
    criterion = selectors.criteria_of(area)[0]
    services.agree_scores(
        area=area,
        candidacy=first,
        points={criterion.pk: 3},
        note="Vi såg mer.",
        actor=group.people["ordforande"],
    )
    missed = []
    for model in (Assessment, ScoreSheet, Score, MemberPlace, AgreedScore):
        table = model._meta.db_table
        statements = [
            f"UPDATE {table} SET {column} = {changed(model, column)}"
            for column in columns_of(model)[1:]
        ]
        statements.append(f"DELETE FROM {table}")
        missed += [each for each in statements if not found(each, assessment_faults)]
    assert missed == []


def test_not_even_the_database_closes_or_moves_what_was_opened(group: SmallCity) -> None:
    hand_in(group, "ledamot", 2)
    assessment = open_it(group)
    with pytest.raises(IntegrityError, match="permanent"), transaction.atomic():
        Assessment.objects.filter(pk=assessment.pk).update(opened_at=None)
    with pytest.raises(IntegrityError, match="permanent"), transaction.atomic():
        ScoreSheet.everything.update(member=group.people["ordforande"])
    with triggers_off():
        ScoreSheet.everything.update(member=group.people["ordforande"])
    assert any("stämmer inte" in fault for fault in assessment_faults())
