# SPDX-License-Identifier: EUPL-1.2
"""The SQL compiler of the access rule: which rows a set of tokens opens."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet


def open_to(queryset: QuerySet, audience: QuerySet, owner: str, tokens: frozenset[str]) -> QuerySet:
    """The rows of ``queryset`` that hold at least one of ``tokens`` in their audience table.

    Args:
        queryset: the rows to filter.
        audience: all rows of the audience table.
        owner: the audience table's foreign key to the queryset's model.
        tokens: of the person who asks.
    """
    return queryset.filter(
        Exists(audience.filter(**{owner: OuterRef("pk")}, token__in=sorted(tokens)))
    )
