# SPDX-License-Identifier: EUPL-1.2
"""One log format for our own events and for those of Django: JSON for machines, lines for people.

No address or name of a visitor is ever logged: whoever asks for a public record may stay unknown,
and the code of an order, which opens its answer, is told to no log.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

_CODE = re.compile(r"(/bestall/kvitto/)[^/?#\s\"']+")


def without_codes(text: str) -> str:
    """The text with the codes of orders taken out of the addresses in it."""
    return _CODE.sub(r"\1…", text)


def _hide_codes(_logger: object, _name: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Take codes out of every text that is about to be written."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = without_codes(value)
    return event


_SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=False),
    structlog.processors.format_exc_info,
]


def logging_config(*, level: str, as_json: bool) -> dict[str, Any]:
    """Return Django's LOGGING with one handler, to standard error."""
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structlog": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    _hide_codes,
                    renderer,
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structlog"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"level": level, "propagate": True, "handlers": []},
            "django.server": {"level": "WARNING", "propagate": True, "handlers": []},
            # It writes titles, which a secrecy marking would have to take back.
            "wagtail": {"level": "WARNING"},
            "django_tasks": {"level": "WARNING"},
            "django_tasks_db": {"level": "WARNING"},
            "elastic_transport": {"level": "WARNING"},
        },
    }
