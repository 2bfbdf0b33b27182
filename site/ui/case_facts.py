# SPDX-License-Identifier: EUPL-1.2
"""What there is in a case, read at once, so that a panel without content asks nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from django.db.models import (
    Aggregate,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils import timezone

from casework.access.models import AccessGrant
from casework.archive.enums import ClosingState
from casework.archive.models import Closing
from casework.consultation.models import Consultation, ExpertRequest, NoConsultation
from casework.disclosure.models import DisclosureItem
from casework.dispatch.models import Dispatch
from casework.feedback.models import Notice, NoticeState
from casework.follow_up.models import NewRecord, Reminder
from casework.initiatives.models import BenefitLine
from casework.journal.inserting import Statement, send
from casework.meetings.models import Decision, DecisionCorrection, Dissent
from casework.process.models import Candidacy, Progress
from casework.register.models import (
    Amendment,
    Case,
    CaseAudience,
    CaseLink,
    CaseNumber,
    PublicEvent,
    Record,
)
from docgen.models import Report


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Whether a case has what its panels show.

    Attributes:
        no_consultation: why no remiss is held; empty when nothing is said.
        earlier_events: whether something happened before it was in this register.
        progress: whether it was told how its initiative is carried out.
        promises: whether benefit was promised for a group.
        merges: whether another case was merged into it.
        secret_records: whether a record of it is secret.
        disclosures: whether its officer was asked to try a record for an order, and it waits.
        reminders: whether something is or was to be remembered about it.
        new_records: whether a record came in that nobody has seen to.
        numbers: under how many numbers it is found.
        rounds: in how many rounds its initiative has stood.
        unsent: how many mails about its initiative could not be sent.
    """

    consultations: bool = False
    no_consultation: str = ""
    experts: bool = False
    decisions: bool = False
    dissents: bool = False
    corrections: bool = False
    reports: bool = False
    progress: bool = False
    promises: bool = False
    earlier_events: bool = False
    links: bool = False
    amendments: bool = False
    grants: bool = False
    merges: bool = False
    dispatches: bool = False
    closings: bool = False
    secret_records: bool = False
    disclosures: bool = False
    reminders: bool = False
    new_records: bool = False
    numbers: int = 0
    rounds: int = 0
    unsent: int = 0

    @property
    def is_settled(self) -> bool:
        """Whether the case was sent out, or it is stated why not (R65)."""
        return self.consultations or bool(self.no_consultation)


NOTHING = CaseFacts()
"""What there is where there is no case yet."""


def facts_of(case: Case) -> CaseFacts:
    """What there is in the case, in one question."""
    sql, values = _question(timezone.localdate())
    (found,) = send([(sql, [*values, case.pk])])[0]
    kinds = (type(getattr(NOTHING, part.name)) for part in fields(CaseFacts))
    return CaseFacts(*(kind(value) for kind, value in zip(kinds, found, strict=True)))


@lru_cache(maxsize=2)
def _question(today: dt.date) -> Statement:
    """What is asked of a case on a day; its key comes after the values.

    Each page of a case asks it, and it is longer than all else that the page asks together. Put
    into words anew each time, and planned anew by the database, it took a sixth of the page.
    """
    pk = OuterRef("pk")
    failed = Notice.objects.filter(initiative__case=pk, state=NoticeState.FAILED)
    reason = NoConsultation.objects.filter(case=pk).values("reason")
    facts: dict[str, Combinable] = {
        "consultations": Exists(Consultation.objects.filter(case=pk)),
        "no_consultation": Coalesce(Subquery(reason), Value("", TextField())),
        "experts": Exists(ExpertRequest.objects.filter(initiative__case=pk)),
        "decisions": Exists(Decision.objects.filter(case=pk)),
        "dissents": Exists(Dissent.objects.filter(decision__case=pk)),
        "corrections": Exists(DecisionCorrection.objects.filter(decision__case=pk)),
        "progress": Exists(Progress.objects.filter(initiative__case=pk)),
        "promises": Exists(BenefitLine.objects.filter(initiative__case=pk)),
        "reports": Exists(Report.objects.filter(case=pk)),
        "earlier_events": Exists(PublicEvent.objects.filter(case=pk).exclude(words="")),
        "links": Exists(CaseLink.objects.filter(Q(case=pk) | Q(target=pk))),
        "amendments": Exists(Amendment.objects.filter(entry=OuterRef("entry"))),
        "grants": Exists(AccessGrant.objects.not_ended(today).filter(case=pk)),
        "dispatches": Exists(Dispatch.objects.filter(record__case=pk)),
        "closings": Exists(
            Closing.objects.filter(case=pk)
            .exclude(state__in=[ClosingState.DONE, ClosingState.UNDONE])
            .order_by()
        ),
        "merges": Exists(Case.objects.filter(merged_into=pk).order_by()),
        "secret_records": Exists(
            Record.objects.filter(case=pk).exclude(secrecy_provision="").order_by()
        ),
        "disclosures": Exists(
            DisclosureItem.objects.filter(
                record__case=pk, asked__isnull=False, outcome="", request__answered_at=None
            )
        ),
        "reminders": Exists(Reminder.objects.filter(case=pk).order_by()),
        "new_records": Exists(
            NewRecord.objects.filter(case=pk, seen_at=None, record__voided_at=None).order_by()
        ),
        "numbers": _count(CaseNumber.objects.filter(case=pk)),
        "rounds": _count(Candidacy.objects.filter(initiative__case=pk)),
        "unsent": _count(failed),
    }
    asked = (
        Case.objects.filter(pk=0)
        .order_by()
        .annotate(**{f"facts_{name}": fact for name, fact in facts.items()})
    )
    named = asked.values_list(*(f"facts_{part.name}" for part in fields(CaseFacts)))
    sql, (*values, _key) = named.query.sql_with_params()
    return sql, values


def with_audience(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases, each with the tokens that open it."""
    tokens = CaseAudience.objects.filter(case=OuterRef("pk")).order_by().values("case")
    return cases.annotate(
        audience_tokens=Subquery(tokens.annotate(all=Joined("token")).values("all"))
    )


class Joined(Aggregate):
    """The values with a space between, on PostgreSQL and SQLite alike."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, ' ')"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """SQLite's word for it."""
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **extra)


def _count(rows: QuerySet) -> Coalesce:
    """How many rows, as a part of another query."""
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("*"))
    return Coalesce(Subquery(counted.values("n")), 0)
