# SPDX-License-Identifier: EUPL-1.2
"""The contact person's work: preparing, sending the batch, following what was sent (R26–R28)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from casework.initiatives.enums import Part, QuestionKind
from casework.initiatives.models import Initiative
from casework.initiatives.permissions import may_let_follow
from casework.initiatives.selectors import answers_of, newest_sets, raw_answers
from casework.initiatives.services import follow, unfollow
from casework.organisation.enums import Role
from casework.organisation.models import Administration
from casework.organisation.selectors import appointments_of
from casework.process import services
from casework.process.enums import Stage
from casework.process.line import whereabouts_of
from casework.process.selectors import initiatives_of_administration
from desk.initiatives.forms import FollowForm
from ui.answer_fields import AnswersForm
from ui.base import DeskView, FormView, add_service_error, done, refuse
from ui.decisions import messages_of
from ui.links import url_for
from ui.lookups import initiative_or_404
from ui.present import stage_tag


class PrepareView(DeskView):
    """Answer beside the originator's words; it can be saved with gaps (R27, R29)."""

    template_name = "desk/initiatives/prepare.html"
    header_icon = "form"
    page_title = _l("Bered initiativet")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the initiative, or answer as if it did not exist."""
        self.initiative = initiative_or_404(self.user, kwargs["pk"])
        self.part = services.part_written_by(self.initiative.process, self.user)
        if self.part not in {Part.PREPARATION, Part.OFFICE}:
            raise PermissionDenied(_("Initiativet bereds inte av dig nu."))
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data: Any = None) -> AnswersForm:
        """The questions of the form version; one's own answers, else empty.

        A box that is not ticked is an answer, so a yes or no begins as the others left it.
        """
        own = newest_sets(self.initiative).get(str(self.part))
        questions = self.initiative.form_version.questions.all()
        so_far = raw_answers(self.initiative)
        boxes = {
            row.key: so_far[row.key]
            for row in questions
            if row.kind == QuestionKind.YES_NO and row.key in so_far
        }
        answers = boxes | (own.answers if own else {})
        return AnswersForm(data, questions=questions, answers=answers)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, what the originator wrote, and the way back."""
        form = kwargs.pop("form", None) or self.make_form()
        return super().get_context_data(
            form=form,
            initiative=self.initiative,
            answers=answers_of(self.initiative),
            candidacy=self.initiative.process.live_candidacy,
            back=url_for(self.initiative, "desk"),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save what was written; a question left empty keeps the others' answer."""
        form = self.make_form(request.POST)
        if form.is_valid():
            try:
                services.save_preparation(
                    initiative=self.initiative, answers=form.answers(), actor=self.user
                )
            except (ValidationError, PermissionDenied) as error:
                add_service_error(form, error)
            else:
                return done(
                    request,
                    _("Underlaget till %(name)s är sparat.") % {"name": self.initiative},
                    url_for(self.initiative, "desk"),
                )
        return self.render_to_response(self.get_context_data(form=form), status=422)


class BatchView(DeskView):
    """Send the förvaltning's prepared initiatives together to stadsledningskontoret."""

    template_name = "desk/initiatives/batch.html"
    header_icon = "mail"
    page_title = _l("Skicka till stadsledningskontoret")

    def prepared(self) -> list[tuple[Administration, list[Initiative]]]:
        """The person's förvaltningar, each with what is ready to be sent."""
        found = []
        for seat in appointments_of(self.user):
            if seat.role != Role.LIAISON or seat.administration is None:
                continue
            ready = Initiative.objects.filter(
                administration=seat.administration, process__stage=Stage.PREPARED
            ).select_related("service_area", "process", "administration")
            found.append((seat.administration, list(ready)))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What can be sent, with what was typed where something was wrong."""
        prepared, typed = self.prepared(), self.request.POST
        ticked = set(typed.getlist("initiative"))
        return super().get_context_data(
            prepared=[
                (
                    administration,
                    [
                        (row, typed.get(f"place-{row.pk}", str(place)),
                         not typed or str(row.pk) in ticked)
                        for place, row in enumerate(ready, start=1)
                    ],
                    typed.get("message", "") if self.is_sender(administration) else "",
                )
                for administration, ready in prepared
            ],
            empty_handed=[administration for administration, ready in prepared if not ready],
            **kwargs,
        )  # fmt: skip

    def is_sender(self, administration: Administration) -> bool:
        """Whether the form that was sent is that of the förvaltning."""
        return str(administration.pk) == self.request.POST.get("administration")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send the chosen ones, all or none."""
        chosen = set(request.POST.getlist("initiative"))
        for administration, ready in self.prepared():
            if not self.is_sender(administration):
                continue
            picked = [initiative for initiative in ready if str(initiative.pk) in chosen]
            picked.sort(key=self.place)
            try:
                services.send_batch(
                    administration=administration,
                    chosen=picked,
                    actor=self.user,
                    message=request.POST.get("message", ""),
                )
            except (ValidationError, PermissionDenied) as error:
                faults = messages_of(error)
                context = self.get_context_data(faults=faults, faulty=administration)
                return self.render_to_response(context, status=422)
            return done(
                request,
                ngettext(
                    "%(count)s initiativ skickades till stadsledningskontoret.",
                    "%(count)s initiativ skickades till stadsledningskontoret.",
                    len(picked),
                )
                % {"count": len(picked)},
                request.path,
            )
        return refuse(request, ValidationError(_("Välj minst ett initiativ.")), request.path)

    def place(self, initiative: Initiative) -> int:
        """Where the förvaltning puts it among what it sends; without a number it comes last."""
        text = self.request.POST.get(f"place-{initiative.pk}", "").strip()
        return int(text) if text.isascii() and text.isdecimal() else 10**6


class SentView(DeskView):
    """What the contact person's förvaltning has given, and where it is (R20, R46)."""

    template_name = "desk/initiatives/sent.html"
    header_icon = "list-ul"
    page_title = _l("Förvaltningens initiativ")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each initiative with its stage, who has it and what comes next."""
        page = Paginator(initiatives_of_administration(self.user), 50).get_page(
            self.request.GET.get("sida")
        )
        rows = [
            {
                "initiative": process.initiative,
                "tag": stage_tag(process.position),
                "here": whereabouts_of(process),
            }
            for process in page
        ]
        return super().get_context_data(rows=rows, page=page, **kwargs)


class FollowView(FormView):
    """Let another person follow: a co-author, or somebody at an affected förvaltning (R39)."""

    page_title = _l("Låt en person följa initiativet")
    submit_label = _l("Låt följa")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the initiative."""
        self.initiative = initiative_or_404(self.user, kwargs["pk"])
        if not may_let_follow(self.user, self.initiative):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The case and the way back."""
        return super().get_context_data(
            case=self.initiative.case, back=url_for(self.initiative, "desk"), **kwargs
        )

    def make_form(self, data: Any = None, files: Any = None) -> FollowForm:
        """The person and as what."""
        return FollowForm(data)

    def carry_out(self, form: FollowForm) -> HttpResponse:
        """Let the person follow."""
        row = follow(initiative=self.initiative, actor=self.user, **form.cleaned_data)
        return done(
            self.request,
            _("%(user)s följer initiativet och får besked om besluten.") % {"user": row.user},
            url_for(self.initiative, "desk"),
        )


class UnfollowView(DeskView):
    """Let somebody stop following."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End it."""
        initiative = initiative_or_404(self.user, kwargs["pk"])
        row = get_object_or_404(initiative.current_followers(), pk=kwargs["follower"])
        back = url_for(initiative, "desk")
        try:
            unfollow(follower=row, actor=self.user)
        except (ValidationError, PermissionDenied) as error:
            return refuse(request, error, back)
        return done(request, _("%(user)s följer inte längre.") % {"user": row.user}, back)
