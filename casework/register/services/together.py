# SPDX-License-Identifier: EUPL-1.2
"""One thing done with many cases, each for itself: a service, its right, and its own transaction.

The person saw each case in a list, in a version (:func:`version_of`). Under the case's locks its
version is read again: what somebody changed meanwhile is left alone and told, never overrun. A case
that may not be done is left alone too, and so are those that the person may not see, which are
told in the same way as those that never were.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac

from casework.journal.models import canonical
from casework.journal.services import lock_chain
from casework.organisation.models import User
from casework.register.models import Case
from casework.register.state import CASE_FIELDS, value_of


@dataclass
class Together:
    """What came of it.

    Attributes:
        done: the cases that were changed.
        changed: those that somebody else had changed.
        refused: those that the person may not do it with.
        unfit: those that are not as it takes, with why.
        gone: how many there were not, or not for this person.
    """

    done: list[Case] = field(default_factory=list)
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
    *, rows: Sequence[tuple[int, str]], actor: User, service: Callable[[Case], object]
) -> Together:
    """Do a thing with each case that is as it was shown.

    Args:
        rows: the keys of the cases with the versions that they were shown in.
        actor: who does it; the service asks for the right.
        service: called with the case, inside a transaction that holds its chain and the case.
    """
    came = Together()
    known = dict(rows)
    shown = Case.objects.visible_to(actor).select_related("entry__series", "authority", "officer")
    cases = {case.pk: case for case in shown.filter(pk__in=known)}
    came.gone = len(known) - len(cases)
    for pk, version in known.items():
        case = cases.get(pk)
        if case is not None:
            _one(case, version, came, service)
    return came


def _one(case: Case, version: str, came: Together, service: Callable[[Case], object]) -> None:
    try:
        with transaction.atomic():
            lock_chain(case.chain)
            stored = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
            if version_of(stored) != version:
                came.changed.append(case)
                return
            service(case)
    except PermissionDenied:
        came.refused.append(case)
    except ValidationError as error:
        came.unfit.append((case, " ".join(error.messages)))
    else:
        came.done.append(case)
