# SPDX-License-Identifier: EUPL-1.2
"""What was decided of each record, in the words of the one who asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.disclosure.enums import DisclosureOutcome
from casework.disclosure.models import DisclosureItem

_OSL = re.compile(
    r"\bOSL\s+(\d+)\s*(?::|kap\.?)\s*(\d+(?:\s?[a-z](?!\w))?)(?:\s*§)?", re.IGNORECASE
)
"""The short spelling of the secrecy act's provisions."""

SENTENCES = {
    DisclosureOutcome.GRANTED: _l("Handlingen lämnas ut."),
    DisclosureOutcome.PARTLY: _l("Handlingen lämnas ut, men delar av den är maskade."),
    DisclosureOutcome.REFUSED: _l("Handlingen lämnas inte ut."),
    DisclosureOutcome.MISSING: _l("Handlingen finns inte hos oss."),
}


@dataclass(frozen=True, slots=True)
class Answered:
    """One record of an answered order."""

    number: str
    title: str
    outcome: str
    sentence: str
    provision: str
    reason: str
    files: Sequence[dict[str, Any]]


def answered(items: Sequence[DisclosureItem]) -> list[Answered]:
    """The records of an answered order with what was decided of each."""
    return [
        Answered(
            number=item.record.dnr if item.record else "",
            title=item.shown_title,
            outcome=item.outcome,
            sentence=str(SENTENCES[DisclosureOutcome(item.outcome)]),
            provision=in_words(item.provision),
            reason=item.reason,
            files=[
                {
                    "pk": file.pk,
                    "name": file.outward_name,
                    "kind": PurePath(file.original_name).suffix[1:].upper(),
                    "size": file.size,
                    "is_masked": file.is_masked,
                }
                for file in item.files.all()
            ],
        )
        for item in items
    ]


def in_words(provision: str) -> str:
    """A provision as somebody reads it who knows no short forms: OSL 21:1 is a chapter of a law."""
    words = _("%(chapter)s kap. %(section)s § offentlighets- och sekretesslagen")
    return _OSL.sub(
        lambda found: words % {"chapter": found[1], "section": found[2].strip()}, provision
    )
