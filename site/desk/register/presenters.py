# SPDX-License-Identifier: EUPL-1.2
"""What stands at the top of a case for those who work with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.initiatives.models import Initiative
from casework.process.enums import Stage, stage_words
from casework.process.line import WhereAbouts
from casework.process.models import Process
from casework.register.models import Case
from ui.patterns import CaseHead, Tag
from ui.present import outcome_tag, stage_tag


def head_of(
    initiative: Initiative | None, case: Case | None, title: str, standing: WhereAbouts | None
) -> CaseHead:
    """What stands at the top of a matter for those who work with it."""
    process: Process | None = initiative.process if initiative else None
    if case is not None and not case.is_live:
        standing = None  # its work has ended or goes on elsewhere: nobody has it, nothing is next
    if case is not None and case.is_void:
        tag: Tag | None = Tag(_("Makulerat"), "stop")
    elif case is not None and case.merged_into_id is not None:
        tag = Tag(stage_words(Stage.JOINED), "stop")
    elif case is not None and not getattr(case, "is_internal", True):
        tag = outcome_tag(case.outcome, is_closed=case.closed_at is not None)
    elif case and case.is_secret:
        tag = Tag(_("Sekretess: %(rule)s") % {"rule": case.secrecy_provision}, "secret")
    elif process:
        tag = stage_tag(process.position)
    else:
        tag = Tag(_("Avslutat"), "done") if case and case.closed_at else Tag(_("Öppet"), "now")
    area = (initiative and initiative.service_area) or (case and case.service_area)
    return CaseHead(
        title=title,
        dnr=case.dnr if case else "",
        tag=tag,
        area=str(area or ""),
        kind=str(case.get_case_type_display()) if case else _("Initiativ"),
        holder=_sentence(standing.holder) if standing else _officer(case),
        next_step=standing.next_label if standing else "",
        due=standing.due if standing else None,
    )


def _officer(case: Case | None) -> str:
    """Who has an open case that is no initiative, told to those who get its internal face."""
    if case is None or case.closed_at or not case.is_live or not getattr(case, "is_internal", True):
        return ""
    return str(case.officer) if case.officer else ""


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def twin_words(dnr: str, ago: dt.timedelta) -> str:
    """That something looks like what was registered just now."""
    minutes = int(ago.total_seconds() // 60)
    return ngettext(
        "Samma avsändare och rubrik registrerades för en minut sedan: %(dnr)s.",
        "Samma avsändare och rubrik registrerades för %(minutes)s minuter sedan: %(dnr)s.",
        max(minutes, 1),
    ) % {"minutes": minutes, "dnr": dnr}


def public_face(typed: Mapping[str, str], case: Case | None) -> dict[str, object]:
    """What everybody would see of a letter as it is typed now (OSL 5:2).

    Args:
        typed: the form's fields by name.
        case: into which it goes; a record of a secret case is not shown at all.
    """
    hidden = bool(typed.get("secrecy_provision")) or (case is not None and case.is_secret)
    return {
        "hidden": hidden,
        "title": typed.get("title_public") or typed.get("title", ""),
        "party": _("Enskild")
        if "is_private" in typed
        else typed.get("party_public") or typed.get("party", ""),
        "has_party": bool(typed.get("party")),
    }
