# SPDX-License-Identifier: EUPL-1.2
"""Keeping what a registrar chooses from; see :mod:`casework.register.models.terms`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from django.db import models, transaction

from casework.journal.digests import plain
from casework.journal.inserting import insert
from casework.journal.services import log
from casework.organisation.models import Authority, User
from casework.register import events
from casework.register.models import ClassCode, LetterTemplate, Party, SecrecyProvision
from casework.register.permissions import require_keep_terms, require_registrar_at

Kept = TypeVar("Kept", ClassCode, SecrecyProvision, Party, LetterTemplate)
SILENT = (Party, LetterTemplate)
"""What may hold a person's name: the journal tells that a row was kept, not what stands in it."""


@transaction.atomic
def keep_term(*, thing: Kept, values: Mapping[str, object], actor: User | None) -> Kept:
    """Add or change a class, a provision, a sender or a prefilled letter, and journal it.

    Raises:
        PermissionDenied: registrars and administrators only; senders and prefilled letters belong
            to the registrars of their authority.
        ValidationError: a field does not fit, or the code is in use at the same time.
    """
    for name, value in values.items():
        setattr(thing, name, value)
    _require(thing, actor)
    stored = type(thing)._default_manager.filter(pk=thing.pk).first() if thing.pk else None
    changed = {
        name: value
        for name, value in values.items()
        if stored is None or getattr(stored, name) != value
    }
    thing.full_clean()
    thing.save()
    silent = isinstance(thing, SILENT)
    log(
        events.TERM_KEPT,
        thing,
        actor=actor,
        before={name: plain(getattr(stored, name)) for name in changed}
        if stored and not silent
        else {},
        after={
            "what": str(thing._meta.verbose_name).capitalize(),
            "name": str(thing.pk) if silent else str(thing),
            **({} if silent else {name: plain(value) for name, value in changed.items()}),
        },
    )
    return thing


@transaction.atomic
def remove_term(*, thing: Party | LetterTemplate, actor: User | None) -> None:
    """Throw away a sender or a prefilled letter; no case and no record points to them.

    Raises:
        PermissionDenied: only a registrar of its authority.
    """
    _require(thing, actor)
    log(
        events.TERM_REMOVED,
        thing,
        actor=actor,
        after={"what": str(thing._meta.verbose_name).capitalize()},
    )
    thing.delete()


def remember_party(
    *, authority: Authority, name: str, email: str, is_private: bool, actor: User
) -> None:
    """Keep a sender for the next time, unless one of that name is kept already.

    Not journalled: it is what has just been registered, once more, and no part of the diary.

    Raises:
        PermissionDenied: only a registrar of the authority.
    """
    require_registrar_at(actor, authority)
    if name.strip():
        row = Party(authority=authority, name=name.strip(), email=email, is_private=is_private)
        insert([row], leaves_those_there=True)


def save_letter_template(
    *, authority: Authority, name: str, values: Mapping[str, object], actor: User
) -> LetterTemplate:
    """Keep what a form holds under a name; the one that has the name is written over.

    The whole authority is offered it, so title and sender of what is secret are left out.

    Raises:
        PermissionDenied: only a registrar of the authority.
        ValidationError: the name is missing or too long.
    """
    found = LetterTemplate.objects.filter(authority=authority, name=name.strip()).first()
    template = found or LetterTemplate(authority=authority, name=name.strip())
    hidden = ("title", "party") if values.get("secrecy_provision") else ()
    held = {field: value for field, value in values.items() if field not in hidden}
    return keep_term(thing=template, values={"values": held}, actor=actor)


def _require(thing: models.Model, actor: User | None) -> None:
    if isinstance(thing, Party | LetterTemplate):
        require_registrar_at(actor, thing.authority)
    else:
        require_keep_terms(actor)
