# SPDX-License-Identifier: EUPL-1.2
"""From an employee's idea to a registered case: R21–R28."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casework.initiatives import services as initiatives
from casework.initiatives.enums import FollowerRole, Freeze, Part
from casework.initiatives.models import Batch, Initiative
from casework.initiatives.permissions import is_author, require_liaison
from casework.initiatives.selectors import missing_answers
from casework.organisation.models import Administration, User
from casework.process import mandates
from casework.process.enums import WITH_FORVALTNING, WITH_ORIGINATOR, Stage, Standing
from casework.process.models import Process, Step
from casework.process.services.core import ImpossibleTransition, lock_processes, take_step
from casework.process.services.drafts import locked
from casework.process.services.filing import file_initiative, file_receipt, file_sendings
from casework.process.services.rounds import join_round_for
from casework.process.specs import Mandate
from casework.register.enums import CaseType
from casework.register.models import Case, ClassCode, NumberSeries
from casework.register.services import register_case, set_case_scope

OFFICER_WRITES = frozenset({Stage.REGISTERED, Stage.IN_PREPARATION})


@transaction.atomic
def submit(*, initiative: Initiative, actor: User) -> Step:
    """Send it to the förvaltning's contact person; the answers are kept as they are (R26).

    The originator or a co-author sends.

    Raises:
        PermissionDenied: it is another person's.
        ValidationError: answers are missing; one message per field.
    """
    mandates.require(locked(initiative), "submit", actor)
    _require_answers(initiative, "send")
    step = take_step(process=initiative.process, name="submit", actor=actor)
    initiatives.freeze(initiative=initiative, occasion=Freeze.SUBMIT, actor=actor)
    return step


def return_to_originator(*, initiative: Initiative, actor: User, reason: str) -> Step:
    """Ask the originator for more, with a reason."""
    return take_step(
        process=initiative.process, name="return_to_originator", actor=actor, reason=reason
    )


def part_written_by(process: Process, user: User) -> str | None:
    """The part of the answers that the person may write now; None when it is not the time.

    Originator and co-authors write until it is sent, the contact person while it is in the
    förvaltning and when the group has asked, the officer while it is prepared. Each writes beside
    the others'.
    """
    candidacy = process.live_candidacy
    if process.stage in WITH_ORIGINATOR:
        return Part.ORIGINATOR if is_author(user, process.initiative) else None
    asked = candidacy is not None and candidacy.stage == Standing.COMPLETION
    if (process.stage in WITH_FORVALTNING or asked) and mandates.holder(
        process, Mandate.LIAISON, user
    ):
        return Part.PREPARATION
    prepared_here = process.stage in OFFICER_WRITES or (
        candidacy is not None and candidacy.stage in {Standing.ENTERED, Standing.COMPLETION}
    )
    if (
        prepared_here
        and process.initiative.case_id
        and mandates.holder(process, Mandate.OFFICER, user)
    ):
        return Part.OFFICE
    return None


@transaction.atomic
def save_preparation(
    *, initiative: Initiative, answers: Mapping[str, object], actor: User
) -> Initiative:
    """Save the preparation beside the originator's words: the contact person's or the officer's.

    Raises:
        PermissionDenied: the person prepares neither.
        ImpossibleTransition: it is not being prepared now.
    """
    process = locked(initiative)
    part = part_written_by(process, actor)
    if part is None or part == Part.ORIGINATOR:
        if _prepares(process, actor) and (
            process.stage in {Stage.DRAFT, Stage.RETURNED, Stage.SENT}
            or (
                process.stage in set(Stage) - OFFICER_WRITES - WITH_FORVALTNING
                and process.live_candidacy is None
            )
        ):
            raise ImpossibleTransition(_("Initiativet bereds inte nu och kan inte ändras."))
        mandate = Mandate.OFFICER if process.initiative.case_id else Mandate.LIAISON
        raise PermissionDenied(
            _("Det får bara %(who)s ändra.") % {"who": mandates.words(process, mandate)}
        )
    initiatives.write_answers(initiative=initiative, part=part, answers=answers, actor=actor)
    initiative.refresh_from_db()
    if initiative.case is not None:
        set_case_scope(
            case=initiative.case,
            service_area=initiative.service_area,
            administrations=[initiative.administration, *initiative.affected.all()],
            actor=actor,
        )
    return initiative


@transaction.atomic
def complete_preparation(*, initiative: Initiative, actor: User) -> Step:
    """The contact person has prepared it on the fixed template (R27).

    Raises:
        PermissionDenied: the person is not the förvaltning's contact person.
        ValidationError: answers are missing; one message per field.
    """
    mandates.require(locked(initiative), "complete_preparation", actor)
    _require_answers(initiative, "prepare")
    return take_step(process=initiative.process, name="complete_preparation", actor=actor)


def reopen_preparation(*, initiative: Initiative, actor: User) -> Step:
    """The contact person goes on preparing."""
    return take_step(process=initiative.process, name="reopen_preparation", actor=actor)


@transaction.atomic
def send_batch(
    *,
    administration: Administration,
    chosen: Sequence[Initiative],
    actor: User,
    message: str = "",
) -> Batch:
    """Send prepared initiatives to stadsledningskontoret, all or none (R28).

    Raises:
        PermissionDenied: only the förvaltning's contact person sends.
        ValidationError: nothing was chosen, or one belongs to another förvaltning.
    """
    require_liaison(actor, administration)
    if not chosen:
        raise ValidationError(_("Välj minst ett initiativ att skicka."), code="empty")
    if any(initiative.administration_id != administration.pk for initiative in chosen):
        raise ValidationError(_("Ett initiativ hör till en annan förvaltning."), code="other")
    lock_processes(chosen)
    batch = initiatives.create_batch(
        administration=administration, initiatives=chosen, actor=actor, message=message
    )
    for initiative in chosen:
        take_step(process=initiative.process, name="send_in", actor=actor, reason=message)
        initiatives.freeze(initiative=initiative, occasion=Freeze.SEND, actor=actor)
        initiatives.follow(initiative=initiative, user=actor, role=FollowerRole.LIAISON, actor=None)
    return batch


def send_back(*, initiative: Initiative, actor: User, reason: str) -> Step:
    """The registrar gives an unregistered initiative back to the contact person."""
    return take_step(process=initiative.process, name="send_back", actor=actor, reason=reason)


@transaction.atomic
def register(
    *,
    initiative: Initiative,
    actor: User,
    title: str,
    received_date: dt.date,
    series: NumberSeries | None = None,
    officer: User | None = None,
    class_code: ClassCode | None = None,
    title_public: str = "",
    secrecy_provision: str = "",
    token: uuid.UUID | None = None,
) -> Case:
    """Give a sent-in initiative its diary number; a second sending returns the same case.

    What came in is kept as it came in: the frozen answers and the attached files become record 1
    of the case, each sending of the förvaltning and each return a record of its own. The
    initiative joins the round that is open for its day, or waits for the next (R53).

    Raises:
        PermissionDenied: the person is not registrar of the diary.
        ImpossibleTransition: it is not waiting to be registered.
        ValidationError: a field is missing or the date lies ahead.
    """
    process = locked(initiative)
    mandates.require(process, "register", actor)
    if token and process.initiative.case and process.stage == Stage.REGISTERED:
        return process.initiative.case
    if process.stage != Stage.SENT:
        raise ImpossibleTransition(_("Initiativet är redan registrerat eller inte inskickat."))
    frozen = initiatives.freeze(initiative=initiative, occasion=Freeze.REGISTER, actor=actor)
    case = register_case(
        series=series or series_of_the_model(),
        actor=actor,
        case_type=CaseType.INITIATIVE,
        title=title,
        title_public=title_public,
        party=str(initiative.administration),
        party_public=str(initiative.administration),
        received_date=received_date,
        service_area=initiative.service_area,
        officer=officer,
        unit=officer.unit if officer else None,
        class_code=class_code,
        followers=[row.user for row in initiative.current_followers()],
        administrations=[initiative.administration, *initiative.affected.all()],
        secrecy_provision=secrecy_provision,
        token=token,
    )
    initiative.case = case
    initiative.save(update_fields=["case"])
    take_step(process=process, name="register", actor=actor)
    file_initiative(initiative=initiative, frozen=frozen, received_date=received_date, actor=actor)
    file_sendings(initiative=initiative, received_date=received_date, actor=actor)
    file_receipt(initiative=initiative, actor=actor)
    join_round_for(process=process, day=received_date, actor=actor)
    initiative.refresh_from_db()
    case.refresh_from_db()
    return case


def series_of_the_model() -> NumberSeries:
    """The series in which initiatives are registered: the one of the executive office (R22).

    Raises:
        ValidationError: the city has none.
    """
    authority = mandates.diary_authority()
    series = NumberSeries.objects.filter(
        authority=authority, is_historic=False, code=authority.code if authority else ""
    ).first()
    if series is None:
        raise ValidationError({"series": _("Diariet för initiativ saknar nummerserie.")})
    return series


@transaction.atomic
def join_with(*, initiative: Initiative, into: Initiative, actor: User, reason: str) -> Step:
    """Let one of two of the same idea go on; all who wrote or followed follow that one (R26).

    What the other's originator wrote stays where it is, to be read by those who follow.

    Raises:
        PermissionDenied: only the contact person of the förvaltning of both.
        ValidationError: it is the same one, or the other is not in the förvaltning's hands.
    """
    require_liaison(actor, into.administration)
    lock_processes([initiative, into])
    if into.pk == initiative.pk:
        raise ValidationError({"into": _("Välj ett annat initiativ.")})
    if into.process.stage not in WITH_FORVALTNING | {Stage.RETURNED}:
        raise ValidationError({"into": _("Välj ett initiativ som förvaltningen bereder.")})
    step = take_step(process=initiative.process, name="join", actor=actor, reason=reason)
    initiatives.note_joined(initiative=initiative, into=into, actor=actor)
    return step


def withdraw(*, initiative: Initiative, actor: User, reason: str) -> Step:
    """The originator takes it back, as long as its area's list is not fixed."""
    return take_step(process=initiative.process, name="withdraw", actor=actor, reason=reason)


def _prepares(process: Process, user: User) -> bool:
    """Whether the person prepares it at one time or another."""
    return mandates.holder(process, Mandate.LIAISON, user) is not None or (
        process.initiative.case_id is not None
        and mandates.holder(process, Mandate.OFFICER, user) is not None
    )


def _require_answers(initiative: Initiative, purpose: str) -> None:
    missing = missing_answers(initiative, purpose)
    if missing:
        raise ValidationError(missing)
