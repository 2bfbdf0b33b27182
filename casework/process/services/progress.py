# SPDX-License-Identifier: EUPL-1.2
"""Reporting on what is carried out (R40), and the programme of e-services (R15)."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.initiatives.enums import BenefitGroup, BenefitLevel
from casework.initiatives.models import Initiative
from casework.journal.digests import digests_of
from casework.journal.services import log
from casework.organisation.models import User
from casework.planning.models import Cycle
from casework.process import events
from casework.process.enums import Light
from casework.process.models import Process, Programme, Progress
from casework.process.permissions import may_report, may_save_programme, reporting_mandate
from casework.process.progress import REPORTED, Tertial, tertials_to_report
from casework.process.services.core import ImpossibleTransition


@transaction.atomic
def report_progress(
    *,
    initiative: Initiative,
    actor: User,
    tertial: Tertial,
    light: str,
    words: str,
    spent_tkr: int,
    benefits: Mapping[str, int] | None = None,
) -> Progress:
    """Report on a tertial: a light, words, what was spent so far, and the benefit so far.

    Args:
        spent_tkr: since the start, in thousands of kronor.
        benefits: the level reached by the code of a group; what is not measured is left out.

    Raises:
        PermissionDenied: the person is neither its officer nor the contact person.
        ImpossibleTransition: it is not being carried out.
        ValidationError: no words, an amount below nought, or a tertial that is not its own.
    """
    process = Process.objects.select_for_update(of=("self",)).get(initiative=initiative)
    mandate = reporting_mandate(process, actor)
    if mandate is None or not may_report(process, actor):
        raise PermissionDenied(
            _("Läget rapporteras av handläggaren eller av kontaktpersonen för %(name)s.")
            % {"name": initiative.administration}
        )
    if process.stage not in REPORTED:
        raise ImpossibleTransition(_("Läget rapporteras när genomförandet har börjat."))
    _check(process, tertial, light, words, spent_tkr, benefits or {})
    report = Progress.objects.create(
        initiative=process.initiative,
        year=tertial.year,
        tertial=tertial.number,
        light=light,
        words=words.strip(),
        spent_tkr=spent_tkr,
        benefits=dict(benefits or {}),
        mandate=mandate,
        author=actor,
        at=timezone.now(),
    )
    log(
        events.REPORTED,
        report,
        actor=actor,
        about=process.initiative,
        after={
            "year": report.year,
            "tertial": report.tertial,
            "light": report.light,
            "spent_tkr": report.spent_tkr,
        },
        reason=report.words,
        rows=digests_of(report),
    )
    return report


@transaction.atomic
def save_programme(
    *, cycle: Cycle, actor: User, goals: str = "", risks: str = "", resources: str = ""
) -> Programme:
    """Write what the committee says of a year's e-services: goals, risks, resources (R15).

    Raises:
        PermissionDenied: the person has no seat in the committee.
    """
    if not may_save_programme(actor):
        raise PermissionDenied(_("E-tjänsteprogrammet skrivs av utskottet för e-tjänster."))
    said = {"goals": goals.strip(), "risks": risks.strip(), "resources": resources.strip()}
    row = Programme.objects.select_for_update().filter(cycle=cycle).first()
    before = {name: getattr(row, name) for name in said} if row else {}
    if row is None:
        row = Programme(cycle=cycle)
    for name, value in said.items():
        setattr(row, name, value)
    row.saved_by, row.saved_at = actor, timezone.now()
    row.save()
    log(
        events.PROGRAMME_SAVED,
        row,
        actor=actor,
        before=before,
        after={"cycle": str(cycle), **said},
    )
    return row


def _check(
    process: Process,
    tertial: Tertial,
    light: str,
    words: str,
    spent_tkr: int,
    benefits: Mapping[str, int],
) -> None:
    if tertial not in tertials_to_report(process):
        raise ValidationError({"tertial": _("Välj en tertial från starten till nu.")})
    if light not in Light.values:
        raise ValidationError({"light": _("Välj grönt, gult eller rött.")})
    if not words.strip():
        raise ValidationError({"words": _("Skriv hur det går och vad som händer härnäst.")})
    if spent_tkr < 0:
        raise ValidationError({"spent_tkr": _("Beloppet kan inte vara mindre än noll.")})
    for group, level in benefits.items():
        if group not in BenefitGroup.values or level not in BenefitLevel.values:
            raise ValidationError(_("Välj ett av alternativen."))
