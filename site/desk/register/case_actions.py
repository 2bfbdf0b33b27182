# SPDX-License-Identifier: EUPL-1.2
"""What a registrar or officer does with a case: who, when, with which form and service."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.archive import services as archive
from casework.archive.models import Closing
from casework.organisation.models import User
from casework.register import permissions, services
from casework.register.models import Case
from desk.register import forms
from ui import forms as kit
from ui.case_actions import CaseAction, EmptyForm, of_case, register_case_action
from ui.lookups import case_at_field


def _assign(case: Case, form: Any, actor: User) -> None:
    services.assign_officer(case=case, officer=form.cleaned_data["officer"], actor=actor)


def _set_due(case: Case, form: Any, actor: User) -> None:
    services.set_due(case=case, due_on=form.cleaned_data["due_on"], actor=actor)


def _take(case: Case, form: Any, actor: User) -> None:
    services.assign_officer(case=case, officer=actor, actor=actor)


def _unpublish(case: Case, form: Any, actor: User) -> None:
    services.unpublish(case=case, actor=actor)


def _link(case: Case, form: Any, actor: User) -> str:
    link = services.link_cases(case=case, actor=actor, **form.cleaned_data)
    if link.target_id:
        return ""
    # The same for a number of nobody's and for a case that the person may not see.
    return _("%(number)s är antecknat, men leder inte till något ärende som du kan öppna.") % {
        "number": link.target_number
    }


def _correct(case: Case, form: Any, actor: User) -> None:
    form.correct(case, actor)


def _grant(case: Case, form: Any, actor: User) -> None:
    data = form.cleaned_data
    services.grant_access(
        case=case, actor=actor, authority=case.authority if data["role"] else None, **data
    )


def _mark(case: Case, form: Any, actor: User) -> None:
    services.mark_secret(case=case, actor=actor, **form.cleaned_data)


def _lift(case: Case, form: Any, actor: User) -> None:
    services.lift_secrecy(case=case, actor=actor, **form.cleaned_data)


def _close(case: Case, form: Any, actor: User) -> str:
    return _told(archive.close(case=case, actor=actor, **form.cleaned_data))


def _close_initiative(case: Case, form: Any, actor: User) -> str:
    given = form.cleaned_data
    return _told(
        archive.close(
            case=case, outcome=case.outcome, decided_on=case.decided_on, actor=actor, **given
        )
    )


def _told(closing: Closing | None) -> str:
    """That a big case is not closed yet, but will be."""
    if closing is None:
        return ""
    return _("Ärendet har %(count)s handlingar och avslutas i bakgrunden.") % {
        "count": closing.total
    }


def _reopen(case: Case, form: Any, actor: User) -> None:
    services.reopen_case(case=case, actor=actor, **form.cleaned_data)


def _void(case: Case, form: Any, actor: User) -> None:
    services.void_case(case=case, actor=actor, **form.cleaned_data)


def _merge(case: Case, form: Any, actor: User) -> None:
    data = form.cleaned_data
    into = case_at_field(actor, data["number"])
    services.merge_cases(case=case, into=into, reason=data["reason"], actor=actor)


def _add_number(case: Case, form: Any, actor: User) -> None:
    services.add_number(case=case, number=form.cleaned_data["number"], actor=actor)


ACTIONS = {
    "ta": CaseAction(
        _l("Ta ärendet"),
        EmptyForm,
        _take,
        permissions.may_take,
        order=5,
        offered=lambda case, file: case.closed_at is None,
    ),
    "handlaggare": CaseAction(
        _l("Ange handläggare"), forms.OfficerForm, _assign, permissions.may_assign, order=10
    ),
    "svarsdag": CaseAction(
        _l("Ange dag för svar"),
        forms.DueForm,
        _set_due,
        permissions.may_set_due,
        order=15,
        offered=lambda case, file: case.closed_at is None and not file.initiative,
    ),
    "avpublicera": CaseAction(
        _l("Dölj i webbdiariet"),
        EmptyForm,
        _unpublish,
        permissions.may_publish,
        order=40,
        when_shut=True,
        offered=lambda case, file: case.is_published,
    ),
    "koppla": CaseAction(
        _l("Koppla till ett annat ärende"),
        of_case(forms.LinkForm),
        _link,
        permissions.may_link,
        order=50,
        when_shut=True,
    ),
    "nummer": CaseAction(
        _l("Lägg till ett diarienummer"),
        of_case(forms.NumberForm),
        _add_number,
        permissions.may_correct,
        order=55,
        when_shut=True,
    ),
    "ratta": CaseAction(
        _l("Rätta uppgifter"),
        forms.CorrectForm,
        _correct,
        permissions.may_correct,
        order=60,
        when_shut=True,
    ),
    "behorighet": CaseAction(
        _l("Ge särskild behörighet"),
        of_case(forms.GrantForm),
        _grant,
        permissions.may_grant,
        order=70,
        when_shut=True,
    ),
    "sekretess": CaseAction(
        _l("Sekretessmarkera"),
        of_case(forms.SecrecyForm),
        _mark,
        permissions.may_mark_secret,
        order=80,
        when_shut=True,
        offered=lambda case, file: not case.is_secret,
    ),
    "havsekretess": CaseAction(
        _l("Ta bort sekretessmarkeringen"),
        of_case(kit.PlainReasonForm),
        _lift,
        permissions.may_lift_secrecy,
        order=90,
        when_shut=True,
        offered=lambda case, file: case.is_secret,
    ),
    "avsluta": CaseAction(
        _l("Avsluta ärendet"),
        forms.CloseForm,
        _close,
        permissions.may_close,
        order=100,
        offered=lambda case, file: case.closed_at is None and not file.initiative,
    ),
    "avsluta-initiativ": CaseAction(
        _l("Avsluta ärendet"),
        forms.CloseInitiativeForm,
        _close_initiative,
        permissions.may_close,
        order=100,
        offered=lambda case, file: (
            case.closed_at is None and bool(file.initiative) and bool(case.outcome)
        ),
    ),
    "oppna": CaseAction(
        _l("Öppna ärendet igen"),
        of_case(kit.PlainReasonForm),
        _reopen,
        permissions.may_reopen,
        order=110,
        offered=lambda case, file: case.closed_at is not None,
    ),
    "sammanfor": CaseAction(
        _l("För samman med ett annat ärende"),
        of_case(forms.MergeForm),
        _merge,
        permissions.may_void,
        order=120,
        offered=lambda case, file: (
            case.closed_at is None
            and (file.initiative is None or file.initiative.process.live_candidacy is None)
        ),
    ),
    "makulera": CaseAction(
        _l("Makulera ärendet"),
        of_case(forms.VoidCaseForm),
        _void,
        permissions.may_void,
        order=130,
        offered=lambda case, file: case.voided_at is None and not file.initiative,
    ),
}


for _name, _action in ACTIONS.items():
    register_case_action(_name, _action)
