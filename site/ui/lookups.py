# SPDX-License-Identifier: EUPL-1.2
"""Finding what a page is about, or answering as if it did not exist."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import Http404
from django.utils.translation import gettext as _

from casework.initiatives.models import Initiative
from casework.organisation.models import User
from casework.planning.models import Round
from casework.process.models import Process
from casework.process.selectors import visible_processes
from casework.register.models import Case
from casework.register.selectors import case_meant
from ui.case_facts import with_audience
from ui.case_file import CaseFile

_OF_CASE = ("entry__series", "authority", "service_area", "officer", "unit", "public")
_OF_INITIATIVE = (
    "process__candidacy__round__cycle",
    "administration",
    "service_area",
    "originator",
    "form_version",
)


def case_or_404(user: User, pk: int) -> Case:
    """The case, in the face that the person gets; otherwise it does not exist."""
    case = Case.objects.shown_to(user).select_related(*_OF_CASE).filter(pk=pk).first()
    if case is None:
        raise Http404
    return case


def case_file_or_404(user: User, pk: int) -> CaseFile:
    """The case and the initiative that it may hold; or it does not exist.

    Most cases hold none, and to plan for all that hangs on one takes a database longer than to
    read the case.
    """
    cases = with_audience(Case.objects.shown_to(user)).select_related(*_OF_CASE)
    case = cases.annotate(initiative_key=F("initiative__pk")).filter(pk=pk).first()
    if case is None:
        raise Http404
    initiative: Initiative | None = None
    if case.initiative_key is not None:
        read = Initiative.objects.select_related(*_OF_INITIATIVE).prefetch_related("affected")
        initiative = read.get(pk=case.initiative_key)
        initiative.case = case
    Case._meta.get_field("initiative").set_cached_value(case, initiative)
    return CaseFile(case, initiative)


def initiative_or_404(user: User, pk: int) -> Initiative:
    """The initiative if the person may see it; otherwise it does not exist."""
    process: Process | None = visible_processes(user).filter(initiative=pk).first()
    if process is None:
        raise Http404
    initiative = process.initiative
    initiative.process = process
    return initiative


def round_or_404(slug: str) -> Round:
    """The round with an address such as ``2028-budget``."""
    found = Round.objects.by_slug(slug).select_related("cycle", "criteria_version").first()
    if found is None:
        raise Http404
    return found


def meant_case(user: User, text: str) -> Case:
    """The case that a typed number means to the person, with the face that the person is shown.

    A number that the person may not see reads as one that is nobody's.

    Raises:
        ValidationError: it means no case, or could mean several.
    """
    found = case_meant(user, text)
    if found is None:
        if len(Case.objects.visible_to(user).by_number(text)[:2]) > 1:
            raise ValidationError(_("Flera ärenden har det numret. Skriv hela numret."))
        raise ValidationError(_("Det finns inget ärende med det numret."))
    shown: Case = Case.objects.shown_to(user).get(pk=found.pk)
    return shown


def case_at_field(user: User, text: str) -> Case:
    """As :func:`meant_case`; what is wrong stands at the field ``number``."""
    try:
        return meant_case(user, text)
    except ValidationError as error:
        raise ValidationError({"number": error}) from error
