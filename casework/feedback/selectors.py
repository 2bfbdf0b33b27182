# SPDX-License-Identifier: EUPL-1.2
"""Who is told of a step, what is new for a person, who has heard nothing (R39, R52)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.access.tokens import Face
from casework.feedback.models import (
    AT_THE_DESK,
    OF_DUTY,
    Channel,
    Concern,
    Notice,
    NoticeState,
    Preference,
)
from casework.follow_up.selectors import stand_ins_of
from casework.initiatives.models import Initiative
from casework.organisation.enums import Role
from casework.organisation.models import Appointment, User
from casework.process import mandates
from casework.process.enums import FINAL_STAGES
from casework.process.line import due_of
from casework.process.models import Process, Step
from casework.process.selectors import visible_processes
from casework.process.specs import Mandate
from casework.process.transitions import forward_from, spec_of
from casework.register.models import Case

QUIET = frozenset({"reopen_preparation", "hand_to_committee", "reopen_list"})
"""Steps that change nothing for those who follow; who gets the work is told of it all the same."""

RECEIVERS = frozenset({Mandate.LIAISON, Mandate.GROUP, Mandate.COMMITTEE})
"""Those who are told when an initiative is handed to them. The registrar and the officer have their
inbox, council and kommunfullmäktige are called to their meetings."""

SILENCE = dt.timedelta(days=60)
"""An originator who has heard nothing for so long should hear something."""


def silent(initiatives: Sequence[int]) -> list[tuple[Process, dt.datetime]]:
    """The live initiatives of which the originator has heard nothing for long, longest first."""
    told = Q(initiative__notices__user=F("initiative__originator"))
    rows = (
        Process.objects.filter(initiative__in=initiatives)
        .exclude(stage__in=FINAL_STAGES)
        .select_related("initiative__case", "initiative__originator", "candidacy")
        .annotate(heard=Max("initiative__notices__created_at", filter=told))
    )
    limit = timezone.now() - SILENCE
    found = [(row, row.heard or row.entered_at) for row in rows]
    return sorted(((row, at) for row, at in found if at < limit), key=lambda pair: pair[1])


def receivers_of(step: Step) -> list[tuple[User, Concern]]:
    """Everyone concerned by a step, each once, by what concerns them most; not who took it.

    Who follows is told even where the case is secret: a notice has no content. The contact
    persons of affected förvaltningar are told from registration on, of what they may see.
    """
    initiative = step.initiative
    found: dict[int, tuple[User, Concern]] = {}
    if step.transition not in QUIET:
        for row in initiative.current_followers().select_related("user"):
            found[row.user_id] = (row.user, Concern(row.role))
        case = initiative.case
        if case is not None:
            if case.officer is not None:
                found.setdefault(case.officer.pk, (case.officer, Concern.OFFICER))
            for user in _of_affected(step, case):
                found.setdefault(user.pk, (user, Concern.NEIGHBOUR))
    for user in _new_holders(step):
        found.setdefault(user.pk, (user, Concern.RECEIVER))
    found.pop(step.actor_id, None)
    return [pair for pair in found.values() if pair[0].is_active]


def next_step_of(process: Process) -> str:
    """What comes, who has it and by when: "Bedöma i gruppen, hos …, senast 2026-11-30"."""
    name = forward_from(process)
    if name is None:
        return ""
    spec = spec_of(name)
    words = _("%(task)s, hos %(holder)s") % {
        "task": spec.task_words(),
        "holder": mandates.words(process, spec.mandate),
    }
    due = due_of(process)
    return _("%(words)s, senast %(day)s") % {"words": words, "day": due} if due else words


def path_of(initiative: Initiative, concern: str) -> str:
    """Where a person so concerned reads on; without the site's own address."""
    if concern not in AT_THE_DESK:
        return str(settings.ORIGINATOR_PATH % initiative.pk)
    if initiative.case_id:
        return str(settings.DESK_CASE_PATH % initiative.case_id)
    return str(settings.DESK_INITIATIVE_PATH % initiative.pk)


def news_of(user: User) -> QuerySet[Notice]:
    """What the person was told and may still see, the newest first.

    A case that became secret takes its notices with it, number and all. A digest tells nothing
    that is not here.
    """
    return _open_to(user).select_related("initiative__case", "step").order_by("-created_at", "-pk")


def unread(user: User) -> int:
    """How much of it is new.

    It stands on every page of the desk, and most who read there have nothing new: what they may
    still see is asked only of what there is, which the desk reads with the person.
    """
    has_news = getattr(user, "has_news", None)
    if has_news is None:
        has_news = _told(user).filter(read_at=None).exists()
    if not has_news:
        return 0
    return _open_to(user).filter(read_at=None).count()


def _told(user: User) -> QuerySet[Notice]:
    return Notice.objects.filter(user=user).exclude(concern="")


def _open_to(user: User) -> QuerySet[Notice]:
    seen = visible_processes(user).order_by().values("initiative")
    return (
        _told(user)
        .filter(Q(initiative=None) | Q(initiative__in=seen))
        .filter(
            Q(case=None) | Q(initiative__isnull=False) | Q(case__in=Case.objects.visible_to(user))
        )
    )


def chosen_channels(users: Iterable[User]) -> dict[int, str]:
    """What these people have chosen; who has chosen nothing is not there."""
    rows = Preference.objects.filter(user__in=[user.pk for user in users])
    return dict(rows.values_list("user_id", "channel"))


def state_for(user: User, concern: str, chosen: Mapping[int, str]) -> NoticeState:
    """Whether a notice is mailed at once, waits for the day's digest, or only stands here."""
    usual = Channel.MAIL if concern == Concern.ORIGINATOR else Channel.DIGEST
    return {
        Channel.MAIL: NoticeState.WAITING,
        Channel.DIGEST: NoticeState.COLLECTED,
        Channel.SYSTEM: NoticeState.SHOWN,
    }[Channel(chosen.get(user.pk, usual))]


def with_stand_ins(notices: Sequence[Notice]) -> list[Notice]:
    """The notices, and for each person who is away the same to who stands in for them.

    Of what belongs to a duty, and only to a stand-in who may see the case themself: being told is
    no right to see (docs/decisions/0023-a-stand-in-sees-with-own-eyes.md).
    """
    told = [row for row in notices if row.user_id and row.concern in OF_DUTY]
    stand_ins = stand_ins_of({row.user_id for row in told if row.user_id})
    if not stand_ins:
        return list(notices)
    chosen = chosen_channels(user for users in stand_ins.values() for user in users)
    known = {(row.user_id, row.step_id, row.subject) for row in notices}
    found = list(notices)
    for row in told:
        for user in stand_ins.get(row.user_id or 0, []):
            if (user.pk, row.step_id, row.subject) in known or not _may_be_told(user, row):
                continue
            known.add((user.pk, row.step_id, row.subject))
            found.append(_copy(row, user, chosen))
    return found


def _may_be_told(user: User, notice: Notice) -> bool:
    case = notice.case or (notice.initiative.case if notice.initiative else None)
    if case is not None:
        return case.is_open_to(user) and case.face_for(user) is Face.INTERNAL
    return visible_processes(user).filter(initiative=notice.initiative_id).exists()


def _copy(notice: Notice, user: User, chosen: Mapping[int, str]) -> Notice:
    path = notice.path
    if not path and notice.initiative is not None:
        path = path_of(notice.initiative, Concern.STAND_IN)
    why = _("Du får det här för att du ersätter %(who)s.") % {"who": notice.user}
    return Notice(
        initiative=notice.initiative,
        case=notice.case,
        step=notice.step,
        user=user,
        concern=Concern.STAND_IN,
        next_step=notice.next_step,
        path=path,
        address=user.email,
        state=state_for(user, Concern.STAND_IN, chosen),
        subject=notice.subject,
        body=f"{why}\n\n{notice.body}",
    )


def channel_of(user: User) -> str:
    """How the person has chosen to be told; empty where nothing was chosen."""
    row = Preference.objects.filter(user=user).first()
    return Channel(row.channel) if row else ""


def _of_affected(step: Step, case: Case) -> list[User]:
    """The contact persons of the affected förvaltningar other than its own, who are let in."""
    initiative = step.initiative
    rows = Appointment.objects.in_force().filter(
        role=Role.LIAISON, administration__in=initiative.affected.all(), user__is_active=True
    )
    others = list(rows.exclude(administration=initiative.administration_id).select_related("user"))
    if not others:
        return []
    audience = case.stored_audience()
    return [row.user for row in others if mandates.opens(audience, row)]


def _new_holders(step: Step) -> list[User]:
    """The persons who got it by this step, where the step handed it over."""
    process = step.initiative.process
    name = forward_from(process)
    if name is None:
        return []
    mandate = spec_of(name).mandate
    if mandate not in RECEIVERS or mandate == spec_of(step.transition).mandate:
        return []
    return mandates.people(process, mandate)
