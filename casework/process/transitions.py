# SPDX-License-Identifier: EUPL-1.2
"""The transitions of both machines by name: what pages, lists and notices ask."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from casework.process.enums import FINAL_STAGES, Stage
from casework.process.machine import Machine, Way, ways_of
from casework.process.models import Candidacy, Process
from casework.process.specs import Mandate, TransitionSpec


@cache
def ways() -> dict[str, Way]:
    """Every transition that people take, life first; no name is in both machines."""
    found = {**ways_of(Process), **ways_of(Candidacy)}
    assert len(found) == len(ways_of(Process)) + len(ways_of(Candidacy))
    return found


def spec_of(name: str) -> TransitionSpec:
    """The spec of a transition."""
    return ways()[name].spec


def machine_of(process: Process, name: str) -> Machine | None:
    """The row that the transition moves: the life, or the live candidacy if there is one."""
    if name in ways_of(Process):
        return process
    return process.live_candidacy


def names_from(process: Process) -> list[str]:
    """The transitions that lead on from where the initiative is, in the order of the model.

    Of the two ways from a fixed ranking only one is an initiative's: an e-service goes to the
    committee, everything else into the city-wide proposal (R42). Nothing leads on in a case that is
    void or joined into another: the matter has ended, or goes on there.
    """
    case = process.initiative.case
    if case is not None and not case.is_live:
        return []
    found = []
    candidacy = process.live_candidacy
    for name, way in ways().items():
        row = machine_of(process, name)
        if row is None or row.stage not in way.sources:
            continue
        if name == "hand_to_group" and process.stage == Stage.REGISTERED:
            continue  # the scope is judged first
        if candidacy is not None and candidacy.stage == "ranked":
            by_committee = process.initiative.is_eservice and not candidacy.has_committee_opinion
            if name == ("merge" if by_committee else "hand_to_committee"):
                continue
        found.append(name)
    return found


def forward_from(process: Process) -> str | None:
    """The transition that leads on, if there is one: what "Nästa steg" tells.

    Nothing leads on from an end, though it may be reconsidered.
    """
    if process.stage in FINAL_STAGES:
        return None
    names = [name for name in names_from(process) if not spec_of(name).is_negative]
    order = {name: n for n, name in enumerate(names)}
    # In a round the round's work comes first, before a supplement's own implementation.
    of_round = [name for name in names if name in ways_of(Candidacy)]
    return next(iter(of_round), None) or min(names, key=order.__getitem__, default=None)


def forward_for(process: Process, held: Collection[Mandate]) -> str | None:
    """What leads on as somebody with these mandates sees it.

    While the round decides a supplement, the officer goes on with what has money already.
    """
    name = forward_from(process)
    if name is None or spec_of(name).mandate in held:
        return name
    of_life = [n for n in names_from(process) if n in ways_of(Process)]
    own = (n for n in of_life if spec_of(n).mandate in held and not spec_of(n).is_negative)
    return next(own, name)
