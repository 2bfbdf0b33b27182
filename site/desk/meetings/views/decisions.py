# SPDX-License-Identifier: EUPL-1.2
"""One decision: dissent from it, correct its day or paragraph, make an extract of it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.meetings import services
from casework.meetings.models import Decision
from casework.meetings.permissions import may_correct
from casework.register.models import Case
from desk.meetings import forms
from ui.base import FormView, done
from ui.links import url_for


class DecisionFormView(FormView):
    """A form about one decision."""

    header_icon = "edit"
    decision: Decision

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the decision in a case that the person may see."""
        found = (
            Decision.objects.filter(pk=kwargs["pk"], case__in=Case.objects.visible_to(self.user))
            .select_related("body", "case", "meeting")
            .first()
        )
        if found is None:
            raise Http404
        self.decision = found
        if not self.may_open():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def may_open(self) -> bool:
        """Whether the person has anything to do on the page; the service asks the rest."""
        return True

    @property
    def back(self) -> str:
        """Where the decision was made, or its case."""
        if self.decision.meeting_id:
            return reverse("desk_body_meeting", args=[self.decision.meeting_id])
        return url_for(self.decision.case, "desk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The case, what was decided in it, and the way back."""
        case = Case.objects.shown_to(self.user).get(pk=self.decision.case_id)
        return super().get_context_data(case=case, intro=self.decided(), back=self.back, **kwargs)

    def decided(self) -> str:
        """Who decided what and when, in a line."""
        row = self.decision
        where = " ".join(filter(None, [str(row.body), row.paragraph]))
        day = row.day.isoformat() if row.day else _("okänd dag")
        points = " ".join(point.text for point in row.points.all())
        return f"{where}, {day}: {points}" if points else f"{where}, {day}"


class DissentView(DecisionFormView):
    """Announce a reservation or a special statement (R62, R70)."""

    page_title = _l("Anmäl avvikande mening")
    submit_label = _l("Anmäl")

    def make_form(self, data: Any = None, files: Any = None) -> forms.DissentForm:
        """The form."""
        return forms.DissentForm(data, decision=self.decision)

    def carry_out(self, form: forms.DissentForm) -> HttpResponse:
        """Note it."""
        services.note_dissent(
            decision=self.decision,
            kind=form.cleaned_data["kind"],
            persons=form.persons(),
            proposal=form.cleaned_data["proposal"],
            statement=form.cleaned_data["statement"],
            actor=self.user,
        )
        return done(self.request, _("Den avvikande meningen är antecknad."), self.back)


class CorrectionView(DecisionFormView):
    """Correct a decision's day or paragraph; what stood is kept."""

    page_title = _l("Rätta beslut")
    submit_label = _l("Rätta")

    def may_open(self) -> bool:
        """Only for those who may correct it."""
        return may_correct(self.user, self.decision)

    def make_form(self, data: Any = None, files: Any = None) -> forms.CorrectionForm:
        """The form with what stands."""
        return forms.CorrectionForm(
            data, initial={"day": self.decision.day, "paragraph": self.decision.paragraph}
        )

    def carry_out(self, form: forms.CorrectionForm) -> HttpResponse:
        """Correct what differs."""
        day, paragraph = form.cleaned_data["day"], form.cleaned_data["paragraph"].strip()
        reason = form.cleaned_data["reason"]
        changed = False
        if day and day != self.decision.day:
            services.correct_decision(
                decision=self.decision,
                field="day",
                value=day,
                reason=reason,
                actor=self.user,
            )
            changed = True
        if paragraph and paragraph != self.decision.paragraph:
            services.correct_decision(
                decision=self.decision,
                field="paragraph",
                value=paragraph,
                reason=reason,
                actor=self.user,
            )
            changed = True
        if not changed:
            raise ValidationError(_("Ändra dagen eller paragrafen."))
        return done(self.request, _("Beslutet är rättat."), self.back)


class ExtractView(DecisionFormView):
    """Register an extract of the minutes in the case."""

    page_title = _l("Registrera protokollsutdrag")
    submit_label = _l("Registrera utdraget")

    def make_form(self, data: Any = None, files: Any = None) -> Any:
        """Nothing is asked."""
        return Form(data)

    def carry_out(self, form: Any) -> HttpResponse:
        """Register it."""
        record = services.register_minutes_extract(decision=self.decision, actor=self.user)
        return done(
            self.request,
            _("Protokollsutdraget är registrerat som %(dnr)s.") % {"dnr": record.dnr},
            self.back,
        )
