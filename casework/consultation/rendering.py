# SPDX-License-Identifier: EUPL-1.2
"""A remiss as plain Swedish text: what was sent out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from casework.register.models import Case


def remiss_text(*, case: Case, question: str, deadline: dt.date, names: Sequence[str]) -> str:
    """The text that goes out: to whom, about what, until when.

    The public title is used: a remiss leaves the authority.
    """
    blocks = [
        f"{_('Remiss')}\n{case.dnr}",
        case.title_public or case.title,
        question.strip(),
        _("Svar senast den %(day)s.") % {"day": deadline.isoformat()},
        _("Remissinstanser") + "\n" + "\n".join(names),
    ]
    return "\n\n".join(blocks) + "\n"
