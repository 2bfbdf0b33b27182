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
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.feedback.selectors import unread
from casework.initiatives.enums import Part
from casework.initiatives.permissions import is_author
from casework.initiatives.selectors import current_form, missing_answers, newest_sets
from casework.initiatives.services import AnsweredMeanwhile
from casework.organisation.enums import Role
from casework.organisation.models import Appointment, User
from casework.process import mandates, services
from casework.process.enums import WITH_ORIGINATOR, Stage
from casework.process.line import line_of, whereabouts_of
from casework.process.models import Process
from casework.process.specs import Mandate
from casework.process.transitions import names_from
from city.initiatives import presenters
from city.initiatives.forms import FormStep, StepForm, place_of, steps_of
from city.initiatives.selectors import followed, joined_with
from ui.present import line_stages

View = Callable[..., HttpResponse]


def found(request: HttpRequest, pk: int, *, own: bool = False, writing: bool = False) -> Process:
    """One of them, or as if it did not exist.

    Args:
        own: leave out what others began.
        writing: leave out what the person only follows; co-authors write too.
    """
    person = person_of(request)
    rows = followed(person).select_related("initiative__form_version")
    if own:
        rows = rows.filter(initiative__originator=person)
    process = rows.filter(initiative=pk).first()
    if process is None or (writing and not is_author(person, process.initiative)):
        raise Http404
    process.initiative.process = process
    return process


def person_of(request: HttpRequest) -> User:
    """Who is signed in."""
    assert isinstance(request.user, User)  # login_required stands before
    return request.user


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Mina initiativ: what the person has given or follows, and the way to give another."""
    person = person_of(request)
    rows = [
        {
            "process": process,
            "initiative": process.initiative,
            "tag": presenters.tag_of(process, person),
            "next": presenters.next_words(process),
            "is_own": process.initiative.originator_id == person.pk,
        }
        for process in followed(person).order_by("-initiative__pk")
    ]
    context = {
        "rows": [row for row in rows if row["is_own"]],
        "followed": [row for row in rows if not row["is_own"]],
        "section": "originator",
        "unread": unread(person),
    }
    return render(request, "city/initiatives/home.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Say who will receive it, then begin; a double click begins once."""
    person = person_of(request)
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
        "steps": _steps_in_use(),
        "intake": presenters.intake_words(),
    }
    return render(request, "city/initiatives/start.html", context)


def _steps_in_use() -> list[FormStep]:
    """What the form in use asks; nothing in a city that has no form yet."""
    try:
        return steps_of(current_form())
    except ValidationError:
        return []


@transaction.atomic
def _begin(person: User) -> int:
    """Start a draft, or go on with one in which nothing has been written."""
    User.objects.select_for_update().get(pk=person.pk)
    drafts = Process.objects.filter(
        initiative__originator=person, stage=Stage.DRAFT, initiative__title=""
    )
    for draft in drafts.select_related("initiative"):
        sets = newest_sets(draft.initiative).values()
        if not any(value for row in sets for value in row.answers.values()):
            return int(draft.initiative_id)
    return int(services.start_draft(actor=person, answers={}).pk)


@login_required
@require_GET
def initiative_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ditt initiativ: the line, who has it, the last decision, what happens next (R39, R46)."""
    process = found(request, pk)
    person = person_of(request)
    steps = list(process.steps())
    here = whereabouts_of(process)
    is_own = process.initiative.originator_id == person.pk
    is_writing = is_author(person, process.initiative) and process.stage in WITH_ORIGINATOR
    may_withdraw = (
        is_own
        and process.stage != Stage.DRAFT
        and "withdraw" in names_from(process)
        and not services.missing_for(process, "withdraw")
    )
    context = {
        "section": "originator",
        "process": process,
        "initiative": process.initiative,
        "is_own": is_own,
        "head": presenters.head_of(process, here, person),
        "line": line_stages(line_of(process, steps)),
        "joined": joined_with(process.initiative, person),
        "here": here,
        "latest": presenters.latest(process, steps),
        "latest_is_decision": presenters.latest_is_decision(steps),
        "decision": presenters.last_decision(steps),
        "next": presenters.next_words(process),
        "place_words": presenters.place_words(process),
        "return_words": presenters.return_words(process),
        "round_words": presenters.round_words(here),
        "questions": presenters.questions_of(process),
        "asked": presenters.asked_by_liaison(process),
        "earlier_rounds": presenters.earlier_rounds(process, steps),
        "events": presenters.events_of(process, steps, person),
        "own_words": presenters.own_words(process.initiative),
        "others_words": presenters.others_words(process.initiative),
        "waits_for_reader": is_writing,
        "may_withdraw": may_withdraw,
        "may_discard": is_own and process.stage == Stage.DRAFT,
        "may_copy": is_author(person, process.initiative) and process.stage != Stage.DRAFT,
        "may_invite": is_own and process.stage in WITH_ORIGINATOR,
        "written": presenters.last_written(process.initiative),
        "attachments": process.initiative.attachments.all(),
    }
    return render(request, "city/initiatives/initiative.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit_step(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """One step of the form; what is typed is saved on the way to the next."""
    process = found(request, pk, writing=True)
    initiative = process.initiative
    steps = steps_of(initiative.form_version)
    if not 1 <= step <= len(steps):
        raise Http404
    if process.stage not in WITH_ORIGINATOR:
        messages.info(request, _("Initiativet är inskickat. Här ser du hur det går."))
        return redirect("originator_initiative", pk)
    form = _step_form(process, steps[step - 1], request)
    if request.method == "POST" and form.is_valid() and _save(form, process, request):
        if "pausa" in request.POST:
            messages.success(request, _("Utkastet är sparat. Fortsätt när det passar dig."))
            return redirect("originator_home")
        if step < len(steps):
            return redirect("originator_step", pk, step + 1)
        return redirect("originator_check", pk)
    context = {
        "section": "originator",
        "form": form,
        "process": process,
        "initiative": initiative,
        "asked": presenters.asked_by_liaison(process),
        "has_answers": initiative.answer_sets.exists(),
        "written": presenters.last_written(initiative),
        "step": step,
        "step_name": steps[step - 1].name,
        "last_step": len(steps),
        "steps": steps,
        "all_steps": len(steps) + 1,  # with the check of the answers
    }
    return render(request, "city/initiatives/step.html", context)


def _step_form(process: Process, step: FormStep, request: HttpRequest) -> StepForm:
    own = newest_sets(process.initiative).get(Part.ORIGINATOR)
    data = request.POST if request.method == "POST" else None
    return StepForm(data, step=step, answers=own.answers if own else {})


def _save(form: StepForm, process: Process, request: HttpRequest) -> bool:
    try:
        services.save_draft(
            initiative=process.initiative,
            answers=form.answers(),
            actor=person_of(request),
            opened=form.opened,
        )
    except AnsweredMeanwhile as error:
        form.opened = {**(form.opened or {}), **error.now}
        form.add_error(None, error)
        return False
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
    """Save in the background and say when; an answer that does not fit waits for the button."""
    process = found(request, pk, writing=True)
    steps = steps_of(process.initiative.form_version)
    if process.stage not in WITH_ORIGINATOR or not 1 <= step <= len(steps):
        return HttpResponse(status=409)
    form = _step_form(process, steps[step - 1], request)
    fits = form.is_valid()
    if not _save(form, process, request) or not fits:
        return HttpResponse(_("Något går inte att spara än; du ser vad när du går vidare."))
    now = timezone.localtime()
    form.note_saved()
    told = _("Sparat %(time)s") % {"time": f"{now:%H.%M}"}
    answer = HttpResponse(
        format_html(
            '{}<input type="hidden" id="opened" name="opened" value="{}" data-hx-swap-oob="true">',
            told, form.opened_json,
        )
    )  # fmt: skip
    answer["HX-Trigger"] = "saved"  # what is alike is looked for anew
    return answer


@login_required
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Kontrollera dina svar, then send. A second click finds it already sent."""
    process = found(request, pk, writing=True)
    if process.stage not in WITH_ORIGINATOR:
        if request.method == "GET":
            messages.info(request, _("Initiativet är inskickat. Här ser du hur det går."))
        return redirect("originator_initiative", pk)
    initiative = process.initiative
    steps = steps_of(initiative.form_version)
    faults: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            services.submit(initiative=initiative, actor=person_of(request))
        except services.ImpossibleTransition:
            return redirect("originator_initiative", pk)  # the other click was first
        except (PermissionDenied, ValidationError) as error:
            faults = _faults(steps, error)
        else:
            messages.success(request, _("Ditt initiativ är skickat."))
            return redirect("originator_initiative", pk)
    is_own = initiative.originator_id == person_of(request).pk
    context = {
        "section": "originator",
        "initiative": initiative,
        "process": process,
        "answers": presenters.answers_to_check(initiative, steps),
        "missing": missing_answers(initiative, "send"),
        "faults": faults,
        "steps": steps,
        "written": presenters.last_written(initiative),
        "attachments": initiative.attachments.all(),
        "may_discard": is_own and process.stage == Stage.DRAFT,
        "may_invite": is_own,
        "receiver": mandates.words(process, Mandate.LIAISON),
        "people": [str(person) for person in mandates.people(process, Mandate.LIAISON)],
    }
    return render(request, "city/initiatives/check.html", context)


def _faults(steps: list[FormStep], error: Exception) -> list[tuple[str, str]]:
    """Each missing answer with the address of its field."""
    if not hasattr(error, "message_dict"):
        return [("", " ".join(getattr(error, "messages", [str(error)])))]
    return [
        (f"../{place_of(steps, key)}", message)
        for key, found in error.message_dict.items()
        for message in found
    ]
