# SPDX-License-Identifier: EUPL-1.2
"""From database objects to documents: which index may hold what.

==========  =====================================  =============================================
index       documents                              open to
==========  =====================================  =============================================
public      ``case:N`` from :class:`PublicCase`    ``public``
            and public texts, ``decision:N``
internal    ``case:N`` (internal face),            the case's audience without ``public``
            ``twin:N`` (public face),              ``public``, hidden from that audience
            ``decision:N``                         ``public``
==========  =====================================  =============================================

The public index is built from the public diary's table and from texts that are marked public,
such as a body's reasons, so that nothing else has a way there. The filters hold codes (case type,
outcome) and the area's slug; pages make words of them. A void case is found by its number and its
title, not by what its texts say. In the internal index a published case has two documents, one for
each face: who is let in by more than publicity gets the internal one, everybody else the public
one, nobody both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Prefetch, QuerySet

from casework.access.tokens import PUBLIC
from casework.register.models import (
    Case,
    EarlierDecision,
    PublicCase,
    PublicEvent,
    Record,
    TextPart,
)
from casework.register.numbers import best_reading
from search.backends.base import Document, Write
from search.models import ObjectType

INTERNAL_INDEX = "internal"
PUBLIC_INDEX = "public"
INDEXES = (INTERNAL_INDEX, PUBLIC_INDEX)
_PUBLIC_TOKENS = frozenset({PUBLIC})
_CHUNK = 500


def writes_for(index: str, object_type: str, rows: dict[int, int]) -> Iterator[Write]:
    """Yield the writes that bring objects into step; *rows* maps primary key to change number.

    The change number of the row is used only where the object is gone; else the object's own.
    """
    if object_type == ObjectType.DECISION:
        found = {d.pk: d for d in EarlierDecision.objects.filter(pk__in=rows)}
        for pk, number in rows.items():
            if pk in found:
                yield Write.upsert(decision_document(found[pk]))
            else:
                yield Write.delete(f"decision:{pk}", number)
        return
    cases = {case.pk: case for case in _cases(Case.objects.filter(pk__in=rows))}
    for pk, number in rows.items():
        yield from _case_writes(index, pk, cases.get(pk), number)


def all_writes(index: str) -> Iterator[Write]:
    """Yield a write for every document that the index should hold."""
    for case in _cases(Case.objects.all(), stream=True):
        yield from (
            write
            for write in _case_writes(index, case.pk, case, case.change_number)
            if write.document is not None
        )
    for decision in EarlierDecision.objects.order_by("pk").iterator(chunk_size=_CHUNK):
        yield Write.upsert(decision_document(decision))


def expected_versions(index: str) -> dict[str, int]:
    """Return id → version of every document that the index should hold."""
    expected: dict[str, int] = {}
    published = set(PublicCase.objects.values_list("pk", flat=True))
    for pk, number in Case.objects.values_list("pk", "change_number").iterator():
        if index == INTERNAL_INDEX:
            expected[f"case:{pk}"] = number
            if pk in published:
                expected[f"twin:{pk}"] = number
        elif pk in published:
            expected[f"case:{pk}"] = number
    decisions = EarlierDecision.objects.values_list("pk", "change_number")
    expected.update((f"decision:{pk}", number) for pk, number in decisions.iterator())
    return expected


def objects_of(document_ids: Iterable[str]) -> dict[str, set[int]]:
    """Return the objects behind documents, by type."""
    found: dict[str, set[int]] = {ObjectType.CASE: set(), ObjectType.DECISION: set()}
    for document_id in document_ids:
        kind, _, pk = document_id.partition(":")
        is_decision = kind == "decision"
        found[ObjectType.DECISION if is_decision else ObjectType.CASE].add(int(pk))
    return found


def decision_document(decision: EarlierDecision) -> Document:
    """Return the document of an earlier decision; it has one face, the public one."""
    return Document(
        id=f"decision:{decision.pk}",
        version=decision.change_number,
        tokens=_PUBLIC_TOKENS,
        title=decision.title,
        body=decision.body,
        dnr=decision.dnr or decision.number,
        numbers=tuple(filter(None, (decision.number, decision.dnr))),
        party=decision.author,
        url=decision.url,
        date=decision.date.isoformat() if decision.date else "",
        year=str(decision.date.year) if decision.date else "",
        type=decision.decision_type,
    )


def internal_document(case: Case) -> Document:
    """Return the internal face of a case, with the titles of the records its readers may see."""
    audience = frozenset(row.token for row in case.audience.all())
    return Document(
        id=f"case:{case.pk}",
        version=case.change_number,
        tokens=audience - _PUBLIC_TOKENS,
        title=case.title,
        body="" if case.is_void else _joined(case.summary, *_internal_texts(case, audience)),
        dnr=case.dnr,
        numbers=(case.dnr, *(number.display for number in case.numbers.all())),
        party=case.party,
        date=(case.decided_on or case.received_date).isoformat(),
        year=str(case.year),
        type=case.case_type,
        area=case.service_area.slug if case.service_area else "",
        outcome=case.outcome,
    )


def public_document(
    case: PublicCase, version: int, prefix: str = "case", texts: Iterable[str] = ()
) -> Document:
    """Return the public face of a case, from the public diary's own table and public texts."""
    return Document(
        id=f"{prefix}:{case.pk}",
        version=version,
        tokens=_PUBLIC_TOKENS,
        title=case.title,
        body=_joined(case.summary, *_titles_of(case.records), *texts),
        dnr=case.dnr,
        numbers=(case.dnr, *map(str, case.numbers)),
        party=case.party,
        url=case.slug,
        date=(case.decided_on or case.received_date).isoformat(),
        year=_year_of(case),
        type=case.case_type,
        area=case.service_area.slug if case.service_area else "",
        outcome=case.outcome,
    )


def _cases(cases: QuerySet[Case], *, stream: bool = False) -> Iterable[Case]:
    """Return cases with all that their documents are made of, in a fixed number of queries."""
    queryset = cases.order_by("pk").select_related("service_area", "public__service_area")
    queryset = queryset.prefetch_related(
        "audience",
        "numbers",
        Prefetch("records", Record.objects.prefetch_related("audience")),
        "public_events",
        Prefetch("texts", TextPart.objects.order_by("pk")),
    )
    return queryset.iterator(chunk_size=_CHUNK) if stream else queryset


def _case_writes(index: str, pk: int, case: Case | None, number: int) -> Iterator[Write]:
    public: PublicCase | None = getattr(case, "public", None) if case else None
    version = case.change_number if case else number
    public_id = f"case:{pk}" if index == PUBLIC_INDEX else f"twin:{pk}"
    if index == INTERNAL_INDEX:
        yield Write.upsert(internal_document(case)) if case else Write.delete(f"case:{pk}", version)
    if case is None or public is None:
        yield Write.delete(public_id, version)
        return
    prefix = public_id.partition(":")[0]
    texts = (*_public_texts(case), *_told(case.public_events.all()))
    document = public_document(public, version, prefix, texts)
    if index == INTERNAL_INDEX:
        audience = frozenset(row.token for row in case.audience.all())
        document = replace(document, hidden_from=audience - _PUBLIC_TOKENS)
    yield Write.upsert(document)


def _internal_texts(case: Case, case_audience: frozenset[str]) -> Iterator[str]:
    """Yield the titles and texts of records that everybody who may see the case may see too."""
    inner = case_audience - _PUBLIC_TOKENS
    shared: set[int | None] = {None}
    for record in case.records.all():
        if record.voided_at is None and inner <= _tokens(record):
            shared.add(record.pk)
            yield record.title
    yield from (part.text for part in case.texts.all() if part.record_id in shared)


def _public_texts(case: Case) -> Iterator[str]:
    """Yield the texts that are marked public, of the case and of its published records."""
    shown = {None, *(row.pk for row in case.records.all() if PUBLIC in _tokens(row))}
    return (p.text for p in case.texts.all() if p.is_public and p.record_id in shown)


def _told(events: Iterable[PublicEvent]) -> Iterator[str]:
    """Yield the reasons that the public page tells."""
    for event in events:
        yield from (event.reason, event.words)


def _tokens(record: Record) -> set[str]:
    return {row.token for row in record.audience.all()}


def _titles_of(records: Sequence[dict[str, Any]]) -> Iterator[str]:
    return (str(record["title"]) for record in records if record.get("title"))


def _joined(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def _year_of(case: PublicCase) -> str:
    """Return the year of the number, which is the year in which the case was opened."""
    number = best_reading(case.dnr)
    return str(number.year if number else case.received_date.year)
