# SPDX-License-Identifier: EUPL-1.2
"""Reading answers: the newest of each question, side by side, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casework.initiatives.answers import Answer, Named, is_answered, show_answer
from casework.initiatives.basis import YEARS, CostPlan, CostYear
from casework.initiatives.enums import BenefitGroup, Part, QuestionKind
from casework.initiatives.models import (
    AnswerSet,
    CostLine,
    FormVersion,
    Goal,
    Initiative,
    Question,
)

ORDER = (Part.OFFICE, Part.PREPARATION, Part.ORIGINATOR)
"""Whose answer counts where several have answered the same question: the later preparation's."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One question with what each part has answered, in words."""

    question: Question
    originator: str = ""
    preparation: str = ""
    office: str = ""

    @property
    def newest(self) -> str:
        """The answer that counts."""
        return self.office or self.preparation or self.originator

    @property
    def differs(self) -> bool:
        """Whether somebody has written something else beside the originator's words."""
        return len({text for text in (self.originator, self.preparation, self.office) if text}) > 1


@dataclass(frozen=True, slots=True)
class Reading:
    """The answers that code and documents need, typed; the newest of each."""

    title: str = ""
    need: str = ""
    proposal: str = ""
    benefits: dict[str, str] = field(default_factory=dict)
    cost_tkr: int | None = None
    goals: tuple[str, ...] = ()
    goal: str = ""
    effect: str = ""
    dependencies: str = ""
    contact: str = ""

    def benefit_list(self) -> list[tuple[str, str]]:
        """The groups that benefit, in the fixed order, each with what it gains (R49)."""
        return [
            (str(BenefitGroup(group).label), self.benefits[group])
            for group in BenefitGroup.values
            if group in self.benefits
        ]


def current_form() -> FormVersion:
    """The form in use (R43).

    Raises:
        ValidationError: the city has no form yet.
    """
    form = FormVersion.objects.in_use()
    if form is None:
        raise ValidationError(_("Staden har inget formulär för initiativ än."), code="form")
    return form


def newest_sets(initiative: Initiative) -> dict[str, AnswerSet]:
    """The newest revision of each part."""
    found: dict[str, AnswerSet] = {}
    for row in initiative.answer_sets.order_by("revision"):
        found[row.part] = row
    return found


def raw_answers(initiative: Initiative) -> dict[str, Answer]:
    """The newest answer of each question, whoever wrote it."""
    return raw_answers_of([initiative.pk])[initiative.pk]


def answers_of(initiative: Initiative, *, shown_to: Iterable[str] | None = None) -> list[Answered]:
    """Every question of the initiative's form with what was answered, side by side (R44)."""
    sets = newest_sets(initiative)
    wanted = set(shown_to) if shown_to is not None else None
    known = Named(initiative)
    rows = []
    for question in initiative.form_version.questions.all():
        if wanted is not None and question.shown_to not in wanted:
            continue
        words = {
            part: show_answer(question, sets[part].answers[question.key], known)
            if part in sets and question.key in sets[part].answers
            else ""
            for part in Part.values
        }
        rows.append(
            Answered(
                question,
                words[Part.ORIGINATOR],
                words[Part.PREPARATION],
                words[Part.OFFICE],
            )
        )
    return rows


def reading_of(initiative: Initiative) -> Reading:
    """The typed answers; of a form without one of the questions the field stays empty."""
    return readings_of([initiative])[initiative.pk]


def readings_of(initiatives: Iterable[Initiative]) -> dict[int, Reading]:
    """The typed answers of many, by primary key, in as few queries as of one (R44)."""
    wanted = {initiative.pk: initiative for initiative in initiatives}
    raw = raw_answers_of(wanted)
    questions = {
        (question.form_version_id, question.key): question
        for question in Question.objects.filter(
            form_version__in={row.form_version_id for row in wanted.values()}, key__in=_IN_WORDS
        )
    }
    chosen = {pk for answers in raw.values() for pk in _list(answers.get("goals"))}
    goals = {row.pk: str(row) for row in Goal.objects.filter(pk__in=chosen)} if chosen else {}
    found: dict[int, Reading] = {}
    for pk, initiative in wanted.items():
        answers = raw[pk]
        words = {
            key: show_answer(question, answers[key])
            for key in _IN_WORDS
            if key in answers
            and (question := questions.get((initiative.form_version_id, key))) is not None
        }
        named = [goals[goal] for goal in _list(answers.get("goals")) if goal in goals]
        benefits = answers.get("benefits")
        found[pk] = Reading(
            title=initiative.title,
            cost_tkr=initiative.cost_tkr,
            benefits=benefits if isinstance(benefits, dict) else {},
            need=words.get("need", ""),
            proposal=words.get("proposal", ""),
            goals=tuple(named),
            goal=words.get("goal", ""),
            effect=words.get("effect", ""),
            dependencies=words.get("dependencies", ""),
            contact=words.get("contact", ""),
        )
    return found


_IN_WORDS = ("need", "proposal", "goal", "effect", "dependencies", "contact")


def _list(value: Answer) -> list[str | int]:
    return list(value) if isinstance(value, list) else []


def raw_answers_of(wanted: Iterable[int]) -> dict[int, dict[str, Answer]]:
    """The newest answer of each question of each initiative, whoever wrote it."""
    keys = list(wanted)
    newest: dict[tuple[int, str], AnswerSet] = {}
    for row in AnswerSet.objects.filter(initiative__in=keys).order_by("revision"):
        newest[row.initiative_id, row.part] = row
    found: dict[int, dict[str, Answer]] = {pk: {} for pk in keys}
    for part in reversed(ORDER):
        for pk in keys:
            if (pk, part) in newest:
                answers = newest[pk, part].answers
                found[pk].update({k: value for k, value in answers.items() if is_answered(value)})
    return found


class Words(Mapping[str, str]):
    """An initiative's answers by the keys of their questions, each put into words when it is read.

    Pages compare hundreds of initiatives by a few of their answers.
    """

    def __init__(
        self,
        questions: Mapping[str, Question],
        answers: Mapping[str, Answer],
        goals: Mapping[int, str],
        named: Named,
    ) -> None:
        self._questions, self._answers = questions, answers
        self._goals, self._named = goals, named

    def __getitem__(self, key: str) -> str:
        question, answer = self._questions[key], self._answers[key]
        if question.kind == QuestionKind.GOALS:
            return "\n".join(self._goals[int(pk)] for pk in _list(answer) if pk in self._goals)
        return show_answer(question, answer, self._named)

    def __iter__(self) -> Iterator[str]:
        return (key for key in self._questions if key in self._answers)

    def __len__(self) -> int:
        return sum(1 for _key in self)


@dataclass(frozen=True, slots=True)
class Basis:
    """What an initiative is compared by (R44): its newest answers, in words and as numbers."""

    initiative: Initiative
    words: Words
    plan: CostPlan | None
    benefits: dict[str, dict[str, Any]]

    def level(self, group: str) -> int | None:
        """How large the benefit is for a group; None when nobody has judged it."""
        row = self.benefits.get(group)
        return int(row["level"]) if row else None

    @property
    def benefit_sum(self) -> int | None:
        """The levels of all groups together; None when none has been judged."""
        return sum(int(row["level"]) for row in self.benefits.values()) if self.benefits else None


def bases_of(initiatives: Iterable[Initiative]) -> list[Basis]:
    """What many initiatives are compared by, in as few queries as for one.

    Args:
        initiatives: in the order in which they are compared; ``affected`` is best prefetched.
    """
    rows = list(initiatives)
    raw = raw_answers_of(row.pk for row in rows)
    versions = {row.form_version_id for row in rows}
    questions: dict[int, dict[str, Question]] = {pk: {} for pk in versions}
    for question in Question.objects.filter(form_version__in=versions):
        questions[question.form_version_id][question.key] = question
    chosen = {pk for answers in raw.values() for pk in _list(answers.get("goals"))}
    goals = {row.pk: str(row) for row in Goal.objects.filter(pk__in=chosen)} if chosen else {}
    found = []
    for initiative in rows:
        answers = raw[initiative.pk]
        benefits = answers.get("benefit_scale")
        found.append(
            Basis(
                initiative=initiative,
                words=Words(
                    questions[initiative.form_version_id], answers, goals, Named(initiative)
                ),
                plan=CostPlan.of(answers.get("cost_plan")),
                benefits=benefits if isinstance(benefits, dict) else {},
            )
        )
    return found


def plans_of(
    initiatives: Iterable[int] | QuerySet[Any, Any], *, until: int = YEARS + 1
) -> dict[int, CostPlan]:
    """The cost plans of many initiatives by their keys, read from the rows made of the answers.

    Args:
        initiatives: their keys, or a query that gives them.
        until: the last year that is asked for; what comes after the plan's years is the last.
    """
    years: dict[int, list[CostYear]] = {}
    after: dict[int, int] = {}
    rows = CostLine.objects.filter(initiative__in=initiatives).order_by("initiative", "year")
    if until <= YEARS:
        rows = rows.filter(year__lte=until)
    for pk, year, *money in rows.values_list(
        "initiative", "year", "one_off_tkr", "running_tkr", "own_tkr", "external_tkr"
    ):
        if year > YEARS:
            after[pk] = money[1]
        else:
            years.setdefault(pk, []).append(CostYear(year, *money))
    return {pk: CostPlan(tuple(told), after.get(pk, 0)) for pk, told in years.items()}


def questions_of(initiatives: Iterable[Initiative]) -> list[Question]:
    """The questions of their form versions, each key once, the newest version's wording first."""
    versions = {row.form_version_id for row in initiatives}
    rows = Question.objects.filter(form_version__in=versions).order_by(
        "-form_version__version", "step", "position", "pk"
    )
    found: dict[str, Question] = {}
    for question in rows:
        found.setdefault(question.key, question)
    return list(found.values())


def missing_answers(initiative: Initiative, purpose: str) -> dict[str, str]:
    """The questions that need an answer and have none, each with the sentence at its field.

    Args:
        purpose: ``send`` for the originator's, ``prepare`` for the contact person's.
    """
    return missing_among(
        list(initiative.form_version.questions.all()), raw_answers(initiative), purpose
    )


def missing_among(
    questions: Iterable[Question], answers: Mapping[str, Answer], purpose: str
) -> dict[str, str]:
    """The same of questions and answers that the caller has read already, for many at once."""
    needed = [
        question
        for question in questions
        if question.required_to_send or (purpose == "prepare" and question.required_to_prepare)
    ]
    return {
        question.key: question.missing
        or _("Besvara frågan ”%(label)s”.") % {"label": question.label}
        for question in needed
        if not is_answered(answers.get(question.key))
    }


def diff_of_versions(old: FormVersion, new: FormVersion) -> list[tuple[str, str, str]]:
    """What a new form version changes: (question, what it was, what it is)."""
    fields = (
        "label",
        "help",
        "example",
        "kind",
        "part",
        "step",
        "required_to_send",
        "required_to_prepare",
        "shown_to",
        "choices",
    )
    before = {question.key: question for question in old.questions.all()}
    after = {question.key: question for question in new.questions.all()}
    rows = []
    for key, question in after.items():
        if key not in before:
            rows.append((question.label, "", _("Ny fråga")))
            continue
        for name in fields:
            if getattr(before[key], name) != getattr(question, name):
                label = _words_of_field(name)
                was, now = _words_of_value(before[key], name), _words_of_value(question, name)
                rows.append((f"{question.label}: {label}", was, now))
    rows += [(q.label, _("Fanns"), "") for key, q in before.items() if key not in after]
    return rows


def _words_of_value(question: Question, name: str) -> str:
    """What a field of a question holds, in words: never a code."""
    value = getattr(question, name)
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if isinstance(value, list):
        return ", ".join(str(words) for _code, words in value)
    shown = getattr(question, f"get_{name}_display", None)
    return str(shown() if shown else value)


def _words_of_field(name: str) -> str:
    field = Question._meta.get_field(name)
    assert isinstance(field, models.Field)
    return str(field.verbose_name).capitalize()
