# SPDX-License-Identifier: EUPL-1.2
"""The only writers of notices: a receipt at registration, feedback at each decision (R39, R64).

A notice tells that something was decided and where to read it. It carries no case content: mail is
not a safe place for it, and a case may be secret; an initiative without a number goes by its place
and not by its title. Everyone concerned is told once: who follows, the officer, the contact persons
of the affected förvaltningar, and those to whom it was handed. Each notice stands in the system; by
mail it comes at once, in the day's digest or not at all, as the person has chosen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.feedback.models import Channel, Concern, Notice, NoticeState, Preference
from casework.feedback.selectors import (
    chosen_channels,
    next_step_of,
    path_of,
    receivers_of,
    state_for,
    with_stand_ins,
)
from casework.feedback.tasks import enqueue, plain_mail
from casework.initiatives.models import Initiative
from casework.meetings.models import Meeting
from casework.meetings.selectors import agenda_of
from casework.organisation.models import User
from casework.process.models import Step
from casework.process.transitions import spec_of
from casework.register.models import Case


def notify_of_step(*, step: Step) -> list[Notice]:
    """Tell everybody concerned that a step was taken; call it in the step's transaction.

    The person who took it is not told of it.
    """
    if step.transition == "register":
        return []
    concerned = receivers_of(step)
    if not concerned:
        return []
    news = _News.of(step)
    chosen = chosen_channels(user for user, _concern in concerned)
    return _create_all(
        [_of_step(news, user, concern, chosen) for user, concern in concerned],
    )


def notify_of_merger(*, case: Case, into: Case, actor: User | None) -> list[Notice]:
    """Tell who follows an initiative that its case goes on under another number.

    Call it in the transaction of the merger; who did it is not told.
    """
    initiative = Initiative.objects.filter(case=case).first()
    if initiative is None:
        return []
    done_by = actor.pk if actor else None
    rows = [
        row
        for row in initiative.current_followers().select_related("user")
        if row.user_id != done_by
    ]
    chosen = chosen_channels(row.user for row in rows)
    notices = []
    for row in rows:
        number = into.dnr if into.is_open_to(row.user) else _("ett annat ärende")
        subject = _("%(dnr)s: initiativet fördes samman med %(into)s") % {
            "dnr": case.dnr,
            "into": number,
        }
        concern, path = Concern(row.role), path_of(initiative, row.role)
        notices.append(
            Notice(
                initiative=initiative,
                case=case,
                user=row.user,
                address=row.user.email,
                concern=concern,
                state=state_for(row.user, concern, chosen),
                subject=subject,
                body=plain_mail(subject, path),
            )
        )
    return _create_all(notices)


def notify_of_assignment(*, case: Case, actor: User | None) -> list[Notice]:
    """Tell who was given a case: the officer, or the unit's people who may open it.

    Call it in the transaction of the giving; who gave it is not told. What was written to the
    receiver stands in the journal and in their list, and not here.
    """
    if case.officer is not None:
        people = [case.officer]
    else:
        people = list(User.objects.filter(unit=case.unit_id, is_active=True).order_by("pk"))
    giver = actor.pk if actor else None
    told = [user for user in people if user.pk != giver and case.is_open_to(user)]
    chosen = chosen_channels(told)
    path = settings.DESK_CASE_PATH % case.pk
    what = _("%(dnr)s har lämnats till dig") if case.officer else _("%(dnr)s finns hos din enhet")
    subject = what % {"dnr": case.dnr}
    return _create_all(
        [
            Notice(
                case=case,
                user=user,
                address=user.email,
                concern=Concern.GIVEN,
                path=path,
                state=state_for(user, Concern.GIVEN, chosen),
                subject=subject,
                body=plain_mail(subject, path),
            )
            for user in told
        ]
    )


def choose_channel(*, actor: User, channel: str) -> Preference:
    """Let a person say how they want to be told.

    Raises:
        ValidationError: there is no such way.
    """
    if channel not in Channel.values:
        raise ValidationError(_("Välj ett av alternativen."))
    row, _created = Preference.objects.update_or_create(user=actor, defaults={"channel": channel})
    return row


def mark_read(*, actor: User, notice: Notice | None = None) -> int:
    """Note that the person has read one of their notices, or all; return how many were new."""
    rows = Notice.objects.filter(user=actor, read_at=None)
    if notice is not None:
        rows = rows.filter(pk=notice.pk)
    return rows.update(read_at=timezone.now())


def acknowledge(*, case: Case, address: str = "") -> list[Notice]:
    """Send a receipt with number, received date and officer, and no case content.

    Args:
        case: just registered.
        address: of the sender of a letter; an initiative's followers get theirs.
    """
    initiative: Initiative | None = getattr(case, "initiative", None)
    if initiative is None:
        if not address:
            return []
        return _create_all([_receipt(case, None, None, None, {}, address)])
    followers = list(initiative.current_followers().select_related("user"))
    chosen = chosen_channels(row.user for row in followers)
    return _create_all(
        [_receipt(case, initiative, row.user, Concern(row.role), chosen) for row in followers]
    )


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
            Notice(
                user=user,
                address=user.email,
                concern=Concern.CALLED,
                path=settings.MEETING_PATH % meeting.pk,
                subject=_("Kallelse: %(meeting)s") % {"meeting": meeting},
                body=_calling(meeting, shown, len(cases) - len(shown)),
            )
        )
    return _create_all(notices)


def call_off_meeting(*, meeting: Meeting, people: Sequence[User]) -> list[Notice]:
    """Tell those who were called that the meeting will not be, and why."""
    lines = [
        _("Hej,"),
        "",
        _("Mötet med %(body)s den %(when)s är inställt.")
        % {"body": meeting.body.in_sentence(), "when": _when(meeting)},
        "",
        meeting.cancel_reason,
        "",
        _("Hälsningar"),
        settings.CITY_NAME,
    ]
    return _create_all(
        [
            Notice(
                user=user,
                address=user.email,
                concern=Concern.CALLED,
                path=settings.MEETING_PATH % meeting.pk,
                subject=_("Inställt: %(meeting)s") % {"meeting": meeting},
                body="\n".join(lines),
            )
            for user in people
        ]
    )


def _when(meeting: Meeting) -> str:
    day = format_date(meeting.day, "j F Y")
    if not meeting.starts_at:
        return day
    return _("%(day)s klockan %(time)s") % {
        "day": day,
        "time": meeting.starts_at.strftime("%H.%M"),
    }


def _calling(meeting: Meeting, cases: Sequence[Case], hidden: int) -> str:
    lines = [
        _("Hej,"),
        "",
        _("Du kallas till möte med %(body)s den %(when)s.")
        % {"body": meeting.body.in_sentence(), "when": _when(meeting)},
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


@dataclass(frozen=True, slots=True)
class _News:
    """What every receiver is told of one step."""

    step: Step
    initiative: Initiative
    told: str
    next_step: str

    @classmethod
    def of(cls, step: Step) -> _News:
        """What the step and the place it led to say."""
        spec = spec_of(step.transition)
        return cls(
            step,
            step.initiative,
            spec.told_as(step.opinion, step.occasion),
            next_step_of(step.initiative.process),
        )


def _of_step(news: _News, user: User, concern: Concern, chosen: Mapping[int, str]) -> Notice:
    step, initiative = news.step, news.initiative
    case = initiative.case
    is_own = concern == Concern.ORIGINATOR
    what = _("ditt initiativ") if is_own else _("initiativet")
    name = case.dnr if case else _("Initiativ %(number)s") % {"number": initiative.pk}
    lines = [
        _("Hej,"),
        "",
        _("Den %(day)s %(told)s.")
        % {"day": format_date(step.decided_on, "j F Y"), "told": _turned(news.told, what)},
    ]
    if step.body is not None:
        lines.append(_("Beslutet fattades av %(body)s.") % {"body": step.body.in_sentence()})
    if news.next_step:
        lines.append(_("Nästa steg: %(next)s.") % {"next": news.next_step})
    lines += [
        "",
        _("Du får det här för att: %(why)s.") % {"why": _lower(str(concern.label))},
        _("Läs mer: %(url)s") % {"url": f"{settings.BASE_URL}{path_of(initiative, concern)}"},
        "",
        _("Hälsningar"),
        settings.CITY_NAME,
    ]
    return Notice(
        initiative=initiative,
        case=case,
        step=step,
        user=user,
        concern=concern,
        next_step=news.next_step[:400],
        state=state_for(user, concern, chosen),
        address=user.email,
        subject=_("%(name)s: %(what)s %(told)s") % {"name": name, "what": what, "told": news.told},
        body="\n".join(lines),
    )


def _turned(told: str, what: str) -> str:
    """The sentence with the verb first, as it stands after a date: "togs ditt initiativ med …"."""
    verb, _space, rest = told.partition(" ")
    return f"{verb} {what} {rest}".strip()


def _lower(words: str) -> str:
    """A sentence as it goes on after a colon."""
    return words[:1].lower() + words[1:]


def _receipt(
    case: Case,
    initiative: Initiative | None,
    user: User | None,
    concern: Concern | None,
    chosen: Mapping[int, str],
    address: str = "",
) -> Notice:
    officer = str(case.officer) if case.officer else _("utses senare")
    opening = (
        _("Vi har tagit emot initiativet och gett det diarienummer %(dnr)s.")
        if initiative
        else _("Vi har tagit emot din handling. Den har diarienummer %(dnr)s.")
    )
    return Notice(
        initiative=initiative,
        case=case,
        user=user,
        concern=concern or "",
        next_step=next_step_of(initiative.process)[:400] if initiative else "",
        state=state_for(user, concern, chosen) if user and concern else NoticeState.WAITING,
        address=user.email if user else address,
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


def _create_all(notices: list[Notice]) -> list[Notice]:
    """Write them at once, and hand those that are mailed now to the worker."""
    made = Notice.objects.bulk_create(with_stand_ins(notices))
    for notice in made:
        if notice.state == NoticeState.WAITING:
            transaction.on_commit(partial(enqueue, notice.pk))
    return made
