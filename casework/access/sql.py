# SPDX-License-Identifier: EUPL-1.2
"""The SQL compiler of the access rule: which rows a set of tokens opens."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Exists, F, Lookup, OuterRef, Q, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

from casework.access.tokens import is_grant

Rows = TypeVar("Rows", bound="QuerySet[Any]")


class _AmongMany(Lookup):
    """Whether a text is one of the many in a list of JSON, which goes as one value.

    A list's query asks for the person's tokens eight times. As a list of values, which stands in
    the statement, two thousand grants made it a statement that took a second to read and plan.
    """

    lookup_name = "among_many"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        return self._among("(SELECT value FROM json_each(%s))", compiler, connection)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        return self._among("(SELECT jsonb_array_elements_text(%s::jsonb))", compiler, connection)

    def _among(self, many: str, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        text, values = self.process_lhs(compiler, connection)
        given, told = self.process_rhs(compiler, connection)
        return f"{text} IN {many % given}", [*values, *told]


def held(tokens: frozenset[str]) -> Q:
    """The condition on rows of an audience that their token is one of these.

    Args:
        tokens: of the person who asks: a few of their appointments, and one for each grant.
    """
    grants = {token for token in tokens if is_grant(token)}
    condition = Q(token__in=sorted(tokens - grants))
    return (
        condition | Q(_AmongMany(F("token"), Value(json.dumps(sorted(grants)))))
        if grants
        else condition
    )


def open_to(queryset: Rows, audience: QuerySet, owner: str, tokens: frozenset[str]) -> Rows:
    """The rows of ``queryset`` that hold at least one of ``tokens`` in their audience table.

    Args:
        queryset: the rows to filter.
        audience: all rows of the audience table.
        owner: the audience table's foreign key to the queryset's model.
        tokens: of the person who asks.
    """
    return queryset.filter(Exists(audience.filter(held(tokens), **{owner: OuterRef("pk")})))
