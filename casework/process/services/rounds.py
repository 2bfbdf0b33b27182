# SPDX-License-Identifier: EUPL-1.2
"""Letting initiatives into rounds, and seeing to it that none is left in one that closes (R53)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.initiatives.models import Initiative
from casework.journal.services import log
from casework.organisation.models import User
from casework.planning.enums import RoundState
from casework.planning.models import Round
from casework.planning.permissions import require_planner
from casework.planning.selectors import round_for
from casework.planning.services import mark_closed, mark_open
from casework.process import events
from casework.process.enums import FUNDED_STAGES, LIVE_STANDINGS, WAITING_FOR_ROUND
from casework.process.models import Candidacy, Process
from casework.process.selectors import waiting_for_round


def join_round_for(*, process: Process, day: dt.date, actor: User) -> Candidacy | None:
    """Join the round that is open for the day, or wait for the next; returns the candidacy."""
    round_ = round_for(day) or round_for(timezone.localdate())
    if round_ is None:
        log(events.WAITS, process, actor=actor, about=process.initiative)
        return None
    return join(process=process, round=round_, actor=actor)


def join(
    *, process: Process, round: Round, actor: User | None, predecessor: Candidacy | None = None
) -> Candidacy:
    """Let an initiative stand in a round, at its beginning.

    Call it in the transaction of what decided it.

    Raises:
        ValidationError: the round is closed, or the initiative stands in one already.
    """
    if round.state == RoundState.CLOSED:
        raise ValidationError({"target": _("Omgången är stängd. Välj en senare.")})
    if process.initiative.candidacies.filter(stage__in=LIVE_STANDINGS).exists():
        raise ValidationError(_("Initiativet står redan i en omgång."), code="live")
    candidacy = Candidacy.objects.create(
        initiative=process.initiative, round=round, predecessor=predecessor
    )
    process.candidacy = candidacy
    process.save(update_fields=["candidacy", "stage"])
    log(
        events.JOINED,
        process,
        actor=actor,
        about=process.initiative,
        after={"round": str(round), "predecessor": predecessor.pk if predecessor else None},
    )
    return candidacy


@transaction.atomic
def nominate_supplement(*, initiative: Initiative, round: Round, actor: User) -> Candidacy:
    """Let a funded initiative ask for a supplement in a later round (R38).

    Raises:
        PermissionDenied: only those who plan do it.
        ValidationError: it has no money yet, or it stands in a round already.
    """
    require_planner(actor)
    process = Process.objects.select_for_update(of=("self",)).get(initiative=initiative)
    if process.stage not in FUNDED_STAGES:
        raise ValidationError(
            _("Tilläggsmedel kan begäras för initiativ som redan har fått medel."), code="stage"
        )
    fresh = Round.objects.get(pk=round.pk)
    if not fresh.is_open:
        raise ValidationError({"target": _("Omgången är inte öppen.")})
    if initiative.candidacies.filter(round=fresh).exists():
        raise ValidationError({"target": _("Initiativet har redan prövats i den omgången.")})
    return join(process=process, round=fresh, actor=actor, predecessor=None)


@transaction.atomic
def change_round_of(*, initiative: Initiative, round: Round, actor: User) -> Candidacy:
    """Let an initiative that waits join a round by hand; for others deferring is the way.

    Raises:
        PermissionDenied: only those who plan do it.
        ValidationError: it does not wait for a round.
    """
    require_planner(actor)
    process = Process.objects.select_for_update(of=("self",)).get(initiative=initiative)
    if process.stage not in WAITING_FOR_ROUND:
        raise ValidationError(_("Initiativet väntar inte på någon omgång."), code="stage")
    return join(process=process, round=round, actor=actor, predecessor=_deferred(process))


@transaction.atomic
def open_round(*, round: Round, actor: User | None) -> int:
    """Open a planned round and let in what waits for one; returns how many.

    Only those wait whose round was not named when they were deferred, and those that were
    registered while no round took them in.

    Raises:
        ValidationError: the round is not planned, or has no areas.
    """
    opened = mark_open(round=round, actor=actor)
    waiting = list(waiting_for_round().select_for_update(of=("self",)))
    for process in waiting:
        join(process=process, round=opened, actor=actor, predecessor=_deferred(process))
    return len(waiting)


@transaction.atomic
def close_round(*, round: Round, actor: User | None) -> Round:
    """Close a round in which everything is decided.

    Raises:
        PermissionDenied: only those who plan do it.
        ValidationError: something is left; the sentence says how many, and what to do.
    """
    require_planner(actor)
    left = Candidacy.objects.filter(round=round, stage__in=LIVE_STANDINGS).count()
    if left:
        raise ValidationError(
            ngettext(
                "%(count)s initiativ är kvar i omgången. Avgör det eller skjut upp det först.",
                "%(count)s initiativ är kvar i omgången. Avgör dem eller skjut upp dem först.",
                left,
            )
            % {"count": left},
            code="left",
        )
    return mark_closed(round=round, actor=actor)


def _deferred(process: Process) -> Candidacy | None:
    """The deferred candidacy that the new one continues, if there is one."""
    last = process.initiative.candidacies.first()
    return last if last is not None and last.stage == "deferred" else None
