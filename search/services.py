# SPDX-License-Identifier: EUPL-1.2
"""Search, as views call it.

Every function may raise :class:`SearchUnavailable`, except :func:`index_state`, which says so.
Filters are ``{"year": ["2026"], "type": [...], "area": [...], "outcome": [...]}``, with the values
that the facets of a result hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from casework.access.tokens import PUBLIC, tokens_of
from casework.register.models import Case
from search.backends.base import SearchBackend, SearchUnavailable
from search.documents import INTERNAL_INDEX, PUBLIC_INDEX
from search.engine import SearchEngine
from search.models import ObjectType, OutboxRow, OutboxState
from search.results import PAGE_SIZE, Hit, SearchResult

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from casework.organisation.models import User

__all__ = [
    "Hit",
    "IndexState",
    "SearchResult",
    "SearchUnavailable",
    "index_state",
    "search_internal",
    "search_public",
    "similar_cases",
    "similar_decisions",
    "similar_to_draft",
]

Filters = Mapping[str, Sequence[str]]
_ANYBODY = frozenset({PUBLIC})


@dataclass(frozen=True, slots=True)
class IndexState:
    """How far the index is behind the database, and whether the engine answers."""

    reachable: bool
    engine: str
    #: Objects whose changes the index has not heard of yet.
    waiting: int
    #: Changes that failed again and again and were set aside.
    parked: int
    waiting_since: datetime | None
    detail: str = ""

    @property
    def in_step(self) -> bool:
        """Tell whether the engine answers and nothing waits."""
        return self.reachable and not self.waiting and not self.parked


def search_public(
    text: str, filters: Filters | None = None, page: int = 1, size: int = PAGE_SIZE
) -> SearchResult:
    """Search what everybody may see, in the index that holds nothing else."""
    return engine().search(
        PUBLIC_INDEX,
        text,
        _ANYBODY,
        filters=filters,
        page=page,
        size=size,
        exclude=changed_in_public(),
    )


def search_internal(
    user: User | AnonymousUser,
    text: str,
    filters: Filters | None = None,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> SearchResult:
    """Search what this person may see, in the face this person may see."""
    tokens = tokens_of(user)
    return engine().search(
        INTERNAL_INDEX,
        text,
        tokens,
        filters=filters,
        page=page,
        size=size,
        exclude=closed_meanwhile(tokens),
    )


def similar_decisions(case: Case, user: User | AnonymousUser, n: int = 5) -> list[Hit]:
    """Return what this person may see that is most like a case, the case itself left out.

    Works also before the index has heard of the case. Ask only for a case visible to the user.
    """
    tokens = tokens_of(user)
    itself = frozenset({f"case:{case.pk}", f"twin:{case.pk}"})
    return engine().similar_to_text(
        INTERNAL_INDEX,
        case.title_for(case.face_for(user)),
        case.summary,
        tokens,
        n,
        exclude=itself | closed_meanwhile(tokens),
    )


def similar_cases(
    title: str, text: str, user: User | AnonymousUser, n: int = 3, *, asked_again: bool = False
) -> list[int]:
    """Return the keys of the cases that are most like a letter, of those the person may see.

    Args:
        asked_again: the caller asks the database which of them the person sees, and shows no
            others. It gets more than *n*, as far as the index knows, and saves a query.
    """
    tokens = tokens_of(user)
    exclude = frozenset() if asked_again else closed_meanwhile(tokens)
    hits = engine().similar_to_text(INTERNAL_INDEX, title, text, tokens, n * 3, exclude=exclude)
    found = [hit.pk for hit in hits if hit.kind == "case"]
    return found if asked_again else found[:n]


def similar_to_draft(title: str, text: str, n: int = 3) -> list[Hit]:
    """Return what everybody may read that is most like something that is being written (R45)."""
    return engine().similar_to_text(
        PUBLIC_INDEX, title, text, _ANYBODY, n, exclude=changed_in_public()
    )


def closed_meanwhile(tokens: frozenset[str]) -> frozenset[str]:
    """Return documents that *tokens* no longer open, though the index has not heard of it.

    The index lags behind by the time the worker needs, or longer while the engine is down. A case
    that was marked secret a moment ago must not be found in that time, nor counted.
    """
    audiences: dict[int, set[str]] = defaultdict(set)
    waiting = Case.objects.filter(pk__in=_narrowed_cases().union(_ended_cases())).order_by()
    today = timezone.localdate()
    for pk, until, token in waiting.values_list("pk", "published_until", "audience__token"):
        audiences[pk].add("" if token == PUBLIC and until and until < today else token)
    closed = {f"case:{pk}" for pk, held in audiences.items() if not (held - _ANYBODY) & tokens}
    return frozenset(
        closed | {f"twin:{pk}" for pk, held in audiences.items() if PUBLIC not in held}
    )


def changed_in_public() -> frozenset[str]:
    """Return cases that may say less outwards than when the index heard of them.

    They are left out until it has: a name that was taken out of a title must not be shown.
    """
    return frozenset(f"case:{pk}" for pk in _narrowed_cases().union(_ended_cases()))


def _ended_cases() -> QuerySet[Case, int]:
    """The published cases whose last day has gone by while the worker stood still."""
    ended = Case.objects.filter(is_published=True, published_until__lt=timezone.localdate())
    return ended.order_by().values_list("pk", flat=True)


def _narrowed_cases() -> QuerySet[OutboxRow, int]:
    """The cases whose waiting changes hide something; those that only add are many and harmless."""
    rows = OutboxRow.objects.filter(object_type=ObjectType.CASE, narrows=True)
    return rows.values_list("object_id", flat=True).order_by()


def index_state() -> IndexState:
    """Return how many changes wait and whether the engine answers; never raises."""
    counts = OutboxRow.objects.aggregate(
        waiting=Count("object_id", filter=Q(state=OutboxState.PENDING)),
        parked=Count("pk", filter=Q(state=OutboxState.PARKED)),
        since=Min("created_at", filter=Q(state=OutboxState.PENDING)),
    )
    health = backend().health()
    return IndexState(
        reachable=health.reachable,
        engine=health.engine,
        waiting=counts["waiting"],
        parked=counts["parked"],
        waiting_since=counts["since"],
        detail=health.detail,
    )


def backend() -> SearchBackend:
    """Return the engine that the settings name."""
    return engine().backend


def engine() -> SearchEngine:
    """Return search over the engine that the settings name, one for each process."""
    return _engine(settings.SEARCH_URL, str(settings.SEARCH_DIR), settings.SEARCH_INDEX_PREFIX)


@lru_cache(maxsize=4)
def _engine(url: str, directory: str, prefix: str) -> SearchEngine:
    if url:
        # An extra: a city on the embedded engine does not install the client.
        from search.backends.elasticsearch import ElasticsearchBackend

        return SearchEngine(ElasticsearchBackend(url, prefix))
    from search.backends.tantivy import TantivyBackend

    return SearchEngine(TantivyBackend(Path(directory), prefix))
