# SPDX-License-Identifier: EUPL-1.2
"""An idea while it is written: begun for oneself or a colleague, copied, saved, discarded (R21)."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from casework.initiatives import services as initiatives
from casework.initiatives.answers import Answer
from casework.initiatives.enums import FollowerRole, Part
from casework.initiatives.models import Attachment, Follower, Initiative
from casework.initiatives.permissions import is_author, require_liaison
from casework.organisation.models import Administration, User
from casework.process.enums import WITH_ORIGINATOR, Stage
from casework.process.models import Process
from casework.process.services.core import ImpossibleTransition


@transaction.atomic
def start_draft(
    *, actor: User, answers: Mapping[str, object], administration: Administration | None = None
) -> Initiative:
    """Begin an initiative; it is only the originator's until it is submitted (R21, R25)."""
    initiative = initiatives.begin(actor=actor, administration=administration)
    Process.objects.create(initiative=initiative)
    if answers:
        initiatives.write_answers(
            initiative=initiative, part=Part.ORIGINATOR, answers=answers, actor=actor
        )
    return initiative


@transaction.atomic
def start_for(*, originator: User, actor: User) -> Initiative:
    """Begin an initiative for a colleague who has an idea: the contact person holds the pen (R20).

    It is the colleague's; the contact person writes with them and sends it, and both are told
    what becomes of it.

    Raises:
        PermissionDenied: only the contact person of the colleague's förvaltning.
        ValidationError: the colleague belongs to no förvaltning.
    """
    administration = originator.administration
    if administration is None:
        raise ValidationError(
            {"originator": _("Kontot hör inte till någon förvaltning.")}, code="administration"
        )
    require_liaison(actor, administration)
    initiative = initiatives.begin(actor=originator)
    Process.objects.create(initiative=initiative)
    if originator != actor:
        Follower.objects.create(initiative=initiative, user=actor, role=FollowerRole.CO_AUTHOR)
    return initiative


@transaction.atomic
def copy_draft(*, initiative: Initiative, actor: User) -> Initiative:
    """Begin a new initiative from what the person once wrote; the old one stays as it is (R45).

    Answers to questions that the form in use no longer asks, or asks otherwise, are left out.

    Raises:
        PermissionDenied: another person wrote it.
    """
    if not is_author(actor, initiative):
        raise PermissionDenied(_("Det får bara den som skrev initiativet göra."))
    new = initiatives.begin(actor=actor)
    Process.objects.create(initiative=new)
    initiatives.copy_answers(source=initiative, target=new, actor=actor)
    return new


@transaction.atomic
def save_draft(
    *,
    initiative: Initiative,
    answers: Mapping[str, object],
    actor: User,
    opened: Mapping[str, Answer] | None = None,
) -> Initiative:
    """Save the originator's answers, as the originator or a co-author; gaps are allowed.

    Args:
        opened: what stood on the page when it was opened; only what its writer changed is saved
            then.

    Raises:
        PermissionDenied: it is another person's.
        ImpossibleTransition: it is no longer with the originator.
        AnsweredMeanwhile: the other author has changed the same answer since.
    """
    _require_writing(initiative, actor)
    if opened is not None:
        answers = initiatives.own_changes(
            initiative=initiative, part=Part.ORIGINATOR, answers=answers, opened=opened,
            actor=actor,
        )  # fmt: skip
    initiatives.write_answers(
        initiative=initiative, part=Part.ORIGINATOR, answers=answers, actor=actor
    )
    return initiative


@transaction.atomic
def attach_file(*, initiative: Initiative, file: UploadedFile, actor: User) -> Attachment:
    """Put a file with the form until it is sent; it becomes a file of record 1.

    Raises:
        PermissionDenied: it is another person's.
        ImpossibleTransition: it is no longer with the originator.
        ValidationError: the file is not accepted.
    """
    _require_writing(initiative, actor)
    return initiatives.attach(initiative=initiative, file=file, actor=actor)


@transaction.atomic
def remove_file(*, attachment: Attachment, actor: User) -> None:
    """Take a file away again, until it is sent.

    Raises:
        PermissionDenied: it is another person's.
        ImpossibleTransition: it is no longer with the originator.
    """
    _require_writing(attachment.initiative, actor)
    initiatives.detach(attachment=attachment, actor=actor)


@transaction.atomic
def discard_draft(*, initiative: Initiative, actor: User) -> None:
    """Throw away a draft that was never sent; nothing of it came in, so nothing is kept (TF 2:9).

    Raises:
        PermissionDenied: only its originator throws it away.
        ImpossibleTransition: it has been sent.
    """
    process = locked(initiative)
    if process.initiative.originator_id != actor.pk:
        raise PermissionDenied(_("Det får bara den som började skriva initiativet göra."))
    if process.stage != Stage.DRAFT or process.steps().exists():
        raise ImpossibleTransition(_("Initiativet är skickat och kan inte slängas."))
    process.delete()
    initiatives.discard(initiative=process.initiative, actor=actor)


def locked(initiative: Initiative) -> Process:
    """The process of an initiative, read again under its lock."""
    return (
        Process.objects.select_for_update(of=("self",))
        .select_related(
            "initiative__case__authority",
            "initiative__case__officer",
            "initiative__administration",
            "candidacy__round__cycle",
        )
        .get(initiative=initiative)
    )


def _require_writing(initiative: Initiative, actor: User) -> None:
    process = locked(initiative)
    if not is_author(actor, process.initiative):
        raise PermissionDenied(_("Det är någon annans initiativ."))
    if process.stage not in WITH_ORIGINATOR:
        raise ImpossibleTransition(_("Initiativet är inskickat och kan inte ändras här."))
