# SPDX-License-Identifier: EUPL-1.2
"""Decisions as plain Swedish text: the extract of the minutes."""

from __future__ import annotations

from django.utils.translation import gettext as _

from casework.meetings.models import Decision
from casework.meetings.selectors import disqualified_for


def extract_text(decision: Decision) -> str:
    """An extract of the minutes for one decision: body, day, points, reason, jäv, dissent."""
    day = decision.day.isoformat() if decision.day else _("okänd dag")
    blocks = [
        f"{decision.body.name}\n{_('Protokollsutdrag')} {day} {decision.paragraph}".rstrip(),
        f"{decision.case.title}\n{decision.case.dnr}",
        _("Beslut"),
    ]
    if decision.lead:
        blocks.append(decision.lead)
    points = [f"{point.position}. {point.text}" for point in decision.points.all()]
    if points:
        blocks.append("\n".join(points))
    if decision.reason:
        blocks.append(f"{_('Skäl')}\n{decision.reason}")
    for row in disqualified_for(decision):
        blocks.append(
            _("Jäv: %(who)s lämnade rummet och deltog inte i beslutet.") % {"who": row.user}
        )
    for dissent in decision.dissents.prefetch_related("persons"):
        lines = [f"{dissent.get_kind_display()}: {dissent.who}"]
        lines += dissent.proposal_points
        if dissent.statement:
            lines.append(dissent.statement)
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"
