# SPDX-License-Identifier: EUPL-1.2
"""What has gone out, on the page of a case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.dispatch.models import Dispatch
from casework.dispatch.permissions import may_dispatch
from casework.organisation.models import User
from ui.case_file import CaseFile
from ui.panels import Panel, register_panel


def has_dispatches(user: User, file: CaseFile) -> bool:
    """Whether anything of the case has gone out, for those with the internal face."""
    return file.case is not None and file.is_internal and file.facts.dispatches


def dispatches_context(user: User, file: CaseFile) -> dict[str, object]:
    """Who got what, the newest first."""
    assert file.case is not None
    rows = Dispatch.objects.visible_to(user).filter(record__case=file.case)
    return {
        "dispatches": rows.select_related("record"),
        "may_dispatch": may_dispatch(user, file.case),
    }


register_panel(
    "case",
    Panel(
        key="dispatches",
        title=_("Expedierat"),
        order=67,
        shown_to=has_dispatches,
        template="desk/dispatch/dispatches.html",
        context=dispatches_context,
    ),
)
