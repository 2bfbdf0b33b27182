# SPDX-License-Identifier: EUPL-1.2
"""Reading remisser and expert requests, and the two checks that the process asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.consultation.enums import AnswerState, ConsultationState
from casework.consultation.models import Consultation, Consultee, ExpertRequest, NoConsultation
from casework.initiatives.models import Initiative
from casework.organisation.enums import TECHNICAL, Expertise, Role
from casework.organisation.models import Administration, User
from casework.organisation.selectors import appointments_of
from casework.register.models import Case
from casework.register.obstacles import Missing


def is_settled(case: Case) -> bool:
    """Whether the case was sent out, or it is stated why not (R65)."""
    asked = Consultation.objects.filter(case=OuterRef("pk"))
    none = NoConsultation.objects.filter(case=OuterRef("pk"))
    return Case.objects.filter(Exists(asked) | Exists(none), pk=case.pk).exists()


def expertise_complete(initiative: Initiative) -> bool:
    """Whether both kinds of experts have answered, by different persons (R24).

    That each holds the expertise by appointment was asked when they were asked and answered.
    """
    return is_complete(initiative.expert_requests.all())


def with_both_expertises(initiatives: QuerySet[Any, Any]) -> set[int]:
    """Those of many initiatives, by their keys, of which :func:`expertise_complete` says yes.

    Args:
        initiatives: a query that gives their keys.
    """
    answers = ExpertRequest.objects.filter(answered_at__isnull=False)
    rows = answers.filter(initiative__in=initiatives).order_by()
    answered: dict[int, list[tuple[int, str]]] = {}
    for pk, user, kind in rows.values_list("initiative", "user", "expertise"):
        answered.setdefault(pk, []).append((user, kind))
    return {pk for pk, found in answered.items() if _both_kinds(found)}


def is_complete(requests: Iterable[ExpertRequest]) -> bool:
    """The same of requests that are read already."""
    return _both_kinds((row.user_id, row.expertise) for row in requests if row.answered_at)


def _both_kinds(answered: Iterable[tuple[int, str]]) -> bool:
    """Of persons and the expertise with which each has answered."""
    by_kind = set(answered)
    business = {user for user, kind in by_kind if kind == Expertise.BUSINESS}
    technical = {user for user, kind in by_kind if kind in TECHNICAL}
    return bool(business) and bool(technical) and len(business | technical) > 1


def consultations_of(case: Case) -> QuerySet[Consultation]:
    """The case's remisser in order, each with whom it went to."""
    asked = Consultee.objects.select_related("administration", "record")
    return (
        case.consultations.select_related("record", "sent_by")
        .prefetch_related(Prefetch("consultees", asked))
        .order_by("number")
    )


def reason_for_none(case: Case) -> str:
    """Why no remiss is held; empty where one is, or nothing is said yet (R65)."""
    if Consultation.objects.filter(case=case).exists():
        return ""
    found = NoConsultation.objects.filter(case=case).values_list("reason", flat=True).first()
    return found or ""


def overdue_consultees(on: dt.date | None = None) -> QuerySet[Consultee]:
    """Those who have not answered in time, extension counted, the oldest day first."""
    return due_between(None, (on or timezone.localdate()) - dt.timedelta(days=1))


def due_between(first: dt.date | None, last: dt.date) -> QuerySet[Consultee]:
    """Those whose answer is awaited by one of these days, extension counted; both included."""
    rows = (
        Consultee.objects.filter(
            state=AnswerState.WAITING, consultation__state=ConsultationState.OPEN
        )
        .annotate(until=Coalesce(F("extended_until"), F("consultation__deadline")))
        .filter(until__lte=last)
        .select_related("consultation__case")
        .order_by("until")
    )
    return rows.filter(until__gte=first) if first else rows


def propose_consultees(initiative: Initiative) -> list[Administration]:
    """The affected förvaltningar, the own one left out: they are to have a say (R66)."""
    return sorted(
        (
            row
            for row in initiative.affected.all()
            if row.pk != initiative.administration_id and row.is_in_force()
        ),
        key=lambda row: row.name,
    )


def affected_not_asked(
    initiative: Initiative, consultations: Iterable[Consultation] | None = None
) -> list[Administration]:
    """The affected förvaltningar that no remiss of the case has gone to (R66).

    Args:
        initiative: of a registered case.
        consultations: the case's remisser, where they are read already.
    """
    if consultations is None:
        consultations = consultations_of(initiative.case) if initiative.case else ()
    asked = {row.administration_id for each in consultations for row in each.consultees.all()}
    return [row for row in propose_consultees(initiative) if row.pk not in asked]


def requests_to(user: User) -> QuerySet[ExpertRequest]:
    """What a person is asked as an expert and has not answered, the oldest first.

    Nothing of a secret case that the person is not let in to.
    """
    return (
        ExpertRequest.objects.filter(user=user, answered_at=None, withdrawn_at=None)
        .filter(
            Q(initiative__case__secrecy_provision="")
            | Q(initiative__case__in=Case.objects.visible_to(user))
        )
        .select_related("initiative__case", "asked_by")
        .order_by("asked_at")
    )


def requests_about(initiative: Initiative) -> QuerySet[ExpertRequest]:
    """Whom was asked about an initiative, and what they answered (R23)."""
    return initiative.expert_requests.select_related("user", "record").order_by("pk")


def awaited_from(user: User) -> QuerySet[Consultee]:
    """The remisser that wait for an answer from the förvaltningar the person speaks for.

    Nothing of a secret case that the person is not let in to.
    """
    own = {row.administration_id for row in appointments_of(user) if row.role == Role.LIAISON}
    return (
        Consultee.objects.filter(
            Q(administration__in=own - {None}),
            Q(consultation__case__secrecy_provision="")
            | Q(consultation__case__in=Case.objects.visible_to(user)),
            state=AnswerState.WAITING,
            consultation__state=ConsultationState.OPEN,
        )
        .select_related("consultation__case", "administration")
        .order_by("consultation__deadline")
    )


def unfinished(case: Case) -> Iterator[Missing]:
    """What a case lacks before it is closed: remisser that are still out."""
    for row in Consultation.objects.filter(case=case, state=ConsultationState.OPEN):
        yield Missing("consultation", _("%(remiss)s är inte avslutad.") % {"remiss": row}, row)


def has_consultations(case: Case) -> bool:
    """Whether the case holds questions and answers of a remiss beside its records."""
    return Consultation.objects.filter(case=case).exists()
