# SPDX-License-Identifier: EUPL-1.2
"""The two answers that are filled in as tables: cost per year, and benefit per group.

What was typed comes back as it was typed when it cannot be read; each cell is named by its row and
its column for those who do not see them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from casework.initiatives.basis import (
    COLUMNS,
    YEARS,
    clean_benefit_scale,
    clean_cost_plan,
    spaced,
)
from casework.initiatives.enums import BenefitGroup


class TableWidget(forms.Widget):
    """A table of fields; the label and links to a fault lead to its first cell."""

    def id_for_label(self, id_: str) -> str:
        """The id of the first cell."""
        return f"{id_}-first" if id_ else id_


class CostPlanWidget(TableWidget):
    """A row for each year, a column for each kind of money; thousands of kronor."""

    template_name = "ui/cost_plan.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The amounts as they were typed; None where the page did not have the table."""
        if self.value_omitted_from_data(data, files, name):
            return None
        plan: dict[str, Any] = {
            column: [data.get(f"{name}-{column}-{year}", "") for year in range(1, YEARS + 1)]
            for column in COLUMNS
        }
        plan["after"] = data.get(f"{name}-after", "")
        return plan

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether the page did not have the table."""
        return f"{name}-one_off-1" not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Rows and cells."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        plan = value if isinstance(value, Mapping) else {}
        rows: list[dict[str, Any]] = []
        for year in range(1, YEARS + 1):
            cells = [
                {
                    "name": f"{name}-{column}-{year}",
                    "column": column,
                    "value": _shown((list(plan.get(column) or []) + [""] * YEARS)[year - 1]),
                }
                for column in COLUMNS
            ]
            label = _("År %(year)s") % {"year": year}
            rows.append({"key": f"year-{year}", "label": label, "cells": cells})
        after = {
            "name": f"{name}-after",
            "column": "running",
            "value": _shown(plan.get("after", "")),
        }
        blank: list[dict[str, Any] | None] = [
            after if column == "running" else None for column in COLUMNS
        ]
        rows.append({"key": "after", "label": _("Därefter, per år"), "cells": blank})
        columns = [{"name": key, "label": label} for key, label in COLUMNS.items()]
        context["widget"] |= {"rows": rows, "columns": columns}
        return context


class BenefitScaleWidget(TableWidget):
    """A row for each group: how large the benefit is, how it is measured, what shows it."""

    template_name = "ui/benefit_scale.html"

    def __init__(self, levels: Mapping[int, str], attrs: Any = None) -> None:
        super().__init__(attrs)
        self.levels = levels

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The rows as they were filled in; None where the page did not have the table."""
        if self.value_omitted_from_data(data, files, name):
            return None
        return {
            group: {
                part: data.get(f"{name}-{group}-{part}", "")
                for part in ("level", "measure", "evidence")
            }
            for group in BenefitGroup.values
        }

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether the page did not have the table."""
        return f"{name}-{BenefitGroup.values[0]}-level" not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """A row for each group, with what is chosen."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        given = value if isinstance(value, Mapping) else {}
        rows = []
        for group in BenefitGroup:
            row = given.get(group.value) or {}
            rows.append(
                {
                    "group": group.value,
                    "label": group.label,
                    "name": f"{name}-{group.value}",
                    "level": str(row.get("level", "")),
                    "measure": row.get("measure", ""),
                    "evidence": row.get("evidence", ""),
                }
            )
        levels = [(str(level), words) for level, words in self.levels.items()]
        context["widget"] |= {"rows": rows, "levels": levels}
        return context


class CostPlanField(forms.Field):
    """A cost plan; empty when each amount is left out."""

    widget = CostPlanWidget

    def clean(self, value: Any) -> dict[str, Any]:
        """The plan as it is stored."""
        return clean_cost_plan(value or {})


class BenefitScaleField(forms.Field):
    """The benefit for each group, on a scale in words."""

    def __init__(self, *, levels: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(widget=BenefitScaleWidget(levels), **kwargs)

    def clean(self, value: Any) -> dict[str, Any]:
        """The benefits as they are stored."""
        return clean_benefit_scale(value or {})


def _shown(value: Any) -> str:
    """A stored amount with its spaces, what was typed as it is."""
    if isinstance(value, int):
        return spaced(value, " ")
    return str(value or "")
