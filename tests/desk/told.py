# SPDX-License-Identifier: EUPL-1.2
"""What a page of the desk says when it has done something."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.messages import get_messages
from django.utils.html import strip_tags


def told(response: Any) -> str:
    """What the next page will say, without its buttons."""
    message = str([*get_messages(response.wsgi_request)][-1])
    return " ".join(strip_tags(re.sub(r"<a .*?</a>", "", message, flags=re.DOTALL)).split())


def way_to_undo(response: Any) -> str:
    """Where what was done is undone; empty where the message does not say."""
    message = str([*get_messages(response.wsgi_request)][-1])
    found = re.search(r'href="([^"]*/angra/\d+/)"', message)
    return found[1] if found else ""
