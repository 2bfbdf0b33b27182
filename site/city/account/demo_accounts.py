# SPDX-License-Identifier: EUPL-1.2
"""The accounts to try, shown on the log-in page of the demo alone."""

from __future__ import annotations

from django.utils.translation import gettext as _

from casework.organisation.enums import Role
from casework.organisation.models import Appointment, User

DEMO_PASSWORD = "demo"  # noqa: S105  the made-up city's, told to everybody on the page


#: In the order in which an initiative meets them.
WALK = (
    Role.LIAISON,
    Role.REGISTRAR,
    Role.OFFICER,
    Role.EXPERT,
    Role.GROUP_CHAIR,
    Role.GROUP_MEMBER,
    Role.EXECUTIVE_OFFICE,
    Role.COMMITTEE_CHAIR,
    Role.COMMITTEE_MEMBER,
    Role.COUNCIL_CHAIR,
    Role.COUNCIL_MEMBER,
    Role.BOARD_CHAIR,
    Role.BOARD_MEMBER,
    Role.SECRETARY,
    Role.CITY_MANAGER,
    Role.ADMINISTRATOR,
    Role.READER,
)


EMPLOYEES_SHOWN = 20


def demo_accounts() -> dict[str, list[dict[str, str]]]:
    """The accounts to try, in the order of an initiative's walk; one per role, then the others."""
    held: dict[User, dict[str, list[str]]] = {}
    rows = Appointment.objects.in_force().filter(user__is_active=True)
    for row in rows.select_related("user", "body", "administration", "authority"):
        held.setdefault(row.user, {}).setdefault(row.role, []).append(str(row.scope))
    employees = User.objects.filter(is_active=True, appointments=None).exclude(administration=None)
    accounts = [
        _account(user, _("Medarbetare, %(where)s") % {"where": user.administration})
        for user in sorted(
            employees.select_related("administration")[:EMPLOYEES_SHOWN],
            key=lambda user: (len(user.username), user.username),
        )
    ]
    first, more = accounts[:1], accounts[1:]
    for role in WALK:
        theirs = sorted((user for user in held if role in held[user]), key=lambda u: len(held[u]))
        known = {account["username"] for account in (*first, *more)}
        new = [_account(u, _roles(held[u])) for u in theirs if u.username not in known]
        first += new[:1]
        more += new[1:]
    return {"first": first, "more": more}


def _account(user: User, role: str) -> dict[str, str]:
    return {"username": user.username, "name": str(user), "role": role}


def _roles(held: dict[str, list[str]]) -> str:
    """A person's roles in a line: the body when it is one, else how many."""
    found = []
    for role, scopes in held.items():
        label = str(Role(role).label)
        where = scopes[0] if len(scopes) == 1 else _("%(n)s uppdrag") % {"n": len(scopes)}
        found.append(label if where.startswith(label) else f"{label}, {where}")
    return "; ".join(found)
