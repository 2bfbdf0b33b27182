# SPDX-License-Identifier: EUPL-1.2
"""The only writers of notices: a receipt at registration, feedback at each decision (R39, R64).

A notice tells that something was decided and where to read it. It carries no case content: mail is
not a safe place for it, and a case may be secret. Every follower is told: the originator,
co-authors, the contact person and the affected förvaltningar.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.feedback.models import Notice
from casework.feedback.tasks import enqueue
from casework.initiatives.enums import FollowerRole
from casework.initiatives.models import Initiative
from casework.meetings.models import Meeting
from casework.meetings.selectors import agenda_of
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


def call_to_meeting(*, meeting: Meeting, people: Sequence[User]) -> list[Notice]:
    """Call a body's people to a meeting: day, place, and what of the agenda a mail may tell.

    A title stands there only when the public diary shows it; of secret cases the number of them.
    """
    cases = [item.case for item in agenda_of(meeting) if item.case is not None]
    open_ = [case for case in cases if not case.is_secret]
    notices = []
    for user in people:
        seen = set(
            Case.objects.visible_to(user)
            .filter(pk__in=[case.pk for case in open_])
            .values_list("pk", flat=True)
        )
        shown = [case for case in open_ if case.pk in seen]
        notices.append(
            _create(
                user=user,
                address=user.email,
                subject=_("Kallelse: %(meeting)s") % {"meeting": meeting},
                body=_calling(meeting, shown, len(cases) - len(shown)),
            )
        )
    return notices


def _calling(meeting: Meeting, cases: Sequence[Case], hidden: int) -> str:
    when = format_date(meeting.day, "j F Y")
    if meeting.starts_at:
        when = _("%(day)s klockan %(time)s") % {
            "day": when,
            "time": meeting.starts_at.strftime("%H.%M"),
        }
    lines = [
        _("Hej,"),
        "",
        _("Du kallas till möte med %(body)s den %(when)s.")
        % {"body": meeting.body.in_sentence(), "when": when},
    ]
    if meeting.place:
        lines.append(_("Plats: %(place)s.") % {"place": meeting.place})
    lines += ["", _("Dagordning:")]
    for number, case in enumerate(cases, start=1):
        title = (case.title_public or case.title) if case.is_published else ""
        lines.append(f"{number}. {case.dnr} {title}".rstrip())
    if hidden:
        lines.append(
            ngettext(
                "Också ett ärende med sekretess.",
                "Också %(count)s ärenden med sekretess.",
                hidden,
            )
            % {"count": hidden}
        )
    address = f"{settings.BASE_URL}{settings.MEETING_PATH % meeting.pk}"
    lines += [
        "",
        _("Underlag och handlingar: %(url)s") % {"url": address},
        "",
        _("Hälsningar"),
        settings.CITY_NAME,
    ]
    return "\n".join(lines)


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
        subject=_("%(name)s: %(what)s %(told)s") % {"name": name, "what": what, "told": told},
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
