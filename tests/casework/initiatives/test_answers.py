# SPDX-License-Identifier: EUPL-1.2
"""Questions are data, and everybody writes beside the others (R27, R43, R44, R51)."""

from __future__ import annotations

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from pytest_django import DjangoAssertNumQueries

from casework.initiatives.enums import FollowerRole, Freeze, Part, QuestionKind, ScopeReason
from casework.initiatives.models import FormVersion, Initiative
from casework.initiatives.rendering import frozen_text
from casework.initiatives.selectors import (
    answers_of,
    diff_of_versions,
    missing_answers,
    reading_of,
    readings_of,
)
from casework.initiatives.services import (
    QuestionRow,
    begin,
    draft_form,
    follow,
    freeze,
    save_form,
    suggest_scope,
    take_form_into_use,
    unfollow,
    write_answers,
)
from casework.preset.loader import questions_of
from tests.casework.bodies import Bodies

FULL = {
    "title": "Gemensam frånvaroanmälan",
    "kind": "new",
    "need": "Samtalen tar tid från lektionerna.",
    "benefits": {"citizens": "Slipper telefonkö."},
    "cost_tkr": "1 250",
    "is_eservice": True,
}


def _begun(city: Bodies) -> Initiative:
    initiative = begin(actor=city["larare"])
    write_answers(
        initiative=initiative,
        part=Part.ORIGINATOR,
        answers={**FULL, "affected": city.administrations[:2]},
        actor=city["larare"],
    )
    return initiative


def _prepare(city: Bodies, initiative: Initiative, **answers: object) -> None:
    write_answers(
        initiative=initiative, part=Part.PREPARATION, answers=answers, actor=city["kontakt"]
    )


def test_answers_are_read_out_into_the_columns(bodies_city: Bodies) -> None:
    city = bodies_city
    initiative = _begun(city)
    initiative.refresh_from_db()
    assert (initiative.title, initiative.kind, initiative.cost_tkr) == (FULL["title"], "new", 1250)
    assert initiative.is_eservice
    assert set(initiative.affected.all()) == set(city.administrations[:2])
    reading = reading_of(initiative)
    assert reading.need == FULL["need"]
    assert reading.benefit_list() == [("Medborgare", "Slipper telefonkö.")]


def test_nobody_writes_over_the_originators_words(bodies_city: Bodies) -> None:
    city = bodies_city
    initiative = _begun(city)
    _prepare(city, initiative, need="Behovet, kortare.", service_area=city.area)
    row = next(row for row in answers_of(initiative) if row.question.key == "need")
    assert (row.originator, row.preparation) == (FULL["need"], "Behovet, kortare.")
    assert row.differs
    assert reading_of(initiative).need == "Behovet, kortare."
    assert Initiative.objects.get(pk=initiative.pk).service_area == city.area
    _prepare(city, initiative, need="")
    assert reading_of(initiative).need == FULL["need"]


@pytest.mark.parametrize(
    ("part", "name"),
    [
        (Part.ORIGINATOR, "kontakt"),
        (Part.ORIGINATOR, "kollega"),
        (Part.PREPARATION, "larare"),
        (Part.PREPARATION, "kontakt_social"),
        (Part.OFFICE, "kontakt"),
        (Part.OFFICE, "handlaggare"),
    ],
)
def test_each_part_has_its_writer(bodies_city: Bodies, part: str, name: str) -> None:
    city = bodies_city
    initiative = _begun(city)
    with pytest.raises(PermissionDenied):
        write_answers(initiative=initiative, part=part, answers={"need": "Mitt."}, actor=city[name])


def test_a_value_that_does_not_fit_is_told_at_its_field(bodies_city: Bodies) -> None:
    city = bodies_city
    initiative = begin(actor=city["larare"])
    with pytest.raises(ValidationError) as caught:
        write_answers(
            initiative=initiative,
            part=Part.ORIGINATOR,
            answers={
                "title": "x" * 201,
                "cost_tkr": "mycket",
                "kind": "old",
                "benefits": {"cats": "Mat."},
                "affected": [999],
                "colour": "röd",
            },
            actor=city["larare"],
        )
    assert set(caught.value.message_dict) == {
        "title",
        "cost_tkr",
        "kind",
        "benefits",
        "affected",
        "colour",
    }


def test_what_is_missing_has_a_sentence_at_its_question(bodies_city: Bodies) -> None:
    city = bodies_city
    initiative = begin(actor=city["larare"])
    missing = missing_answers(initiative, "send")
    assert missing["need"] == "Beskriv behovet."
    assert "goal" not in missing
    initiative = _begun(city)
    assert missing_answers(initiative, "send") == {}
    assert set(missing_answers(initiative, "prepare")) == {"service_area", "goal", "effect"}


def test_frozen_answers_never_change(bodies_city: Bodies) -> None:
    city = bodies_city
    initiative = _begun(city)
    (frozen,) = freeze(initiative=initiative, occasion=Freeze.SUBMIT, actor=city["larare"])
    write_answers(
        initiative=initiative,
        part=Part.ORIGINATOR,
        answers={"need": "Ändrat."},
        actor=city["larare"],
    )
    frozen.refresh_from_db()
    assert frozen.answers["need"] == FULL["need"]
    newest = initiative.answer_sets.get(frozen_at=None)
    assert (newest.revision, newest.answers["title"]) == (2, FULL["title"])
    rows = initiative.answer_sets.filter(pk=frozen.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(answers={})
    with pytest.raises(DatabaseError), transaction.atomic():
        rows._raw_delete(rows.db)


def test_record_one_is_the_questions_and_answers_in_words(bodies_city: Bodies) -> None:
    city = bodies_city
    initiative = _begun(city)
    _prepare(city, initiative, service_area=city.area)
    sets = freeze(initiative=initiative, occasion=Freeze.REGISTER, actor=city["kontakt"])
    text = "\n\n".join(frozen_text(row) for row in sets)
    for words in (
        "Vilket behov finns?",
        str(FULL["need"]),
        "Nyutveckling",
        "1\u00a0250\u00a0tkr",
        "Medborgare: Slipper telefonkö.",
        "Socialförvaltningen",
        "Pedagogiska området",
    ):
        assert words in text


def test_r43_a_city_adds_a_question_without_code(bodies_city: Bodies) -> None:
    city, admin = bodies_city, bodies_city["admin"]
    before = _begun(city)
    draft = draft_form(actor=admin)
    own = [
        QuestionRow(
            key="ai",
            kind=QuestionKind.YES_NO,
            label="Används AI?",
        ),
        QuestionRow(
            key="extra",
            kind=QuestionKind.CHOICE,
            label="Hur stor är risken?",
            choices=[["low", "Liten"], ["high", "Stor"]],
            required_to_send=True,
        ),
    ]
    save_form(
        form_version=draft,
        name="Initiativ",
        large_budget_tkr=1000,
        questions=[*questions_of(), *own],
        actor=admin,
    )
    old = FormVersion.objects.in_use()
    assert old is not None
    assert [row[0] for row in diff_of_versions(old, draft)] == [row.label for row in own]
    take_form_into_use(form_version=draft, actor=admin)
    assert missing_answers(before, "send") == {}
    after = _begun(city)
    assert missing_answers(after, "send") == {"extra": "Besvara frågan ”Hur stor är risken?”."}
    write_answers(
        initiative=after, part=Part.ORIGINATOR, answers={"extra": "low"}, actor=city["larare"]
    )
    assert missing_answers(after, "send") == {}
    shown = {row.question.key: row.newest for row in answers_of(after)}
    assert shown["extra"] == "Liten"


def test_a_form_in_use_is_not_changed_and_keeps_the_needed_questions(bodies_city: Bodies) -> None:
    city, admin = bodies_city, bodies_city["admin"]
    used = FormVersion.objects.in_use()
    assert used is not None
    change = partial(save_form, name="Initiativ", large_budget_tkr=1000, actor=admin)
    with pytest.raises(ValidationError, match="Börja ett nytt utkast"):
        change(form_version=used, questions=questions_of())
    draft = draft_form(actor=admin)
    fewer = [row for row in questions_of() if row.key != "title"]
    with pytest.raises(ValidationError, match="title"):
        change(form_version=draft, questions=fewer)
    with pytest.raises(PermissionDenied):
        draft_form(actor=city["kontakt"])


def test_r2_the_own_administration_counts_and_r3_the_form_says_what_is_large(
    bodies_city: Bodies,
) -> None:
    city = bodies_city
    initiative = begin(actor=city["larare"])
    own, other, _third = city.administrations
    for affected, cost, reason in (
        ([own], 4999, ScopeReason.LOCAL),
        ([own], 5000, ScopeReason.LARGE),
        ([other], 10, ScopeReason.CROSS),
    ):
        write_answers(
            initiative=initiative,
            part=Part.ORIGINATOR,
            answers={"affected": affected, "cost_tkr": cost},
            actor=city["larare"],
        )
        initiative.refresh_from_db()
        assert suggest_scope(initiative) == reason


def test_several_follow_and_may_stop(bodies_city: Bodies) -> None:
    city = bodies_city
    initiative = _begun(city)
    with pytest.raises(PermissionDenied):
        follow(
            initiative=initiative,
            user=city["kollega"],
            role=FollowerRole.CO_AUTHOR,
            actor=city["kollega"],
        )
    row = follow(
        initiative=initiative,
        user=city["kollega"],
        role=FollowerRole.CO_AUTHOR,
        actor=city["larare"],
    )
    assert [r.user for r in initiative.current_followers()] == [city["larare"], city["kollega"]]
    unfollow(follower=row, actor=city["kollega"])
    assert [r.user for r in initiative.current_followers()] == [city["larare"]]
    with pytest.raises(ValidationError):
        unfollow(follower=initiative.current_followers()[0], actor=city["larare"])


def test_a_co_author_writes_with_the_originator(bodies_city: Bodies) -> None:
    city = bodies_city
    initiative = _begun(city)
    follow(
        initiative=initiative,
        user=city["kollega"],
        role=FollowerRole.CO_AUTHOR,
        actor=city["larare"],
    )
    write_answers(
        initiative=initiative,
        part=Part.ORIGINATOR,
        answers={"proposal": "En tjänst för alla skolor."},
        actor=city["kollega"],
    )
    assert reading_of(initiative).proposal == "En tjänst för alla skolor."


def test_r44_many_are_read_in_as_few_queries_as_one(
    bodies_city: Bodies, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    city = bodies_city
    many = [_begun(city) for _number in range(4)]
    for initiative in many:
        _prepare(city, initiative, need="Behovet, kortare.")
    with django_assert_max_num_queries(3):
        found = readings_of(many)
    assert all(found[row.pk] == reading_of(many[0]) for row in many)
