# SPDX-License-Identifier: EUPL-1.2
"""People's accounts, and the city's own data: authorities, förvaltningar, areas, bodies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from casework.journal.services import log
from casework.organisation import events
from casework.organisation.enums import ONE_OF_A_KIND
from casework.organisation.models import (
    Administration,
    Authority,
    Body,
    ServiceArea,
    Unit,
    User,
)
from casework.organisation.permissions import require_administrator

Kept = TypeVar("Kept", Authority, Administration, ServiceArea, Body, Unit)
PERSON_FIELDS = (
    "first_name",
    "last_name",
    "email",
    "title",
    "phone",
    "administration",
    "unit",
    "is_active",
)


@transaction.atomic
def create_person(
    *, username: str, actor: User | None, password: str | None = None, **fields: object
) -> User:
    """Lay up an account; without a password the person sets one by the link in the mail.

    Raises:
        PermissionDenied: only the administrator.
        ValidationError: the user name is taken or a field does not fit.
    """
    require_administrator(actor)
    _only_known(fields)
    person = User(username=username.strip(), **fields)
    if password is None:
        person.set_unusable_password()
    else:
        person.set_password(password)
    person.full_clean(exclude=["password"])
    person.save()
    log(
        events.PERSON_ADDED,
        person,
        actor=actor,
        after={"username": person.username, **_plain(fields)},
    )
    return person


@transaction.atomic
def change_person(*, person: User, actor: User | None, **fields: object) -> User:
    """Change a person's name, förvaltning, title, address or whether the account is open.

    Raises:
        PermissionDenied: only the administrator.
        ValidationError: a field does not fit, or the administrator closes her own account.
    """
    require_administrator(actor)
    _only_known(fields)
    if actor is not None and actor.pk == person.pk and fields.get("is_active") is False:
        raise ValidationError({"is_active": _("Du kan inte stänga ditt eget konto.")})
    row = User.objects.select_for_update().get(pk=person.pk)
    changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
    before = _plain({name: getattr(row, name) for name in changed})
    for name, value in changed.items():
        setattr(row, name, value)
    row.full_clean(exclude=["password"])
    row.save(update_fields=list(changed))
    log(
        events.PERSON_CHANGED,
        row,
        actor=actor,
        before=before,
        after={"username": row.username, **_plain(changed)},
    )
    return row


@transaction.atomic
def keep(*, thing: Kept, values: Mapping[str, object], actor: User | None) -> Kept:
    """Add or change a piece of the city's own data, with what changed in the journal (R51).

    Appointments have their own services, and so has the end of a body (:func:`end_body`).

    Raises:
        PermissionDenied: only the administrator.
        ValidationError: a field does not fit, or a name is in use in the same period.
    """
    require_administrator(actor)
    is_new = thing.pk is None
    stored = type(thing)._default_manager.filter(pk=thing.pk).first() if not is_new else None
    changed = {
        name: value
        for name, value in values.items()
        if stored is None or getattr(stored, name) != value
    }
    if isinstance(thing, Body) and stored is not None:
        _check_body(thing, changed)
    for name, value in values.items():
        setattr(thing, name, value)
    thing.full_clean()
    _check_predecessor(thing)
    _check_name(thing)
    _check_one_of_its_kind(thing)
    thing.save()
    log(
        events.ADDED if is_new else events.CHANGED,
        thing,
        actor=actor,
        before=_plain({name: getattr(stored, name) for name in changed}) if stored else {},
        after={
            "what": str(thing._meta.verbose_name).capitalize(),
            "name": str(thing),
            **_plain(changed),
        },
    )
    return thing


def _check_body(body: Body, changed: Mapping[str, object]) -> None:
    """A body ends by its own service, with its appointments; and does not begin after them."""
    if "valid_until" in changed:
        raise ValidationError(
            {"valid_until": _("Låt organet upphöra på sidan för det; då slutar uppdragen också.")}
        )
    first = changed.get("valid_from")
    standing = body.appointments.filter(taken_back_on=None)
    if first is not None and standing.filter(valid_from__lt=first).exists():
        raise ValidationError({"valid_from": _("Uppdrag i organet började före den dagen.")})


def _check_predecessor(thing: models.Model) -> None:
    """Nothing takes the place of itself (R16)."""
    if thing.pk is not None and getattr(thing, "predecessor_id", None) == thing.pk:
        raise ValidationError({"predecessor": _("Välj en annan. Ingen ersätter sig själv.")})


def _check_name(thing: models.Model) -> None:
    """A förvaltning's name is unique at a time; a successor may keep it."""
    if not isinstance(thing, Administration):
        return
    others = Administration.objects.filter(name=thing.name).exclude(pk=thing.pk)
    if thing.valid_until is not None:
        others = others.filter(valid_from__lte=thing.valid_until)
    others = others.filter(models.Q(valid_until=None) | models.Q(valid_until__gte=thing.valid_from))
    if others.exists():
        raise ValidationError({"name": _("En förvaltning med det namnet finns under samma tid.")})


def _check_one_of_its_kind(thing: models.Model) -> None:
    """Of the bodies that decide for the whole city there is one at a time (R7, R12, R13, R22).

    Who sits in "the" council holds its mandate; a second one would give it to others.
    """
    if not isinstance(thing, Body) or thing.kind not in ONE_OF_A_KIND:
        return
    others = Body.objects.filter(kind=thing.kind).exclude(pk=thing.pk)
    if thing.valid_until is not None:
        others = others.filter(valid_from__lte=thing.valid_until)
    other = others.filter(
        models.Q(valid_until=None) | models.Q(valid_until__gte=thing.valid_from)
    ).first()
    if other is not None:
        raise ValidationError(
            {
                "kind": _("Staden har redan %(body)s under den tiden. Avsluta det organet först.")
                % {"body": other.in_sentence()}
            }
        )


def _only_known(fields: Mapping[str, object]) -> None:
    unknown = set(fields) - set(PERSON_FIELDS)
    if unknown:
        raise TypeError(f"unknown fields: {sorted(unknown)}")


def _plain(values: Mapping[str, object]) -> dict[str, str | int | bool | None]:
    return {
        name: value if isinstance(value, str | int | bool | None) else str(value)
        for name, value in values.items()
    }
