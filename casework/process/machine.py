# SPDX-License-Identifier: EUPL-1.2
"""What the two machines share: a guarded stage, and one way to read their transitions.

``FSMField(protected=True)`` refuses assignment; the queryset refuses the three other ways past the
machine. ``ConcurrentTransitionMixin`` lets only one of two savers through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, NoReturn

from django.db import models
from django_fsm import ConcurrentTransitionMixin, FSMModelMixin

from casework.process.specs import TransitionSpec


class StageGuard(Exception):
    """Somebody tried to write a stage beside its machine."""


def _refuse() -> NoReturn:
    raise StageGuard("A stage changes by a transition only.")


class MachineQuerySet(models.QuerySet):
    """Refuses the ways in which a queryset would bypass the machine."""

    def update(self, **kwargs: Any) -> int:
        """As Django's, but never of the stage."""
        if "stage" in kwargs:
            _refuse()
        return super().update(**kwargs)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """As Django's, but everything begins at its machine's beginning."""
        rows = list(objs)
        if any(row.stage != _stage_of(type(row)).default for row in rows):
            _refuse()
        return super().bulk_create(rows, *args, **kwargs)

    def bulk_update(self, objs: Iterable[Any], fields: Any, *args: Any, **kwargs: Any) -> int:
        """As Django's, but never of the stage."""
        if "stage" in fields:
            _refuse()
        return super().bulk_update(objs, fields, *args, **kwargs)


class Machine(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """A row whose ``stage`` is moved by its transitions and by nothing else."""

    entered_at = models.DateTimeField(auto_now_add=True)

    objects = MachineQuerySet.as_manager()

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        beginning = _stage_of(type(self)).default
        if kwargs.get("stage", beginning) != beginning:
            _refuse()
        super().__init__(*args, **kwargs)


def _stage_of(model: type[Machine]) -> Any:
    return model._meta.get_field("stage")  # type: ignore[misc]  # each machine has its own


def edges_of(model: type[Machine]) -> Iterable[Any]:
    """Every transition of a machine as django-fsm keeps it, once for each source."""
    return _stage_of(model).get_all_transitions(model)


@dataclass(frozen=True, slots=True)
class Way:
    """One transition of a machine, with all its sources."""

    name: str
    spec: TransitionSpec
    sources: frozenset[str]
    target: str
    conditions: tuple[Callable[[Any], bool], ...]
    machine: str

    def leads_from(self, stage: str) -> bool:
        """Whether it can be taken from the stage."""
        return stage in self.sources


@cache
def ways_of(model: type[Machine]) -> dict[str, Way]:
    """The transitions that people take, by name, in the order in which they are written.

    Those that only follow from the other machine's carry no spec and are left out.
    """
    found: dict[str, list[Any]] = {}
    for edge in edges_of(model):
        found.setdefault(edge.name, []).append(edge)
    order = [name for name in vars(model) if name in found and found[name][0].custom["spec"]]
    return {
        name: Way(
            name=name,
            spec=found[name][0].custom["spec"],
            sources=frozenset(str(edge.source) for edge in found[name]),
            target=str(found[name][0].target),
            conditions=tuple(found[name][0].conditions),
            machine=model._meta.model_name or "",
        )
        for name in order
    }
