# SPDX-License-Identifier: EUPL-1.2
"""What a decision reaches, and what it spares and why."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from casework.archive.enums import Spared
from casework.archive.models import Closing, DisposalDecision
from casework.organisation.models import User
from casework.register.enums import CaseType, Retention
from casework.register.models import Case, Record
from casework.register.obstacles import is_held


def due_cases(decision: DisposalDecision, user: User | None = None) -> QuerySet[Any]:
    """The closed cases that the decision reaches today, the oldest first.

    Of the decision's authority and classes, where the class is to be weeded and its years have
    passed since the year of closing, with something left to dispose of.

    Args:
        user: who looks; only what the person may see. Nobody means the software itself.
    """
    today = timezone.localdate()
    rows = Case.objects.all() if user is None else Case.objects.shown_to(user)
    left = Q(records__disposed_at=None, records__voided_at=None) & ~Q(
        records__retention=Retention.KEEP
    )
    return (
        rows.filter(
            authority=decision.authority_id,
            class_code__in=decision.classes.all(),
            class_code__retention=Retention.WEED,
            closed_at__year__lt=today.year - F("class_code__weed_after_years"),
            is_published=False,
        )
        .exclude(case_type=CaseType.INITIATIVE)
        .annotate(
            to_dispose=Count("records", filter=left),
            to_keep=Count("records", filter=Q(records__retention=Retention.KEEP)),
        )
        .filter(to_dispose__gt=0)
        .select_related("class_code")
        .order_by("closed_at", "pk")
    )


def spared(decision: DisposalDecision, case: Case) -> Spared | None:
    """Why the decision does not reach the case; None when it does."""
    code = case.class_code
    if code is None or not decision.classes.filter(pk=code.pk).exists():
        return Spared.NOT_COVERED
    if code.retention != Retention.WEED or code.weed_after_years is None:
        return Spared.KEPT_CLASS
    if case.authority_id != decision.authority_id:
        return Spared.NOT_COVERED
    if case.closed_at is None:
        return Spared.OPEN
    if case.is_published:
        return Spared.PUBLISHED
    if case.case_type == CaseType.INITIATIVE or is_held(case):
        return Spared.HELD
    if timezone.localtime(case.closed_at).year + code.weed_after_years >= timezone.localdate().year:
        return Spared.EARLY
    return None


def record_spared(record: Record) -> Spared | None:
    """Why a record of a case that is reached is left as it is; None when it is not."""
    if record.retention == Retention.KEEP:
        return Spared.KEPT_RECORD
    if record.disposed_at is not None:
        return Spared.DONE
    return None


def closing_of(case: Case) -> Closing | None:
    """The newest closing of a case in the background, if there was any."""
    return Closing.objects.filter(case=case).first()
