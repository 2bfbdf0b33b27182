# SPDX-License-Identifier: EUPL-1.2
"""Writing and freezing answers. Whether it is the time to write is process' to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.initiatives import events
from casework.initiatives.answers import Answer, clean_answer, is_answered, show_answer
from casework.initiatives.basis import CostPlan
from casework.initiatives.enums import (
    IN_SCOPE,
    BenefitGroup,
    FollowerRole,
    Freeze,
    Part,
    ScopeReason,
)
from casework.initiatives.models import (
    AnswerSet,
    Batch,
    BenefitLine,
    CostLine,
    Follower,
    Initiative,
)
from casework.initiatives.permissions import require_liaison, require_writer
from casework.initiatives.selectors import current_form, newest_sets, raw_answers
from casework.journal.digests import digests_of
from casework.journal.services import log
from casework.organisation.models import Administration, ServiceArea, User
from casework.register.services import write_texts


@transaction.atomic
def begin(*, actor: User, administration: Administration | None = None) -> Initiative:
    """Begin an initiative on the form in use, in the person's förvaltning (R21).

    Raises:
        ValidationError: the person belongs to no förvaltning, so nobody could receive it (R46).
    """
    administration = administration or actor.administration
    if administration is None:
        raise ValidationError(
            _("Ditt konto hör inte till någon förvaltning. Be administratören rätta det."),
            code="administration",
        )
    initiative = Initiative.objects.create(
        form_version=current_form(), originator=actor, administration=administration
    )
    Follower.objects.create(initiative=initiative, user=actor, role=FollowerRole.ORIGINATOR)
    return initiative


@transaction.atomic
def write_answers(
    *, initiative: Initiative, part: str, answers: Mapping[str, object], actor: User
) -> AnswerSet:
    """Save answers of one part; drafts may have gaps. A frozen set stays, a new revision begins.

    Answers to questions that the form does not have are refused, so that no typed text is lost
    without a word.

    Raises:
        PermissionDenied: the part is another's.
        ValidationError: an answer does not fit its question; one message per field.
    """
    require_writer(part, actor, initiative)
    questions = {question.key: question for question in initiative.form_version.questions.all()}
    cleaned: dict[str, Answer] = {}
    faults: dict[str, list[str]] = {}
    for key, value in answers.items():
        question = questions.get(key)
        if question is None:
            faults[key] = [_("Frågan finns inte i formuläret.")]
            continue
        try:
            cleaned[key] = clean_answer(question, value)
        except ValidationError as error:
            faults[key] = error.messages
    if faults:
        raise ValidationError(faults)
    draft = _draft(initiative, part, actor)
    before = {
        key: draft.answers.get(key) for key in cleaned if draft.answers.get(key) != cleaned[key]
    }
    draft.answers = {**draft.answers, **cleaned}
    draft.author, draft.saved_at = actor, timezone.now()
    draft.save()
    _project(initiative)
    log(
        events.SAVED,
        draft,
        actor=actor,
        about=initiative,
        before=before,
        after={key: cleaned[key] for key in before} | {"part": part},
    )
    if initiative.case is not None:
        write_answer_texts(initiative)
    return draft


def copy_answers(*, source: Initiative, target: Initiative, actor: User) -> AnswerSet:
    """Write into a draft what the originator of another once answered, where it still fits."""
    written = newest_sets(source).get(Part.ORIGINATOR)
    fits: dict[str, object] = {}
    for question in target.form_version.questions.filter(part=Part.ORIGINATOR):
        answer = written.answers.get(question.key) if written else None
        try:
            if is_answered(clean_answer(question, answer)):
                fits[question.key] = answer
        except ValidationError:
            continue
    return write_answers(initiative=target, part=Part.ORIGINATOR, answers=fits, actor=actor)


@transaction.atomic
def freeze(*, initiative: Initiative, occasion: str, actor: User) -> list[AnswerSet]:
    """Keep the answers as they stand: nothing of them changes after this (TF, R43).

    Returns:
        The newest frozen set of every part.
    """
    now = timezone.now()
    drafts = list(initiative.answer_sets.filter(frozen_at=None))
    for draft in drafts:
        draft.frozen_at, draft.frozen_for = now, Freeze(occasion)
        draft.save(update_fields=["frozen_at", "frozen_for"])
        log(
            events.FROZEN,
            draft,
            actor=actor,
            about=initiative,
            after={"part": draft.part, "revision": draft.revision, "for": str(occasion)},
            rows=digests_of(draft, initiative),
        )
    newest: dict[str, AnswerSet] = {}
    for row in initiative.answer_sets.select_related("form_version").order_by("revision"):
        newest[row.part] = row
    return [newest[part] for part in Part.values if part in newest]


def write_answer_texts(initiative: Initiative) -> None:
    """Let the answers be found by a sentence in them: the case's searchable text."""
    case = initiative.case
    if case is None:
        return
    answers = raw_answers(initiative)
    write_texts(
        case=case,
        kind="answer",
        texts={
            question.key: show_answer(question, answers.get(question.key))
            for question in initiative.form_version.questions.all()
        },
    )


@transaction.atomic
def note_scope(*, initiative: Initiative, reason: str, inside: bool, actor: User) -> None:
    """Keep why the officer found the initiative inside or outside the model (R1–R4).

    Raises:
        ValidationError: the reason points the other way.
    """
    if (reason in IN_SCOPE) != inside:
        raise ValidationError({"ground": _("Grunden stämmer inte med bedömningen.")})
    before = initiative.scope_reason
    initiative.scope_reason = reason
    initiative.save(update_fields=["scope_reason"])
    log(
        events.SCOPE_NOTED,
        initiative,
        actor=actor,
        before={"scope_reason": before},
        after={"scope_reason": reason},
    )


def suggest_scope(initiative: Initiative) -> ScopeReason:
    """What R1–R4 point to; a suggestion only, a named person decides (KL 6:38).

    The own förvaltning counts among those it concerns (R2).
    """
    concerned = set(initiative.affected.values_list("pk", flat=True))
    concerned.add(initiative.administration_id)
    if len(concerned) >= 2:
        return ScopeReason.CROSS
    if (initiative.cost_tkr or 0) >= initiative.form_version.large_budget_tkr:
        return ScopeReason.LARGE
    return ScopeReason.LOCAL


@transaction.atomic
def create_batch(
    *,
    administration: Administration,
    initiatives: Sequence[Initiative],
    actor: User,
    message: str = "",
) -> Batch:
    """A förvaltning's compilation (R28, R55): what is sent together, with a message.

    What is sent again after it was sent back stands in both; each sending is kept.

    Raises:
        PermissionDenied: only the förvaltning's contact person compiles.
    """
    require_liaison(actor, administration)
    batch = Batch.objects.create(
        administration=administration,
        sent_by=actor,
        sent_at=timezone.now(),
        message=message.strip(),
    )
    for initiative in initiatives:  # one by one: their rows keep the order in which they are sent
        batch.initiatives.add(initiative)
    log(
        events.BATCH_SENT,
        batch,
        actor=actor,
        after={"initiatives": [row.pk for row in initiatives]},
        reason=message,
    )
    return batch


def _draft(initiative: Initiative, part: str, actor: User) -> AnswerSet:
    """The part's draft, locked; a new revision after a frozen one begins with its answers."""
    rows = AnswerSet.objects.select_for_update(of=("self",)).filter(
        initiative=initiative, part=part
    )
    newest = rows.order_by("-revision").first()
    if newest is not None and newest.frozen_at is None:
        return newest
    return AnswerSet(
        initiative=initiative,
        form_version=initiative.form_version,
        part=part,
        revision=newest.revision + 1 if newest else 1,
        author=actor,
        answers=dict(newest.answers) if newest else {},
        saved_at=timezone.now(),
    )


def projection_of(answers: Mapping[str, Answer]) -> dict[str, str | int | bool | None]:
    """What the columns of an initiative repeat of its answers; the audit asks the same."""
    plan = CostPlan.of(answers.get("cost_plan"))
    cost = plan.total if plan else answers.get("cost_tkr")
    return {
        "title": str(answers.get("title") or ""),
        "kind": str(answers.get("kind") or ""),
        "cost_tkr": cost if isinstance(cost, int) and not isinstance(cost, bool) else None,
        "is_eservice": bool(answers.get("is_eservice")),
    }


def _project(initiative: Initiative) -> None:
    """Bring the columns that lists and rules read into step with the newest answers."""
    answers = raw_answers(initiative)
    area = answers.get("service_area")
    for name, value in projection_of(answers).items():
        setattr(initiative, name, value)
    initiative.service_area = (
        ServiceArea.objects.filter(pk=area).first() if isinstance(area, int) else None
    )
    initiative.save()
    affected = answers.get("affected")
    initiative.affected.set(
        [pk for pk in affected if isinstance(pk, int)] if isinstance(affected, list) else []
    )
    _project_lines(initiative, answers)


def lines_of(
    answers: Mapping[str, Answer],
) -> tuple[list[tuple[int, ...]], list[tuple[str, int, str, str]]]:
    """What the rows of costs and of benefits repeat of the answers; the audit asks the same.

    Returns:
        (year, one-off, running, own, external) in tkr, and (group, level, measure, evidence).
    """
    plan = CostPlan.of(answers.get("cost_plan"))
    costs: list[tuple[int, ...]] = []
    if plan is not None:
        costs = [(row.year, row.one_off, row.running, row.own, row.external) for row in plan.years]
        costs.append((len(costs) + 1, 0, plan.after, 0, 0))
    benefits = answers.get("benefit_scale")
    told = benefits if isinstance(benefits, dict) else {}
    # In the groups' own order: PostgreSQL keeps none of what is stored as JSON.
    return costs, [
        (group, int(row["level"]), row.get("measure", ""), row.get("evidence", ""))
        for group in BenefitGroup.values
        if (row := told.get(group))
    ]


def _project_lines(initiative: Initiative, answers: Mapping[str, Answer]) -> None:
    """The rows by which initiatives are compared and the budget line is drawn."""
    costs, benefits = lines_of(answers)
    initiative.cost_lines.all().delete()
    CostLine.objects.bulk_create(
        CostLine(
            initiative=initiative,
            year=year,
            one_off_tkr=one_off,
            running_tkr=running,
            own_tkr=own,
            external_tkr=external,
        )
        for year, one_off, running, own, external in costs
    )
    initiative.benefit_lines.all().delete()
    BenefitLine.objects.bulk_create(
        BenefitLine(
            initiative=initiative, group=group, level=level, measure=measure, evidence=evidence
        )
        for group, level, measure, evidence in benefits
    )
