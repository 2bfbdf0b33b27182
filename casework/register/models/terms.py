# SPDX-License-Identifier: EUPL-1.2
"""What a registrar chooses from: class codes, provisions, known senders, prefilled letters."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.organisation.models import Authority, Period
from casework.register.enums import Retention


class Term(Period):
    """A code with its words, valid for a time; what was chosen while it was valid stays (R51)."""

    code = models.CharField(_("beteckning"), max_length=40)
    title = models.CharField(_("vad det är"), max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def clean(self) -> None:
        """Refuse a code that another row bears on any day of this one's validity."""
        super().clean()
        rows = type(self)._default_manager.overlapping(self.valid_from, self.valid_until)
        if rows.filter(code=self.code).exclude(pk=self.pk).exists():
            raise ValidationError({"code": gettext("Beteckningen används redan under den tiden.")})


class ClassCode(Term):
    """A class of the plan by which cases are sorted, and what becomes of them when closed.

    Retention is a decision of its own (arkivlagen 10 §): what is to be kept is never thrown away.
    """

    retention = models.CharField(
        _("bevarande"), max_length=10, choices=Retention, default=Retention.KEEP
    )
    weed_after_years = models.PositiveSmallIntegerField(
        _("gallras efter år"),
        null=True,
        blank=True,
        help_text=_("Hela år efter det år då ärendet avslutades."),
    )

    class Meta:
        verbose_name = _("klass")
        verbose_name_plural = _("klasser")
        ordering = ["code", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(retention=Retention.KEEP, weed_after_years=None)
                    | models.Q(retention=Retention.WEED, weed_after_years__isnull=False)
                ),
                name="class_years_iff_weeded",
                violation_error_message=_(
                    "Ange efter hur många år det gallras; lämna fältet tomt för det som bevaras."
                ),
            )
        ]


class SecrecyProvision(Term):
    """A provision of offentlighets- och sekretesslagen that a registrar may mark with (OSL 5:5)."""

    class Meta:
        verbose_name = _("sekretessbestämmelse")
        verbose_name_plural = _("sekretessbestämmelser")
        ordering = ["code", "valid_from"]


class Party(models.Model):
    """A sender or receiver that an authority's registrars have met, so that few letters are typed.

    An address book and no register of cases: it says nothing of what anybody has written, and a
    row can be thrown away. Senders of secret cases never come into it.
    """

    authority = models.ForeignKey(
        Authority, models.CASCADE, related_name="parties", verbose_name=_("myndighet")
    )
    name = models.CharField(_("namn"), max_length=200)
    email = models.EmailField(_("e-post"), blank=True)
    is_private = models.BooleanField(
        _("privatperson"),
        default=True,
        help_text=_("Visas som ”Enskild” i webbdiariet."),
    )

    class Meta:
        verbose_name = _("avsändare")
        verbose_name_plural = _("avsändare")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "name"], name="party_once"),
        ]

    def __str__(self) -> str:
        return self.name


class LetterTemplate(models.Model):
    """A prefilled letter of a kind that comes often; ``values`` has the form's fields by name."""

    authority = models.ForeignKey(
        Authority, models.CASCADE, related_name="letter_templates", verbose_name=_("myndighet")
    )
    name = models.CharField(_("namn"), max_length=80)
    values = models.JSONField(_("innehåll"), default=dict)

    class Meta:
        verbose_name = _("mall för skrivelse")
        verbose_name_plural = _("mallar för skrivelser")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "name"], name="letter_template_once"),
        ]

    def __str__(self) -> str:
        return self.name
