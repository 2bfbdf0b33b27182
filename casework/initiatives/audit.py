# SPDX-License-Identifier: EUPL-1.2
"""What the register's audit asks of this room: who wrote what, once it had been sent (R43)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from casework.initiatives.models import AnswerSet, Initiative
from casework.initiatives.selectors import raw_answers_of
from casework.initiatives.services.answering import lines_of, projection_of
from casework.journal.row_audit import CHUNK, KeptTable, owner_faults

_FROZEN = AnswerSet.objects.filter(initiative=OuterRef("pk"), frozen_at__isnull=False)
TABLES = (
    KeptTable(AnswerSet, "initiative", Q(frozen_at__isnull=False)),
    KeptTable(Initiative, "pk", Q(Exists(_FROZEN))),
)


def answer_faults() -> Iterator[str]:
    """Frozen answers, and whose they are, changed, added or taken away past the services."""
    yield from owner_faults(Initiative, TABLES, prefix="initiative", name=_named)


def projection_faults() -> Iterator[str]:
    """Columns that lists and rules read, and that do not repeat the newest answers (R44)."""
    rows = Initiative.objects.prefetch_related("cost_lines", "benefit_lines").order_by("pk")
    last = 0
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        answers = raw_answers_of([row.pk for row in chunk])
        for row in chunk:
            expected = projection_of(answers[row.pk])
            told = [
                (
                    line.year, line.one_off_tkr, line.running_tkr, line.own_tkr,
                    line.external_tkr,
                )
                for line in row.cost_lines.all()
            ], [
                (line.group, line.level, line.measure, line.evidence)
                for line in row.benefit_lines.all()
            ]  # fmt: skip
            if told != lines_of(answers[row.pk]) or any(
                getattr(row, name) != value for name, value in expected.items()
            ):
                yield _("%(what)s: uppgifterna stämmer inte med svaren.") % {"what": _named(row)}


def _named(initiative: Initiative) -> str:
    return f"{initiative.subject} {initiative}"
