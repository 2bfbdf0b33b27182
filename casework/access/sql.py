# SPDX-License-Identifier: EUPL-1.2
"""The SQL compiler of the access rule: which rows a set of tokens opens."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, QuerySet

Rows = TypeVar("Rows", bound="QuerySet[Any]")


def open_to(queryset: Rows, audience: QuerySet, owner: str, tokens: frozenset[str]) -> Rows:
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
