# SPDX-License-Identifier: EUPL-1.2
"""One thing done with many cases, each for itself: a service, its right, and its own transaction.

The person saw each case in a list, in a version (:func:`version_of`). Under the case's locks its
version is read again: what somebody changed meanwhile is left alone and told, never overrun. A case
that may not be done is left alone too, and so are those that the person may not see, which are
told in the same way as those that never were.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.crypto import salted_hmac

from casework.journal.digests import digests_of
from casework.journal.models import canonical
from casework.journal.services import lock_chain
from casework.organisation.models import User
from casework.register.models import Case
from casework.register.state import CASE_FIELDS, value_of


@dataclass(frozen=True)
class Did:
    """What was done with one case, so that just that can be taken back.

    Attributes:
        case: its key.
        before: the fields that it changed, as they were.
        after: the same fields, as they became.
        made: the key of the row that the service made, if any.
        mark: the checksum of that row.
    """

    case: int
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    made: int | None = None
    mark: str = ""

    def as_json(self) -> dict[str, Any]:
        """To be kept until it may not be taken back any longer."""
        return asdict(self)


@dataclass
class Together:
    """What came of it.

    Attributes:
        done: the cases that were changed.
        did: what was done with each of them, where it was anything.
        changed: those that somebody else had changed.
        refused: those that the person may not do it with.
        unfit: those that are not as it takes, with why.
        gone: how many there were not, or not for this person.
    """

    done: list[Case] = field(default_factory=list)
    did: list[Did] = field(default_factory=list)
    changed: list[Case] = field(default_factory=list)
    refused: list[Case] = field(default_factory=list)
    unfit: list[tuple[Case, str]] = field(default_factory=list)
    gone: int = 0


def version_of(case: Case) -> str:
    """A mark of what stands in the case's own fields, which tells nothing of what it is.

    Not the change number: that counts what the person may not see as well, such as a link to a
    secret case. A keyed hash, so that no hidden title can be guessed at.
    """
    values = [value_of(case, name) for name in CASE_FIELDS]
    return salted_hmac("register.version", canonical([case.pk, *values])).hexdigest()[:16]


def each_for_itself(
    *,
    rows: Sequence[tuple[int, str]],
    actor: User,
    service: Callable[[Case], object],
    fields: Sequence[str] = (),
) -> Together:
    """Do a thing with each case that is as it was shown.

    Args:
        rows: the keys of the cases with the versions that they were shown in.
        actor: who does it; the service asks for the right.
        service: called with the case, inside a transaction that holds its chain and the case.
        fields: of the case that belong together in what is done; where one of them has changed
            since, none is taken back.
    """
    known = dict(rows)

    def do(case: Case, stored: Case) -> Did | None:
        if version_of(stored) != known[case.pk]:
            return None
        return did(stored, case, service(case), fields)

    return _each(list(known), actor, do)


def take_back(
    *,
    rows: Sequence[Did],
    actor: User,
    is_as_done: Callable[[Case, Did], bool],
    service: Callable[[Case, Did], object],
) -> Together:
    """Undo a thing in each case where nobody has changed since what it changed.

    Args:
        rows: what was done, as :func:`each_for_itself` told it.
        actor: who undoes it; the service asks for the right.
        is_as_done: whether what was done still stands in the case, as it is stored.
        service: called with the case and what was done, under the same locks.
    """
    known = {row.case: row for row in rows}

    def undo(case: Case, stored: Case) -> Did | None:
        row = known[case.pk]
        if not is_as_done(stored, row):
            return None
        service(case, row)
        return row

    return _each(list(known), actor, undo)


def stands(case: Case, row: Did) -> bool:
    """Whether the fields hold what they became."""
    return all(value_of(case, name) == value for name, value in row.after.items())


def did(before: Case, after: Case, made: object, together: Sequence[str] = ()) -> Did:
    """What a service has done with a case, and with what it made."""
    old = {name: value_of(before, name) for name in CASE_FIELDS}
    new = {name: value_of(after, name) for name in CASE_FIELDS}
    differing = [name for name in CASE_FIELDS if old[name] != new[name]]
    if differing:
        differing = sorted({*differing, *together})
    row = made if isinstance(made, models.Model) else None
    return Did(
        case=after.pk,
        before={name: old[name] for name in differing},
        after={name: new[name] for name in differing},
        made=row.pk if row is not None else None,
        mark=mark_of(row) if row is not None else "",
    )


def mark_of(row: models.Model) -> str:
    """The checksum of a row, by which one sees whether it has been changed since."""
    return str(next(iter(digests_of(row).values())))


def _each(keys: Sequence[int], actor: User, do: Callable[[Case, Case], Did | None]) -> Together:
    came = Together()
    shown = Case.objects.visible_to(actor).select_related("entry__series", "authority", "officer")
    cases = {case.pk: case for case in shown.filter(pk__in=keys)}
    came.gone = len(keys) - len(cases)
    for pk in keys:
        if pk in cases:
            _one(cases[pk], came, do)
    return came


def _one(case: Case, came: Together, do: Callable[[Case, Case], Did | None]) -> None:
    try:
        with transaction.atomic():
            lock_chain(case.chain)
            stored = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
            row = do(case, stored)
            if row is None:
                came.changed.append(case)
                return
    except PermissionDenied:
        came.refused.append(case)
    except ValidationError as error:
        came.unfit.append((case, " ".join(error.messages)))
    else:
        came.done.append(case)
        if row.after or row.made is not None:
            came.did.append(row)
