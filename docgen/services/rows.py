# SPDX-License-Identifier: EUPL-1.2
"""A report's rows as lists in memory, while chosen changes of a returned file are made to them."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from docgen.models import (
    Attachment,
    DecisionGroup,
    DecisionPoint,
    Officer,
    Recipient,
    Report,
    ReportSection,
    Signatory,
)
from docgen.services.building import parts_of

# The first word of a field's key: the report's relation and its model.
_ROWS: dict[str, tuple[str, type[models.Model]]] = {
    "officer": ("officers", Officer),
    "recipient": ("recipients", Recipient),
    "decision": ("decision_groups", DecisionGroup),
    "signatory": ("signatories", Signatory),
    "section": ("sections", ReportSection),
    "attachment": ("attachments", Attachment),
}
_POINT = "decision.text"
# Fields whose row goes when they are removed; others are emptied.
_WHOLE = frozenset({_POINT, "attachment.text", "section.heading"})


def problem_of(key: str, text: str) -> str:
    """Why a value does not fit its field, in words; empty when it does.

    Asked here, since SQLite would store what PostgreSQL refuses with a fault.
    """
    prefix, _dot, name = key.rpartition(".")
    model = DecisionPoint if key == _POINT else _ROWS[prefix][1] if prefix else Report
    field = model._meta.get_field(name or key)
    assert isinstance(field, models.Field)
    try:
        field.clean(_fitting(key, text), None)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _fitting(key: str, text: str) -> str:
    """A text as its field keeps it: only points and running text have lines."""
    return text if key in (_POINT, "section.body") else " ".join(text.split())


class ReportRows:
    """The lists of one report. Nothing is saved here."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._lists = {
            prefix: parts_of(getattr(report, relation))
            for prefix, (relation, _model) in _ROWS.items()
        }
        self._points = {str(x.uid): parts_of(x.points) for x in self._lists["decision"]}
        self._added: set[Any] = set()

    def take_over(self, change: dict[str, Any]) -> None:
        """Make one change. One whose row is gone in the meantime changes nothing."""
        key, kind, text = change["key"], change["kind"], _fitting(change["key"], change["after"])
        prefix, _dot, name = key.rpartition(".")
        if not prefix:
            field = Report._meta.get_field(key)
            assert isinstance(field, models.Field)
            setattr(self._report, key, field.to_python(text))
            return
        if kind == "added":
            row = self._new(key, text)
            self._added.add(row.uid)
            self._insert(key, row, change["anchor"], change["group"])
            return
        rows, row = self._find(key, change["item"])
        if rows is None:
            return
        if kind == "moved":
            rows.remove(row)
            if self._insert(key, row, change["anchor"], change["group"]) is not rows:
                row.pk = None  # it leaves one body's rows and is a new row of another's
        elif kind == "removed" and key in _WHOLE:
            rows.remove(row)
        else:
            setattr(row, name, text)

    def put_back(self) -> None:
        """Give the report its rows in their new order."""
        for group in self._lists["decision"]:
            group.points = self._numbered(self._points[str(group.uid)])
        for prefix, (relation, _model) in _ROWS.items():
            setattr(self._report, relation, self._numbered(self._lists[prefix]))

    def _numbered(self, rows: list[Any]) -> list[Any]:
        for n, row in enumerate(rows):
            row.sort_order = n
        return rows

    def _find(self, key: str, item: str) -> tuple[list[Any] | None, Any]:
        lists = list(self._points.values()) if key == _POINT else [self._lists[key.split(".")[0]]]
        for rows in lists:
            for row in rows:
                if str(row.uid) == item:
                    return rows, row
        return None, None

    def _insert(self, key: str, row: Any, anchor: str, group: str) -> list[Any]:
        """Put a row behind another, or first; those that were added there before keep their order.

        Returns the list that it stands in.
        """
        rows, before = self._find(key, anchor)
        if before is None:
            rows = self._points.get(group) if key == _POINT else self._lists[key.split(".")[0]]
        if rows is None:
            raise ValidationError(
                _("Det organ som beslutspunkten ”%(text)s” hör till finns inte längre i texten.")
                % {"text": str(row)}
            )
        place = rows.index(before) + 1 if before is not None else 0
        if before is None and anchor:
            place = len(rows)  # the row that it stood behind is gone
        while place < len(rows) and rows[place].uid in self._added:
            place += 1
        rows.insert(place, row)
        return rows

    def _new(self, key: str, text: str) -> Any:
        model = DecisionPoint if key == _POINT else Attachment
        return model(uid=uuid.uuid4(), text=text)
