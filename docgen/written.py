# SPDX-License-Identifier: EUPL-1.2
"""What is typed for a document is refused where a document cannot hold it."""

from __future__ import annotations

from html import unescape

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext

from docgen.engine.ooxml import illegal_characters
from docgen.markup import lost_links


class Written(models.Model):
    """Refuses, at the field, what a document cannot hold; the engine would have to leave it out."""

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Tell of control characters, and of links that lead nowhere from a document."""
        super().clean()
        faults = {}
        for field in self._meta.concrete_fields:
            if isinstance(field, (models.CharField, models.TextField)):
                sentence = _fault_of(str(getattr(self, field.attname) or ""))
                if sentence and field.editable:
                    faults[field.name] = sentence
        if faults:
            raise ValidationError(faults)


def _fault_of(text: str) -> str:
    if found := illegal_characters(unescape(text)):
        return gettext(
            "Texten har ett tecken som inte går att skriva ut (%(which)s). Det syns inte och har "
            "troligen följt med från ett annat program: skriv om stället."
        ) % {"which": ", ".join(found)}
    if lost := lost_links(text):
        return gettext(
            "Länken till ”%(href)s” kan inte stå i ett dokument. Länka till en sida, en "
            "webbadress, en e-postadress eller ett telefonnummer."
        ) % {"href": lost[0]}
    return ""
