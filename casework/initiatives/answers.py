# SPDX-License-Identifier: EUPL-1.2
"""Checking and showing one answer, by the kind of its question (R43).

An answer is stored as plain JSON: text, a whole number of thousands of kronor, true or false, a
code, a list of codes or of primary keys, ``{group: text}`` for the groups that benefit, or one of
the two tables of :mod:`casework.initiatives.basis`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casework.initiatives.basis import (
    clean_benefit_scale,
    clean_cost_plan,
    in_tkr,
    read_tkr,
    show_benefit_scale,
    show_cost_plan,
)
from casework.initiatives.enums import BenefitGroup, InitiativeKind, QuestionKind
from casework.organisation.models import Administration, ServiceArea

if TYPE_CHECKING:
    from casework.initiatives.models import Initiative, Question

Answer: TypeAlias = str | int | bool | list[str] | list[int] | dict[str, Any] | None

MAX_TEXT = 200
MAX_LONG_TEXT = 20_000


def clean_answer(question: Question, value: object) -> Answer:
    """The answer in the form in which it is stored.

    Raises:
        ValidationError: it does not fit the question; the sentence says what does.
    """
    kind = QuestionKind(question.kind)
    if value is None or value in ("", [], {}):
        return False if kind is QuestionKind.YES_NO else _empty(kind)
    if kind in {QuestionKind.TEXT, QuestionKind.LONG_TEXT}:
        limit = MAX_TEXT if kind is QuestionKind.TEXT else MAX_LONG_TEXT
        text = str(value).strip() if kind is QuestionKind.TEXT else str(value)
        if len(text) > limit:
            raise ValidationError(
                _("Texten är %(count)s tecken. Högst %(limit)s får plats.")
                % {"count": len(text), "limit": limit}
            )
        return text
    if kind is QuestionKind.AMOUNT:
        return read_tkr(value)
    if kind is QuestionKind.COST_PLAN:
        return clean_cost_plan(value)
    if kind is QuestionKind.BENEFIT_SCALE:
        return clean_benefit_scale(value)
    if kind is QuestionKind.YES_NO:
        return bool(value)
    if kind is QuestionKind.CHOICE:
        codes = [code for code, _words in choices_of(question)]
        if str(value) not in codes:
            raise ValidationError(_("Välj ett av alternativen."))
        return str(value)
    if kind is QuestionKind.GROUPS:
        return _groups(value)
    if kind is QuestionKind.AREA:
        pk = value.pk if isinstance(value, ServiceArea) else value
        if not str(pk).isdecimal() or not ServiceArea.objects.filter(pk=int(str(pk))).exists():
            raise ValidationError(_("Välj ett tjänsteområde."))
        return int(str(pk))
    return _several(question, kind, value)


def choices_of(question: Question) -> list[tuple[str, str]]:
    """The alternatives of a question with choices; those of the known key are the product's."""
    if question.key == "kind":
        own = {str(code): str(words) for code, words in question.choices}
        return [(str(c), own.get(str(c), str(label))) for c, label in InitiativeKind.choices]
    return [(str(code), str(words)) for code, words in question.choices]


def is_answered(value: Answer) -> bool:
    """Whether there is an answer; no is one too, an empty text is none."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value not in ([], {})


class Named:
    """The area and the förvaltningar that an initiative's answers name, each looked up once.

    They are mostly those that the initiative stands with already; the rest is asked for.
    """

    def __init__(self, initiative: Initiative | None = None) -> None:
        self._initiative = initiative

    def area(self, pk: int) -> str:
        """The name of an area; empty when there is none."""
        if self._initiative is not None and self._initiative.service_area_id == pk:
            return str(self._initiative.service_area)
        return str(ServiceArea.objects.filter(pk=pk).first() or "")

    def administrations(self, pks: Collection[object]) -> list[str]:
        """The names of förvaltningar, in the order of their names."""
        known = {row.pk: row for row in self._affected}
        if not known.keys() >= set(pks):
            known = Administration.objects.in_bulk([pk for pk in pks if isinstance(pk, int)])
        return [str(row) for row in sorted(known.values(), key=_name) if row.pk in pks]

    @cached_property
    def _affected(self) -> list[Administration]:
        return list(self._initiative.affected.all()) if self._initiative is not None else []


def _name(row: Administration) -> str:
    return row.name


def show_answer(question: Question, value: Answer, named: Named | None = None) -> str:
    """The answer in words, one line per part."""
    named = named or Named()
    kind = QuestionKind(question.kind)
    if kind is QuestionKind.YES_NO:
        return _("Ja") if value else _("Nej")
    if not is_answered(value):
        return ""
    if kind is QuestionKind.AMOUNT and isinstance(value, int):
        return in_tkr(value)
    if kind is QuestionKind.COST_PLAN:
        return show_cost_plan(value)
    if kind is QuestionKind.BENEFIT_SCALE:
        return show_benefit_scale(question, value)
    if kind is QuestionKind.GROUPS and isinstance(value, dict):
        return "\n".join(
            f"{BenefitGroup(group).label}: {value[group]}"
            if value[group]
            else str(BenefitGroup(group).label)
            for group in BenefitGroup.values
            if group in value
        )
    if kind is QuestionKind.CHOICE:
        return dict(choices_of(question)).get(str(value), str(value))
    if kind is QuestionKind.MULTI_CHOICE and isinstance(value, list):
        words = dict(choices_of(question))
        return "\n".join(words.get(str(code), str(code)) for code in value)
    if kind is QuestionKind.AREA and isinstance(value, int):
        return named.area(value)
    if kind is QuestionKind.ADMINISTRATIONS and isinstance(value, list):
        return ", ".join(named.administrations(value))
    if kind is QuestionKind.GOALS and isinstance(value, list):
        from casework.initiatives.models import Goal

        return "\n".join(str(row) for row in Goal.objects.filter(pk__in=value))
    return str(value)


def _empty(kind: QuestionKind) -> Answer:
    if kind in {QuestionKind.MULTI_CHOICE, QuestionKind.ADMINISTRATIONS, QuestionKind.GOALS}:
        return []
    if kind in {QuestionKind.GROUPS, QuestionKind.BENEFIT_SCALE, QuestionKind.COST_PLAN}:
        return {}
    return None if kind in {QuestionKind.AMOUNT, QuestionKind.AREA} else ""


def _groups(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping) or not set(value) <= set(BenefitGroup.values):
        raise ValidationError(_("Okänd grupp."), code="group")
    return {str(group): str(text).strip() for group, text in value.items()}


def _several(question: Question, kind: QuestionKind, value: object) -> Answer:
    rows = list(value) if isinstance(value, Sequence) and not isinstance(value, str) else None
    if rows is None:
        rows = list(value) if hasattr(value, "__iter__") and not isinstance(value, str) else [value]
    if kind is QuestionKind.MULTI_CHOICE:
        codes = [str(row) for row in rows]
        known = {code for code, _words in choices_of(question)}
        if not set(codes) <= known:
            raise ValidationError(_("Välj bland alternativen."))
        return codes
    keys = [row.pk if hasattr(row, "pk") else row for row in rows]
    if not all(str(key).isdecimal() for key in keys):
        raise ValidationError(_("Välj bland alternativen."))
    wanted = [int(str(key)) for key in keys]
    if kind is QuestionKind.ADMINISTRATIONS:
        found = set(Administration.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    else:
        from casework.initiatives.models import Goal

        found = set(Goal.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    if set(wanted) - found:
        raise ValidationError(_("Välj bland alternativen."))
    return wanted
