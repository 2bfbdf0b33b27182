# SPDX-License-Identifier: EUPL-1.2
"""The contact person's whole desk: all that is being prepared in one table, and ideas for others.

R20, R26, R27: what is in, what is missing, who has been asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.forms import Select
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from casework.initiatives.answers import choices_of
from casework.initiatives.enums import Part, QuestionKind
from casework.initiatives.models import Initiative, Question
from casework.initiatives.permissions import is_liaison_of
from casework.initiatives.selectors import missing_among, raw_answers_of
from casework.organisation.enums import Role
from casework.organisation.models import ServiceArea
from casework.organisation.selectors import appointments_of
from casework.process import services
from casework.process.enums import Stage
from casework.process.models import Process
from casework.process.selectors import initiatives_of_administration
from desk.initiatives.forms import ForSomebodyForm, JoinForm
from ui.answer_fields import AnswersForm
from ui.base import DeskView, FormView, add_service_error, done
from ui.links import url_for
from ui.lookups import initiative_or_404

IN_CELLS = frozenset(
    {
        QuestionKind.TEXT,
        QuestionKind.LONG_TEXT,
        QuestionKind.CHOICE,
        QuestionKind.AMOUNT,
        QuestionKind.AREA,
    }
)
"""The kinds of answers that fit in a cell; the others are given on the initiative's own page."""


@dataclass(slots=True)
class InTable:
    """An initiative as a row of the table."""

    process: Process
    form: AnswersForm
    missing: Sequence[str]

    @property
    def initiative(self) -> Initiative:
        """Whose row it is."""
        return self.process.initiative


class PrepareAllView(DeskView):
    """The contact person's answers to all initiatives that are being prepared, in one table."""

    template_name = "desk/initiatives/prepare_all.html"
    header_icon = "table"
    page_title = _l("Förvaltningens underlag")
    crumbs = ((_l("Förvaltningens initiativ"), "desk_sent"),)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Contact persons only."""
        if not any(row.role == Role.LIAISON for row in appointments_of(self.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def processes(self, *stages: str) -> list[Process]:
        """The förvaltning's initiatives in some stages, the oldest first."""
        rows = initiatives_of_administration(self.user).filter(stage__in=stages)
        return list(
            rows.select_related(
                "initiative__form_version", "initiative__originator", "initiative__administration"
            ).order_by("initiative__pk")
        )

    def table(self, data: Any = None) -> tuple[list[Question], list[InTable]]:
        """The questions that are asked in cells, and a form for each initiative."""
        processes = self.processes(Stage.WITH_LIAISON, Stage.PREPARED)
        prefetch_related_objects(processes, "initiative__form_version__questions")
        answered = raw_answers_of([process.initiative_id for process in processes])
        areas = [("", "–"), *((row.pk, str(row)) for row in ServiceArea.objects.in_force())]
        columns: dict[str, Question] = {}
        rows = []
        for process in processes:
            initiative, answers = process.initiative, answered[process.initiative_id]
            asked = list(initiative.form_version.questions.all())
            questions = [
                question
                for question in asked
                if question.part == Part.PREPARATION and question.kind in IN_CELLS
            ]
            for question in questions:
                columns.setdefault(question.key, question)
            form = AnswersForm(
                data,
                prefix=f"i{initiative.pk}",
                questions=questions,
                answers=answers,
            )
            for question in questions:
                field = form.fields[question.key]
                if question.kind == QuestionKind.CHOICE:
                    field.widget = Select(choices=[("", "–"), *choices_of(question)])
                elif question.kind == QuestionKind.AREA:  # read once, not for each row
                    field.widget = Select(choices=areas)
                elif question.kind == QuestionKind.LONG_TEXT:
                    field.widget.attrs["rows"] = 3
            missing = missing_among(asked, answers, "prepare")
            rows.append(InTable(process, form, list(missing.values())))
        return list(columns.values()), rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The table, and who has been asked for more."""
        columns, rows = kwargs.pop("table", None) or self.table()
        return super().get_context_data(
            columns=columns,
            rows=[
                {
                    "row": row,
                    "cells": [
                        row.form[column.key] if column.key in row.form.fields else None
                        for column in columns
                    ],
                }
                for row in rows
            ],
            asked=self.processes(Stage.RETURNED),
            faulty=[row for row in rows if row.form.is_bound and not row.form.is_valid()],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save every row that was changed; all or none, so that nothing is half done."""
        columns, rows = self.table(request.POST)
        faulty = [row for row in rows if not row.form.is_valid()]
        fits = not faulty
        changed = [row for row in rows if row.form.has_changed()]
        if fits:
            try:
                with transaction.atomic():
                    for row in changed:
                        self.save(row)
            except (PermissionDenied, ValidationError):
                fits = False
        if not fits:
            context = self.get_context_data(table=(columns, rows))
            return self.render_to_response(context, status=422)
        return done(
            request,
            ngettext(
                "Underlaget till %(count)s initiativ är sparat.",
                "Underlaget till %(count)s initiativ är sparat.",
                len(changed),
            )
            % {"count": len(changed)},
            request.path,
        )

    def save(self, row: InTable) -> None:
        """Save what was changed in a row."""
        answers = {
            key: answer for key, answer in row.form.answers().items()
            if key in row.form.changed_data
        }  # fmt: skip
        try:
            services.save_preparation(initiative=row.initiative, answers=answers, actor=self.user)
        except (PermissionDenied, ValidationError) as error:
            add_service_error(row.form, error)
            raise


class WriteForView(FormView):
    """Begin an initiative for a colleague who has an idea (R20, R21)."""

    page_title = _l("Skriv ner en kollegas idé")
    submit_label = _l("Börja skriva")
    header_icon = "edit"
    crumbs = ((_l("Förvaltningens initiativ"), "desk_sent"),)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Contact persons only."""
        seats = [row for row in appointments_of(self.user) if row.role == Role.LIAISON]
        if not seats:
            raise PermissionDenied
        self.administrations = [row.administration_id for row in seats if row.administration_id]
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data: Any = None, files: Any = None) -> ForSomebodyForm:
        """Whose idea it is."""
        return ForSomebodyForm(data, administrations=self.administrations)

    def carry_out(self, form: ForSomebodyForm) -> HttpResponse:
        """Begin, and go on to the form."""
        initiative = services.start_for(originator=form.cleaned_data["originator"], actor=self.user)
        return done(
            self.request,
            _("Initiativet tillhör %(name)s. Skriv och skicka det härifrån.")
            % {"name": initiative.originator},
            url_for(initiative, "write"),
        )


class JoinView(FormView):
    """Two of the same idea: one goes on, and all follow it (R26)."""

    page_title = _l("Sammanför med ett annat initiativ")
    submit_label = _l("Sammanför")
    header_icon = "copy"
    crumbs = ((_l("Förvaltningens initiativ"), "desk_sent"),)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the initiative, or answer as if it did not exist."""
        super().setup(request, *args, **kwargs)
        self.initiative = initiative_or_404(self.user, kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The contact person of its förvaltning only."""
        if not is_liaison_of(self.user, self.initiative.administration_id):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is joined, and the way back."""
        return super().get_context_data(
            initiative=self.initiative, back=url_for(self.initiative, "desk"), **kwargs
        )

    def make_form(self, data: Any = None, files: Any = None) -> JoinForm:
        """The other initiatives that the förvaltning prepares."""
        others = Initiative.objects.filter(
            administration=self.initiative.administration_id,
            process__stage__in=[Stage.WITH_LIAISON, Stage.PREPARED, Stage.RETURNED],
        ).exclude(pk=self.initiative.pk)
        return JoinForm(data, initiatives=others.order_by("title", "pk"))

    def carry_out(self, form: JoinForm) -> HttpResponse:
        """Join them, and go on with the one that goes on."""
        into = form.cleaned_data["into"]
        services.join_with(
            initiative=self.initiative, into=into, actor=self.user,
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
        return done(
            self.request,
            _("%(name)s fortsätter i %(into)s.") % {"name": self.initiative, "into": into},
            url_for(into, "desk"),
        )
