# SPDX-License-Identifier: EUPL-1.2
"""The city council's decision: medel, a part, no, or a later round (R37, R38)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casework.initiatives.basis import spaced
from casework.journal.digests import digests_of
from casework.journal.services import log
from casework.meetings.models import Decision
from casework.meetings.services import Own
from casework.organisation.enums import BodyKind
from casework.organisation.models import User
from casework.planning.enums import OCCASION_IN_SENTENCE, Occasion
from casework.planning.models import Round
from casework.prioritisation import events, permissions
from casework.prioritisation.enums import Verdict
from casework.prioritisation.models import Funding
from casework.prioritisation.rows import grants_of
from casework.prioritisation.selectors import in_stage
from casework.prioritisation.services.points import decisions_on
from casework.process.enums import FUNDED_STAGES, Standing
from casework.process.models import Candidacy, Step
from casework.process.services import (
    Act,
    Details,
    ImpossibleTransition,
    defer_by,
    lock_processes,
    take_step,
)


@dataclass(frozen=True, slots=True)
class CouncilVerdict:
    """What the city council decided of one candidacy: a row of the recorder's page."""

    candidacy: int
    verdict: str
    amount_tkr: int | None = None
    reason: str = ""
    target: Round | None = None


@transaction.atomic
def decide(
    *,
    round: Round,
    actor: User,
    verdicts: Sequence[CouncilVerdict],
    reference: str,
    act: Act,
) -> list[Step]:
    """Note what kommunfullmäktige decided of many initiatives in one act (R7, R37, R38, R63).

    Args:
        reference: of the decision, such as "KF 2026-11-23 § 12".

    Raises:
        PermissionDenied: only the city council's own secretary or chair.
        ValidationError: a reason, an amount or the reference is missing.
    """
    permissions.require(
        permissions.writes_for_city_council(actor), _("kommunfullmäktiges sekreterare")
    )
    wanted = {row.candidacy: row for row in verdicts}
    candidacies = list(in_stage(round, Standing.RECOMMENDED).filter(pk__in=wanted))
    granted = grants_of(candidacies)
    wanted |= {c.pk: _with_amount(c, wanted[c.pk], granted[c.pk]) for c in candidacies}
    if len(candidacies) != len(wanted) or not wanted:
        raise ImpossibleTransition(
            _("Välj initiativ som utvecklingsrådet har behandlat och som inte är avgjorda.")
        )
    faults: dict[str, str] = {}
    for candidacy in candidacies:
        faults |= _faults_of(candidacy, wanted[candidacy.pk], granted[candidacy.pk])
    if not reference.strip():
        faults["reference"] = _("Ange var beslutet står, till exempel ”KF 2026-11-23 § 12”.")
    if faults:
        raise ValidationError(faults)
    decisions = decisions_on(
        candidacies,
        BodyKind.CITY_COUNCIL,
        actor,
        act,
        own={c.pk: Own([_point(c, wanted[c.pk])], wanted[c.pk].reason) for c in candidacies},
    )
    lock_processes([candidacy.initiative for candidacy in candidacies])
    fundings = [
        Funding.objects.create(
            candidacy=candidacy,
            decision=decision,
            verdict=wanted[candidacy.pk].verdict,
            amount_tkr=wanted[candidacy.pk].amount_tkr,
        )
        for candidacy, decision in zip(candidacies, decisions, strict=True)
    ]
    steps = [
        _take(candidacy, wanted[candidacy.pk], decision, actor, reference.strip(), round)
        for candidacy, decision in zip(candidacies, decisions, strict=True)
    ]
    log(
        events.DECIDED,
        round,
        actor=actor,
        after={
            "list": str(round),
            "verdicts": {str(row.candidacy): row.verdict for row in verdicts},
            "reference": reference.strip(),
        },
        rows=digests_of(*fundings),
    )
    return steps


def _take(
    candidacy: Candidacy,
    row: CouncilVerdict,
    decision: Decision,
    actor: User,
    reference: str,
    round: Round,
) -> Step:
    details = Details(
        occasion=round.occasion,
        budget_year=round.cycle.budget_year,
        reference=reference,
        amount_tkr=row.amount_tkr,
    )
    if row.verdict == Verdict.DEFER:
        return defer_by(
            name="defer_decision",
            initiative=candidacy.initiative,
            actor=actor,
            reason=row.reason,
            target=row.target,
            decision=decision,
            details=details,
        )
    return take_step(
        process=candidacy.initiative.process,
        name=row.verdict,
        actor=actor,
        reason=row.reason,
        decision=decision,
        details=details,
    )


def _with_amount(candidacy: Candidacy, row: CouncilVerdict, granted: int) -> CouncilVerdict:
    """Bifall gives what was asked for, unless told: what earlier rounds have not given.

    What a supplement to something that has got its whole cost asks for is not known.
    """
    asked = candidacy.initiative.cost_tkr
    if candidacy.initiative.process.stage in FUNDED_STAGES:
        asked = max((asked or 0) - granted, 0) if granted else None
    if row.verdict == Verdict.APPROVE and row.amount_tkr is None:
        return replace(row, amount_tkr=asked or None)
    return row


def _faults_of(candidacy: Candidacy, row: CouncilVerdict, granted: int) -> dict[str, str]:
    """What is wrong with a verdict, by the field of its row."""
    pk, asked = candidacy.pk, max((candidacy.initiative.cost_tkr or 0) - granted, 0)
    told = {"dnr": candidacy.initiative.case.dnr if candidacy.initiative.case else ""}
    if row.verdict not in Verdict.values:
        return {f"verdict-{pk}": _("Välj beslut för %(dnr)s.") % told}
    faults: dict[str, str] = {}
    if row.verdict != Verdict.APPROVE and not row.reason.strip():
        faults[f"reason-{pk}"] = _("Skriv skälet för %(dnr)s.") % told
    amount = row.amount_tkr or 0
    if row.verdict == Verdict.APPROVE_IN_PART and not 0 < amount < (asked or amount + 1):
        faults[f"amount-{pk}"] = (
            _("Ange beloppet för %(dnr)s i tusental kronor, mindre än det som återstår.")
            if granted
            else _("Ange beloppet för %(dnr)s i tusental kronor, mindre än hela kostnaden.")
        ) % told
    return faults


def _point(candidacy: Candidacy, row: CouncilVerdict) -> str:
    """What the minutes tell of one initiative: how much, in part or not, and on which occasion."""
    round_ = candidacy.round
    told: dict[str, object] = {
        "title": f"”{candidacy.initiative.title}”",
        "amount": spaced(row.amount_tkr or 0),
        "occasion": f"{OCCASION_IN_SENTENCE[Occasion(round_.occasion)]} {round_.cycle.budget_year}",
        "target": row.target or _("en senare omgång"),
    }
    if row.verdict == Verdict.APPROVE_IN_PART:
        return _("%(title)s beviljas en del av medlen, %(amount)s tkr i %(occasion)s.") % told
    if row.verdict == Verdict.APPROVE and row.amount_tkr:
        return _("%(title)s beviljas %(amount)s tkr i %(occasion)s.") % told
    if row.verdict == Verdict.APPROVE:
        return _("%(title)s beviljas medel i %(occasion)s.") % told
    if row.verdict == Verdict.DEFER:
        return _("%(title)s skjuts upp till %(target)s.") % told
    return _("%(title)s beviljas inte medel i %(occasion)s.") % told
