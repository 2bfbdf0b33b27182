# SPDX-License-Identifier: EUPL-1.2
"""What the register's audit asks of this room: every step as it was taken."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from casework.initiatives.models import Initiative
from casework.journal.row_audit import KeptTable, owner_faults
from casework.process.enums import Standing
from casework.process.machine import edges_of
from casework.process.models import Candidacy, Process, Progress, Step
from casework.process.transitions import spec_of

TABLES = (KeptTable(Step, "initiative"), KeptTable(Progress, "initiative"))


def state_faults() -> Iterator[str]:
    """Machines that do not stand where the last step left them."""
    last = Step.objects.filter(initiative=OuterRef("initiative")).order_by("-pk")
    processes = Process.objects.annotate(told=Subquery(last.values("life_to")[:1]))
    for process in processes.exclude(stage=F("told")).exclude(told=None).iterator():
        yield _out_of_step(process)
    edges = list(edges_of(Candidacy))
    steps = Step.objects.filter(candidacy=OuterRef("pk")).order_by("-pk")
    own = steps.filter(transition__in={e.name for e in edges})
    candidacies = Candidacy.objects.annotate(
        told=Coalesce(Subquery(own.values("to_stage")[:1]), Value(Standing.ENTERED.value)),
        by=Subquery(steps.values("transition")[:1]),
    )
    for candidacy in candidacies.exclude(stage=F("told")).iterator():
        carried = spec_of(candidacy.by).carries if candidacy.by else ""
        if candidacy.stage not in {e.target for e in edges if e.name == carried}:
            yield _out_of_step(candidacy)


def _out_of_step(row: Process | Candidacy) -> str:
    return _("%(what)s: läget stämmer inte med stegen.") % {
        "what": f"{row.initiative.subject} {row.initiative}"
    }


def step_faults() -> Iterator[str]:
    """Steps that are changed, added or taken away past the services."""
    yield from owner_faults(
        Initiative,
        TABLES,
        prefix="initiative",
        name=lambda initiative: f"{initiative.subject} {initiative}",
    )
