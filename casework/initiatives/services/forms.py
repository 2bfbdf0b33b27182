# SPDX-License-Identifier: EUPL-1.2
"""Form versions and goals: the city's own words, changed without code (R43, R50, R51)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.initiatives import events
from casework.initiatives.enums import (
    KNOWN_KEYS,
    TABLE_KEYS,
    FormState,
    Part,
    QuestionKind,
    ShownTo,
)
from casework.initiatives.models import FormVersion, Goal, Question
from casework.journal.services import log
from casework.organisation.models import User
from casework.organisation.permissions import require_administrator


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question as it is to be."""

    key: str
    kind: str
    label: str
    part: str = Part.ORIGINATOR
    step: int = 1
    help: str = ""
    example: str = ""
    choices: list[list[str]] = field(default_factory=list)
    required_to_send: bool = False
    required_to_prepare: bool = False
    missing: str = ""
    shown_to: str = ShownTo.ALL


@transaction.atomic
def draft_form(*, actor: User | None, based_on: FormVersion | None = None) -> FormVersion:
    """The draft there is, or a new version with the questions of another (R43, R51)."""
    require_administrator(actor)
    draft = FormVersion.objects.filter(state=FormState.DRAFT).first()
    if draft is not None:
        return draft
    newest = FormVersion.objects.first()
    source = based_on or FormVersion.objects.in_use()
    draft = FormVersion.objects.create(
        version=(newest.version if newest else 0) + 1,
        name=source.name if source else _("Initiativ"),
        large_budget_tkr=source.large_budget_tkr if source else 5_000,
        based_on=source,
    )
    if source is not None:
        Question.objects.bulk_create(
            _copied(question, draft) for question in source.questions.all()
        )
    log(events.FORM_SAVED, draft, actor=actor, after={"form": str(draft)})
    return draft


@transaction.atomic
def save_form(
    *,
    form_version: FormVersion,
    name: str,
    large_budget_tkr: int,
    questions: Sequence[QuestionRow],
    actor: User | None,
) -> FormVersion:
    """Save a draft's questions. A version that was in use is never changed.

    Raises:
        PermissionDenied: only the administrator.
        ValidationError: the version is in use, a key is there twice or lacks its kind, or a
            question that the product needs is missing.
    """
    require_administrator(actor)
    if form_version.state != FormState.DRAFT:
        raise ValidationError(_("Versionen används. Börja ett nytt utkast."), code="state")
    keys = [row.key for row in questions]
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        raise ValidationError(
            _("Nyckeln ”%(key)s” finns flera gånger.") % {"key": sorted(twice)[0]}, code="twice"
        )
    kinds = {row.key: row.kind for row in questions}
    for key, kind in (KNOWN_KEYS | TABLE_KEYS).items():
        if key not in kinds and key in TABLE_KEYS:
            continue
        if key not in kinds:
            raise ValidationError(
                _("Frågan med nyckeln ”%(key)s” behövs i varje formulär.") % {"key": key},
                code="needed",
            )
        if kinds[key] != kind:
            raise ValidationError(
                _("Frågan ”%(key)s” ska ha svar av slaget ”%(kind)s”.")
                % {"key": key, "kind": kind.label},
                code="kind",
            )
    form_version.name, form_version.large_budget_tkr = name, large_budget_tkr
    form_version.save()
    form_version.questions.all().delete()
    rows = [
        Question(
            form_version=form_version,
            position=position,
            **{name: getattr(row, name) for name in QuestionRow.__slots__},
        )
        for position, row in enumerate(questions, start=1)
    ]
    for row in rows:
        row.full_clean(exclude=["form_version"], validate_constraints=False)
        if row.kind in {QuestionKind.CHOICE, QuestionKind.MULTI_CHOICE} and (
            not row.choices and row.key != "kind"
        ):
            raise ValidationError(
                _("Frågan ”%(label)s” behöver svarsalternativ.") % {"label": row.label},
                code="choices",
            )
    Question.objects.bulk_create(rows)
    log(events.FORM_SAVED, form_version, actor=actor, after={"form": str(form_version)})
    return form_version


@transaction.atomic
def take_form_into_use(*, form_version: FormVersion, actor: User | None) -> FormVersion:
    """Let a draft be the form from today; initiatives that were begun keep theirs (R51).

    Raises:
        PermissionDenied: only the administrator.
        ValidationError: it is no draft, or has no questions.
    """
    require_administrator(actor)
    if form_version.state != FormState.DRAFT:
        raise ValidationError(_("Versionen är redan tagen i bruk."), code="state")
    if not form_version.questions.exists():
        raise ValidationError(_("Formuläret har inga frågor."), code="empty")
    FormVersion.objects.filter(state=FormState.IN_USE).update(state=FormState.RETIRED)
    form_version.state = FormState.IN_USE
    form_version.valid_from = timezone.localdate()
    form_version.save(update_fields=["state", "valid_from"])
    log(events.FORM_TAKEN_INTO_USE, form_version, actor=actor, after={"form": str(form_version)})
    return form_version


@transaction.atomic
def keep_goal(
    *,
    code: str,
    title: str,
    actor: User | None,
    goal: Goal | None = None,
    valid_from: dt.date | None = None,
    valid_until: dt.date | None = None,
) -> Goal:
    """Add or change one of the city's goals (R50)."""
    require_administrator(actor)
    goal = goal or Goal()
    goal.code, goal.title = code.strip(), title.strip()
    goal.valid_from = valid_from or goal.valid_from
    goal.valid_until = valid_until
    goal.full_clean()
    goal.save()
    log(events.GOAL_KEPT, goal, actor=actor, after={"goal": str(goal)})
    return goal


def _copied(question: Question, form_version: FormVersion) -> Question:
    question.pk = None
    question._state.adding = True
    question.form_version = form_version
    return question
