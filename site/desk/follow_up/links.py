# SPDX-License-Identifier: EUPL-1.2
"""Where the desk shows a reminder."""

from casework.follow_up.models import Reminder
from ui.links import link, url_for


@link(Reminder, "desk")
def reminder(found: Reminder) -> str:
    """Among the reminders of its case, where it is done or moved."""
    return f"{url_for(found.case, 'desk')}#reminders"
