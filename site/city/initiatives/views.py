# SPDX-License-Identifier: EUPL-1.2
"""Give an initiative in steps, and follow it: "Ditt initiativ"."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.initiatives.services import REQUIRED_TO_SUBMIT, missing_answers
from casework.organisation.enums import Role
from casework.organisation.models import Appointment, User
from casework.process import mandates, services
from casework.process.catalogue import Mandate
from casework.process.enums import Stage
from casework.process.line import line_of
from casework.process.models import Process
from city.initiatives import presenters
from city.initiatives.forms import LAST_STEP, STEP_NAMES, StepForm, WithdrawForm, step_of
from ui.present import WAITING_FOR_ORIGINATOR as WITH_ORIGINATOR
from ui.present import line_stages

View = Callable[..., HttpResponse]


def _own(request: HttpRequest, pk: int) -> Process:
    """The person's own initiative; another's does not exist here."""
    process = (
        Process.objects.select_related(
            "initiative__form_version",
            "initiative__case__authority",
            "initiative__administration",
            "initiative__service_area",
            "initiative__originator",
            "cycle",
        )
        .filter(initiative=pk, initiative__originator=_person(request))
        .first()
    )
    if process is None:
        raise Http404
    return process


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # login_required stands before
    return request.user


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Mina initiativ: what the person has given, and the way to give another."""
    processes = (
        Process.objects.filter(initiative__originator=_person(request))
        .select_related("initiative__case")
        .order_by("-initiative__pk")
    )
    rows = [
        {
            "process": process,
            "initiative": process.initiative,
            "tag": presenters.tag_of(process),
            "next": presenters.next_words(process),
            "is_mine": process.stage in WITH_ORIGINATOR,
        }
        for process in processes
    ]
    return render(request, "city/initiatives/home.html", {"rows": rows, "section": "originator"})


@login_required
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Say who will receive it, then begin; a double click begins once."""
    person = _person(request)
    if request.method == "POST":
        try:
            return redirect("originator_step", _begin(person), 1)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    liaisons = Appointment.objects.in_force().filter(
        role=Role.LIAISON, administration=person.administration_id, user__is_active=True
    )
    context = {
        "section": "originator",
        "administration": person.administration,
        "liaisons": [str(row.user) for row in liaisons.select_related("user")],
        "steps": STEP_NAMES.items(),
    }
    return render(request, "city/initiatives/start.html", context)


@transaction.atomic
def _begin(person: User) -> int:
    """Start a draft, or go on with one in which nothing has been written."""
    User.objects.select_for_update().get(pk=person.pk)
    empty = Process.objects.filter(
        initiative__originator=person, stage=Stage.DRAFT, initiative__title="", initiative__need=""
    ).first()
    if empty is not None:
        return int(empty.initiative_id)
    return int(services.start_draft(person, {}).pk)


@login_required
@require_GET
def initiative_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ditt initiativ: the line, who has it, the last decision, what happens next."""
    process = _own(request, pk)
    standing = presenters.standing(process)
    may_withdraw = "withdraw" in mandates.names_from(process) and process.stage != Stage.DRAFT
    context = {
        "section": "originator",
        "process": process,
        "initiative": process.initiative,
        "head": presenters.head_of(process, standing),
        "line": line_stages(line_of(process)),
        "standing": standing,
        "decision": presenters.last_decision(process),
        "next": presenters.next_words(process),
        "events": presenters.events_of(process),
        "answers": presenters.answers_of(process.initiative, editable=False),
        "is_mine": process.stage in WITH_ORIGINATOR,
        "may_withdraw": may_withdraw,
    }
    return render(request, "city/initiatives/initiative.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit_step(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """One step of the form; what is typed is saved on the way to the next."""
    process = _own(request, pk)
    if not 1 <= step <= LAST_STEP:
        raise Http404
    if process.stage not in WITH_ORIGINATOR:
        messages.info(request, _("Initiativet är inskickat. Här ser du hur det går."))
        return redirect("originator_initiative", pk)
    form = StepForm(process.initiative, step, request.POST or None)
    if request.method == "POST" and form.is_valid() and _save(form, process, request):
        if "pausa" in request.POST:
            messages.success(request, _("Utkastet är sparat. Fortsätt när det passar dig."))
            return redirect("originator_home")
        if step < LAST_STEP:
            return redirect("originator_step", pk, step + 1)
        return redirect("originator_check", pk)
    context = {
        "section": "originator",
        "form": form,
        "process": process,
        "initiative": process.initiative,
        "step": step,
        "step_name": STEP_NAMES[step],
        "last_step": LAST_STEP,
        "steps": STEP_NAMES.items(),
    }
    return render(request, "city/initiatives/step.html", context)


def _save(form: StepForm, process: Process, request: HttpRequest) -> bool:
    try:
        services.save_draft(process.initiative, form.answers(), actor=_person(request))
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True


def _signed_in(view: View) -> View:
    """Answer a background save without session by 401, so that the page can say so."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return HttpResponse(status=401)
        return view(request, *args, **kwargs)

    return wrapped


@_signed_in
@require_POST
def autosave(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """Save in the background and say when; a value that does not fit waits for the button."""
    process = _own(request, pk)
    if process.stage not in WITH_ORIGINATOR or not 1 <= step <= LAST_STEP:
        return HttpResponse(status=409)
    form = StepForm(process.initiative, step, request.POST)
    if not form.is_valid() or not _save(form, process, request):
        return HttpResponse(_("Något går inte att spara än; du ser vad när du går vidare."))
    now = timezone.localtime()
    return HttpResponse(_("Sparat %(time)s") % {"time": f"{now:%H.%M}"})


@login_required
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Kontrollera dina svar, then send. A second click finds it already sent."""
    process = _own(request, pk)
    if process.stage not in WITH_ORIGINATOR:
        if request.method == "GET":
            messages.info(request, _("Initiativet är inskickat. Här ser du hur det går."))
        return redirect("originator_initiative", pk)
    initiative = process.initiative
    faults: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            services.submit(initiative, actor=_person(request))
        except services.ImpossibleTransition:
            return redirect("originator_initiative", pk)  # the other click was first
        except (PermissionDenied, ValidationError) as error:
            faults = _faults(process, error)
        else:
            messages.success(request, _("Ditt initiativ är skickat."))
            return redirect("originator_initiative", pk)
    context = {
        "section": "originator",
        "initiative": initiative,
        "process": process,
        "answers": presenters.answers_of(initiative, editable=True),
        "missing": missing_answers(initiative, REQUIRED_TO_SUBMIT),
        "faults": faults,
        "steps": STEP_NAMES.items(),
        "receiver": mandates.words(process, Mandate.LIAISON),
        "people": [str(person) for person in mandates.people(process, Mandate.LIAISON)],
    }
    return render(request, "city/initiatives/check.html", context)


def _faults(process: Process, error: Exception) -> list[tuple[str, str]]:
    """Each missing answer with the address of its field."""
    if not hasattr(error, "message_dict"):
        return [("", " ".join(getattr(error, "messages", [str(error)])))]
    version = process.initiative.form_version
    return [
        (f"../steg-{step_of(version, key)}/#id_{key}", message)
        for key, found in error.message_dict.items()
        for message in found
    ]


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an initiative back, with a reason; this cannot be undone, so the button says it all."""
    process = _own(request, pk)
    if "withdraw" not in mandates.names_from(process):
        messages.info(
            request, _("Initiativet är nu en del av andras beslut och går inte att ta tillbaka.")
        )
        return redirect("originator_initiative", pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw(
                process.initiative, actor=_person(request), reason=form.cleaned_data["reason"]
            )
        except (PermissionDenied, ValidationError) as error:
            form.add_error(None, getattr(error, "messages", [str(error)]))
        else:
            messages.success(request, _("Initiativet är återkallat."))
            return redirect("originator_initiative", pk)
    context = {"form": form, "initiative": process.initiative, "section": "originator"}
    return render(request, "city/initiatives/withdraw.html", context)
