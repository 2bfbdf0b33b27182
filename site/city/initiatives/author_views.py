# SPDX-License-Identifier: EUPL-1.2
"""What authors do beside writing: files, colleagues, throwing a draft away, taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.initiatives.enums import FollowerRole
from casework.initiatives.models import Attachment
from casework.initiatives.selectors import raw_answers
from casework.initiatives.services import follow
from casework.process import services
from casework.process.enums import WITH_ORIGINATOR, Stage
from casework.process.selectors import visible_processes
from casework.process.transitions import names_from
from city.initiatives.forms import ColleagueForm, WithdrawForm
from city.initiatives.views import found, person_of
from search.results import Hit
from search.services import SearchUnavailable, similar_to_draft
from ui.downloads import attachment as sent
from ui.links import url_for
from ui.present import outcome_words


@login_required
@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Put files with the form; each that does not pass the gate is told by name."""
    process = found(request, pk, writing=True)
    files = request.FILES.getlist("files")
    if not files:
        messages.error(request, _("Välj en fil att bifoga."))
    for file in files:
        try:
            services.attach_file(initiative=process.initiative, file=file, actor=person_of(request))
        except (PermissionDenied, ValidationError) as error:
            messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
        else:
            messages.success(request, _("%(name)s är bifogad.") % {"name": file.name})
    return redirect("originator_check", pk)


@login_required
@require_POST
def detach(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Take a file away again."""
    process = found(request, pk, writing=True)
    row = get_object_or_404(process.initiative.attachments, pk=file)
    try:
        services.remove_file(attachment=row, actor=person_of(request))
    except (PermissionDenied, ValidationError) as error:
        messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
    else:
        messages.success(request, _("%(name)s är borttagen.") % {"name": row})
    return redirect("originator_check", pk)


@login_required
@require_GET
def attachment(request: HttpRequest, pk: int, file: int) -> FileResponse:
    """A file that is not registered yet, to those who may see the initiative."""
    if not visible_processes(person_of(request)).filter(initiative=pk).exists():
        raise Http404
    row = get_object_or_404(Attachment, initiative=pk, pk=file)
    return sent(row.file, name=row.original_name, content_type=row.content_type)


@require_GET
def similar(request: HttpRequest, pk: int) -> HttpResponse:
    """What has been decided before that is like what is being written, with its outcome (R45).

    A part of the page for htmx, else a page of its own. Search that does not answer is not worth a
    word while somebody writes.
    """
    is_part = bool(getattr(request, "htmx", False))
    if not request.user.is_authenticated:
        # A log-in page inside the form would take the place of what is being written.
        return HttpResponse(status=401) if is_part else redirect_to_login(request.get_full_path())
    process = found(request, pk, writing=True)
    answers = raw_answers(process.initiative)
    text = " ".join(str(answers.get(key) or "") for key in ("need", "proposal"))
    down, hits = False, []
    if process.initiative.title or text.strip():
        try:
            hits = similar_to_draft(process.initiative.title, text)
        except SearchUnavailable:
            down = True
    context = {
        "section": "originator",
        "initiative": process.initiative,
        "similar": [(hit, url_for(hit, "public"), _became(hit)) for hit in hits],
        "search_down": down,
    }
    part = "city/initiatives/_similar.html"
    return render(request, part if is_part else "city/initiatives/similar.html", context)


@login_required
@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin another initiative from what was once written."""
    process = found(request, pk, writing=True)
    try:
        new = services.copy_draft(initiative=process.initiative, actor=person_of(request))
    except (PermissionDenied, ValidationError) as error:
        messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
        return redirect("originator_initiative", pk)
    messages.success(
        request,
        _("Ett nytt utkast med svaren från %(name)s. Ändra det som skiljer.")
        % {"name": process.initiative},
    )
    return redirect("originator_step", new.pk, 1)


@login_required
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a colleague write too, found by the address of their account."""
    process = found(request, pk, own=True)
    if process.stage not in WITH_ORIGINATOR:
        return redirect("originator_initiative", pk)
    form = ColleagueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.cleaned_data["email"]
        follow(
            initiative=process.initiative,
            user=user,
            role=FollowerRole.CO_AUTHOR,
            actor=person_of(request),
        )
        messages.success(request, _("%(name)s kan nu skriva tillsammans med dig.") % {"name": user})
        return redirect("originator_initiative", pk)
    context = {"form": form, "initiative": process.initiative, "section": "originator"}
    return render(request, "city/initiatives/invite.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away, after asking; it cannot be undone, so the button says it all."""
    process = found(request, pk, own=True)
    if process.stage != Stage.DRAFT:
        messages.info(request, _("Initiativet är skickat och kan inte slängas."))
        return redirect("originator_initiative", pk)
    if request.method == "POST":
        try:
            services.discard_draft(initiative=process.initiative, actor=person_of(request))
        except (PermissionDenied, ValidationError) as error:
            messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
            return redirect("originator_initiative", pk)
        messages.success(request, _("Utkastet är slängt."))
        return redirect("originator_home")
    context = {"initiative": process.initiative, "section": "originator"}
    return render(request, "city/initiatives/discard.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an initiative back, with a reason; this cannot be undone, so the button says it all."""
    process = found(request, pk, own=True)
    if "withdraw" not in names_from(process) or services.missing_for(process, "withdraw"):
        messages.info(
            request, _("Initiativet är nu en del av andras beslut och går inte att ta tillbaka.")
        )
        return redirect("originator_initiative", pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw(
                initiative=process.initiative,
                actor=person_of(request),
                reason=form.cleaned_data["reason"],
            )
        except (PermissionDenied, ValidationError) as error:
            form.add_error(None, getattr(error, "messages", [str(error)]))
        else:
            messages.success(request, _("Initiativet är återkallat."))
            return redirect("originator_initiative", pk)
    context = {"form": form, "initiative": process.initiative, "section": "originator"}
    return render(request, "city/initiatives/withdraw.html", context)


def _became(hit: Hit) -> str:
    """What a hit came to, or that it is under way; what was found elsewhere may not say."""
    if hit.outcome:
        return outcome_words(hit.outcome)
    return _("pågår") if hit.kind == "case" else _("utfallet framgår inte")
