# SPDX-License-Identifier: EUPL-1.2
"""The only writers of notices: a receipt at registration, feedback at each decision (R39, R64).

A notice tells that something was decided and where to read it. It carries no case content: mail is
not a safe place for it, and a case may be secret. Every follower is told: the originator,
co-authors, the contact person and the affected förvaltningar.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from casework.feedback.models import Notice
from casework.feedback.tasks import enqueue
from casework.initiatives.enums import FollowerRole
from casework.initiatives.models import Initiative
from casework.organisation.models import User
from casework.process import mandates
from casework.process.models import Step
from casework.process.transitions import forward_from, spec_of
from casework.register.models import Case

QUIET = frozenset({"reopen_preparation", "hand_to_committee", "reopen_list"})
"""Steps that change nothing for those who follow."""


def notify_of_step(*, step: Step) -> list[Notice]:
    """Tell everybody who follows that a step was taken; call it in the step's transaction.

    The person who took it is not told of it.
    """
    if step.transition in QUIET or step.transition == "register":
        return []
    initiative = step.initiative
    followers = list(
        initiative.current_followers().exclude(user=step.actor_id).select_related("user")
    )
    if not followers:
        return []
    holder = _holder(initiative)
    return [
        _of_step(step, initiative, row.user, holder, is_own=row.role == FollowerRole.ORIGINATOR)
        for row in followers
    ]


def acknowledge(*, case: Case, address: str = "") -> list[Notice]:
    """Send a receipt with number, received date and officer, and no case content.

    Args:
        case: just registered.
        address: of the sender of a letter; an initiative's followers get theirs.
    """
    initiative: Initiative | None = getattr(case, "initiative", None)
    if initiative is None:
        return [_receipt(case, None, None, address)] if address else []
    return [
        _receipt(case, initiative, row.user, row.user.email)
        for row in initiative.current_followers().select_related("user")
    ]


def _holder(initiative: Initiative) -> str:
    """Who has it now, in a running sentence; nobody at an end."""
    name = forward_from(initiative.process)
    return mandates.words(initiative.process, spec_of(name).mandate) if name else ""


def _of_step(
    step: Step, initiative: Initiative, user: User, holder: str, *, is_own: bool
) -> Notice:
    told = spec_of(step.transition).told_as(step.opinion, step.occasion)
    case = initiative.case
    what = _("ditt initiativ") if is_own else _("initiativet")
    name = case.dnr if case else initiative.title or _("utan rubrik")
    lines = [
        _("Hej,"),
        "",
        _("Den %(day)s %(told)s.")
        % {"day": format_date(step.decided_on, "j F Y"), "told": _turned(told, what)},
    ]
    if step.body is not None:
        lines.append(_("Beslutet fattades av %(body)s.") % {"body": step.body.in_sentence()})
    if holder:
        lines.append(_("Nu ligger det hos %(holder)s.") % {"holder": holder})
    lines += [
        "",
        _("Läs mer: %(url)s") % {"url": _address(initiative)},
        "",
        _("Hälsningar"),
        settings.CITY_NAME,
    ]
    return _create(
        initiative=initiative,
        case=case,
        step=step,
        user=user,
        address=user.email,
        subject=_("%(name)s: %(what)s %(told)s")
        % {"name": name, "what": what, "told": told},
        body="\n".join(lines),
    )


def _turned(told: str, what: str) -> str:
    """The sentence with the verb first, as it stands after a date: "togs ditt initiativ med …"."""
    verb, _space, rest = told.partition(" ")
    return f"{verb} {what} {rest}".strip()


def _receipt(case: Case, initiative: Initiative | None, user: User | None, address: str) -> Notice:
    officer = str(case.officer) if case.officer else _("utses senare")
    opening = (
        _("Vi har tagit emot initiativet och gett det diarienummer %(dnr)s.")
        if initiative
        else _("Vi har tagit emot din handling. Den har diarienummer %(dnr)s.")
    )
    return _create(
        initiative=initiative,
        case=case,
        user=user,
        address=address,
        subject=_("Mottaget: %(dnr)s") % {"dnr": case.dnr},
        body="\n".join(
            [
                _("Hej,"),
                "",
                opening % {"dnr": case.dnr},
                _("Det kom in %(day)s.") % {"day": case.received_date.isoformat()},
                _("Handläggare: %(officer)s.") % {"officer": officer},
                "",
                _("Ange diarienumret när du hör av dig."),
                "",
                _("Hälsningar"),
                settings.CITY_NAME,
            ]
        ),
    )


def _address(initiative: Initiative) -> str:
    return f"{settings.BASE_URL}{settings.ORIGINATOR_PATH % initiative.pk}"


def _create(**fields: object) -> Notice:
    notice = Notice.objects.create(**fields)
    transaction.on_commit(lambda: enqueue(notice.pk))
    return notice
