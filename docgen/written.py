# SPDX-License-Identifier: EUPL-1.2
"""What is typed for a document is refused where a document cannot hold it."""

from __future__ import annotations

from html import unescape

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext

from docgen.engine.ooxml import illegal_characters
from docgen.markup import lost_links


def refuse_unwritable(row: models.Model) -> None:
    """Tell, at the field, of control characters and of links that lead nowhere from a document.

    The engine would have to leave them out in silence.

    Raises:
        ValidationError: with the fields.
    """
    faults = {}
    for field in row._meta.concrete_fields:
        if field.editable and isinstance(field, (models.CharField, models.TextField)):
            sentence = _fault_of(str(getattr(row, field.attname) or ""))
            if sentence:
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
