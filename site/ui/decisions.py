# SPDX-License-Identifier: EUPL-1.2
"""Forms of decisions, made from what the transition's spec asks for.

A body decides in a meeting that is open, or by delegation with its reference (:class:`ActFields`).
Everything else is one field per :class:`casework.process.specs.Ask`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.initiatives.enums import ScopeReason
from casework.meetings.enums import MeetingState
from casework.meetings.models import Meeting
from casework.organisation.enums import BodyKind
from casework.organisation.models import Body
from casework.planning.models import Round
from casework.planning.selectors import later_rounds
from casework.process.enums import Opinion
from casework.process.services import Act
from casework.process.specs import Ask, TransitionSpec
from ui.forms import Day, Prose, parse_tkr

REASON_HELP = _(
    "Visas för förslagsställaren. Fattar ett organ beslutet visas det också på ärendets "
    "offentliga sida. Skriv inga personuppgifter."
)


def _in_two_weeks() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=14)


class TkrField(forms.CharField):
    """An amount in thousands of kronor, with or without spaces; cleans to a whole number."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Tusental kronor, till exempel 1 250."))
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> int | None:
        """The amount."""
        return parse_tkr(str(super().clean(value)))


class ActFields(forms.Form):
    """How a body decides: the meeting, or the delegation."""

    meeting = forms.ModelChoiceField(
        label=_("Möte"), queryset=Meeting.objects.none(), required=False
    )
    delegation = forms.CharField(
        label=_("På delegation"),
        max_length=200,
        required=False,
        help_text=_("Hänvisning till delegationen. Lämna tomt när beslutet fattas på mötet."),
    )
    paragraph = forms.CharField(
        label=_("Paragraf"),
        max_length=40,
        required=False,
        help_text=_("Lämnas den tom blir det mötets nästa."),
    )

    def __init__(self, *args: Any, body: Body | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        assert isinstance(field, forms.ModelChoiceField)
        rows = Meeting.objects.filter(body=body, state=MeetingState.OPEN)
        field.queryset = rows.select_related("body")  # whose name a meeting tells
        field.initial = field.queryset.first()
        field.empty_label = gettext("Inget möte")
        if field.initial is None:
            field.help_text = gettext("Inget möte pågår. Ordföranden öppnar mötet under Möten.")
        if body is not None and body.kind == BodyKind.CITY_COUNCIL:
            del self.fields["delegation"]  # the service takes none

    def act(self) -> Act:
        """What was chosen."""
        data = self.cleaned_data
        return Act(
            meeting=data.get("meeting"),
            delegation=(data.get("delegation") or "").strip(),
            paragraph=(data.get("paragraph") or "").strip(),
        )


class DecisionForm(ActFields):
    """The form of one transition."""

    def __init__(
        self,
        *args: Any,
        spec: TransitionSpec,
        body: Body | None = None,
        round: Round | None = None,
        grounds: tuple[str, ...] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, body=body, **kwargs)
        self.spec = spec
        if Ask.ACT not in spec.asks:
            for name in ("meeting", "delegation", "paragraph"):
                self.fields.pop(name, None)
        for ask in spec.asks:
            for name, field in self._fields_for(ask, round, grounds):
                self.fields[name] = field
        act = ("meeting", "delegation", "paragraph")
        last: list[str] = [name for name in act if name in self.fields]
        self.order_fields([name for name in self.fields if name not in last] + last)

    def _fields_for(
        self, ask: Ask, round_: Round | None, grounds: tuple[str, ...]
    ) -> list[tuple[str, forms.Field]]:
        if ask in {Ask.REASON, Ask.REASON_IF_ANY}:
            required = ask is Ask.REASON
            return [
                (
                    "reason",
                    Prose(
                        label=_("Skäl"),
                        required=required,
                        help_text=REASON_HELP,
                        error_messages={"required": _("Skriv skälet.")},
                    ),
                )
            ]
        if ask is Ask.ANSWER:  # kept where the reason is
            return [
                (
                    "reason",
                    Prose(
                        label=_("Svar på gruppens frågor"),
                        help_text=_(
                            "Går till gruppen och visas för förslagsställaren. Skriv inga "
                            "personuppgifter."
                        ),
                        error_messages={"required": _("Skriv svaret.")},
                    ),
                )
            ]
        if ask is Ask.GROUND:
            choices = [c for c in ScopeReason.choices if c[0] in grounds]
            return [
                (
                    "ground",
                    forms.ChoiceField(label=_("Grund"), choices=choices, widget=forms.RadioSelect),
                )
            ]
        if ask is Ask.OPINION:
            return [
                (
                    "opinion",
                    forms.ChoiceField(
                        label=_("Ställningstagande"), choices=Opinion, widget=forms.RadioSelect
                    ),
                )
            ]
        if ask is Ask.QUESTIONS:
            return [
                (
                    "questions",
                    Prose(
                        label=_("Vad behöver kompletteras?"),
                        help_text=_("Går till förvaltningens kontaktperson."),
                        error_messages={"required": _("Skriv vad som behöver kompletteras.")},
                    ),
                )
            ]
        if ask is Ask.DUE:
            return [
                (
                    "due",
                    Day(
                        label=_("Svar senast"),
                        initial=_in_two_weeks,
                    ),
                )
            ]
        if ask is Ask.TARGET:
            later = later_rounds(round_) if round_ else []
            field = forms.ModelChoiceField(
                label=_("Till omgången"),
                queryset=Round.objects.filter(pk__in=[row.pk for row in later]),
                required=False,
                empty_label=gettext("Nästa som öppnas"),
            )
            return [("target", field)]
        return []

    def arguments(self) -> dict[str, Any]:
        """What the transition's service is called with, beside initiative and actor."""
        data = self.cleaned_data
        found: dict[str, Any] = {}
        for name in ("reason", "ground", "opinion", "questions", "due", "target"):
            if name in self.fields:
                found[name] = data.get(name)
        if Ask.ACT in self.spec.asks:
            found["act"] = self.act()
        return found


def messages_of(error: Exception) -> list[str]:
    """The sentences of what a service refused."""
    if isinstance(error, ValidationError):
        return list(error.messages)
    return [str(error)]
