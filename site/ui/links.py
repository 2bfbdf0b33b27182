# SPDX-License-Identifier: EUPL-1.2
"""Where a thing has its page: rooms register the address, others ask for it by the thing.

No domain and no notion writes another's address. It names the object and the face it wants::

    url_for(case, "desk")        # where people at the desk work with it
    url_for(public_case, "public")  # where everybody reads it
    url_for(initiative, "originator")
    {% load parts %}{% address case "desk" %}  # the same in a template
    find_url(initiative, "transition.register")  # None where nobody has registered a page

A notion registers in its ``links.py``, which is read at start::

    @link(Case, "desk")
    def case_page(case: Case) -> str:
        return reverse("desk_case", args=[case.pk])

A resolver reads nothing but the object, so an unsaved ``Case(pk=7)`` is enough to ask with.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Resolver = TypeVar("Resolver", bound=Callable[[Any], str])

_RESOLVERS: dict[tuple[type, str], Callable[[Any], str]] = {}


class NoAddress(LookupError):
    """Nobody has registered a page for this kind of thing with this face."""


def link(kind: type, face: str) -> Callable[[Resolver], Resolver]:
    """Register the function that tells the address of a kind of thing.

    Raises:
        ValueError: another room has registered the same kind and face.
    """

    def register(resolver: Resolver) -> Resolver:
        if (kind, face) in _RESOLVERS:
            raise ValueError(f"{kind.__name__} has an address for {face!r} already")
        _RESOLVERS[kind, face] = resolver
        return resolver

    return register


def find_url(obj: object, face: str) -> str | None:
    """The address of a thing, or None where it has no page with that face."""
    for kind in type(obj).__mro__:
        resolver = _RESOLVERS.get((kind, face))
        if resolver is not None:
            return resolver(obj)
    return None


def url_for(obj: object, face: str) -> str:
    """The address of a thing.

    Raises:
        NoAddress: it has no page with that face.
    """
    found = find_url(obj, face)
    if found is None:
        raise NoAddress(f"{type(obj).__name__} has no page for {face!r}")
    return found
