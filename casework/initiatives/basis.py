# SPDX-License-Identifier: EUPL-1.2
"""The two answers that are tables: cost per year (R6, R48), and benefit per group (R49).

They are answers like others, frozen and kept with the rest. A cost plan is stored as
``{"one_off": [400, 0, 0], "running": [0, 50, 50], "own": [0, 0, 0], "external": [0, 0, 0],
"after": 50}``: thousands of kronor, for the first year the initiative gets money, the two after it,
and what it costs each year from then on. The years are counted from the first, so that an
initiative that waits a year keeps its plan. A benefit is stored as
``{"citizens": {"level": 4, "measure": "…", "evidence": "…"}}``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.initiatives.enums import BenefitGroup, BenefitLevel

if TYPE_CHECKING:
    from casework.initiatives.models import Question

YEARS = 3
MAX_TKR = 100_000_000
MAX_TEXT = 500

COLUMNS = {
    "one_off": gettext_lazy("Engångskostnad"),
    "running": gettext_lazy("Löpande kostnad"),
    "own": gettext_lazy("Egna medel"),
    "external": gettext_lazy("Annan finansiering"),
}
"""The columns of a cost plan: two of cost, two of money that somebody else gives."""


class CostYear(NamedTuple):
    """One year of a cost plan, in thousands of kronor."""

    year: int
    one_off: int = 0
    running: int = 0
    own: int = 0
    external: int = 0

    @property
    def total(self) -> int:
        """What the year costs, whoever pays."""
        return self.one_off + self.running

    @property
    def asked(self) -> int:
        """What the city is asked for."""
        return self.total - self.own - self.external


@dataclass(frozen=True, slots=True)
class CostPlan:
    """What an initiative costs, year by year from its first, and each year after those."""

    years: tuple[CostYear, ...] = ()
    after: int = 0

    @classmethod
    def of(cls, value: object) -> CostPlan | None:
        """The plan of a stored answer; None where there is none."""
        if not isinstance(value, Mapping) or not value:
            return None
        years = tuple(
            CostYear(
                number + 1,
                **{name: int((value.get(name) or [0] * YEARS)[number]) for name in COLUMNS},
            )
            for number in range(YEARS)
        )
        return cls(years, int(value.get("after") or 0))

    @property
    def total(self) -> int:
        """What its years cost together, in thousands of kronor."""
        return sum(year.total for year in self.years)

    @property
    def asked(self) -> int:
        """What the city is asked for in its years together."""
        return sum(year.asked for year in self.years)

    def left_after(self, granted: int) -> CostPlan:
        """The plan as it still asks when the city has granted a part: the first years' come first.

        What is granted pays as what others give does.
        """
        years = []
        for year in self.years:
            paid = min(year.asked, granted)
            granted -= paid
            years.append(year._replace(own=year.own + paid))
        return replace(self, years=tuple(years))


def read_tkr(text: object) -> int:
    """An amount as people write it: ``1 250``, ``1.250``, ``1 250 tkr``.

    Raises:
        ValidationError: it is no whole number of thousands of kronor.
    """
    plain = _typed(text).lower().removesuffix("tkr")
    digits = "".join(sign for sign in plain if sign not in " .\u00a0\u2009\u202f")
    if not (digits.isascii() and digits.isdecimal()):
        raise ValidationError(
            _(
                "Skriv beloppet som ett heltal i tusental kronor, till exempel 1 250, "
                "inte ”%(text)s”."
            )
            % {"text": str(text)[:40]}
        )
    if int(digits) > MAX_TKR:
        raise ValidationError(_("Beloppet är större än 100 miljarder kronor. Skriv tusental."))
    return int(digits)


def clean_cost_plan(value: object) -> dict[str, Any]:
    """The plan as it is stored; nothing at all where each amount is left empty.

    Raises:
        ValidationError: an amount cannot be read, or a year has more money than it costs.
    """
    if not isinstance(value, Mapping) or not set(value) <= {*COLUMNS, "after"}:
        raise ValidationError(_("Kostnaderna går inte att läsa."), code="cost_plan")
    texts = [_typed(text) for name in COLUMNS for text in value.get(name) or []]
    if not any([*texts, _typed(value.get("after"))]):
        return {}
    plan: dict[str, Any] = {
        name: [_cell(text) for text in (list(value.get(name) or []) + [""] * YEARS)[:YEARS]]
        for name in COLUMNS
    }
    plan["after"] = _cell(value.get("after"))
    for year in range(YEARS):
        if (
            plan["own"][year] + plan["external"][year]
            > plan["one_off"][year] + plan["running"][year]
        ):
            raise ValidationError(
                _("År %(year)s har mer finansiering än kostnad.") % {"year": year + 1}
            )
    return plan


def _typed(text: object) -> str:
    """What stands in a cell; a nought is something, an empty cell is not."""
    return "" if text is None else str(text).strip()


def _cell(text: object) -> int:
    """The amount of a cell; an empty one in a plan that has others is nought."""
    return read_tkr(text) if _typed(text) else 0


def show_cost_plan(value: object) -> str:
    """The plan in words, a line per year that has something."""
    plan = CostPlan.of(value)
    if plan is None:
        return ""
    lines = []
    for year in plan.years:
        parts = [
            f"{str(label).lower()} {in_tkr(amount)}"
            for name, label in COLUMNS.items()
            if (amount := getattr(year, name))
        ]
        if parts:
            lines.append(
                _("År %(year)s: %(parts)s") % {"year": year.year, "parts": ", ".join(parts)}
            )
    if plan.after:
        lines.append(_("Därefter: %(tkr)s per år") % {"tkr": in_tkr(plan.after)})
    lines.append(
        _("Summa år 1–%(years)s: %(total)s, varav %(asked)s söks av staden")
        % {"years": YEARS, "total": in_tkr(plan.total), "asked": in_tkr(plan.asked)}
    )
    return "\n".join(lines)


def spaced(amount: int, space: str = "\u00a0") -> str:
    """``1 250``, with spaces that do not break; a plain one where it is to be typed in."""
    return f"{amount:,}".replace(",", space)


def in_tkr(amount: int) -> str:
    """``1 250 tkr``, with spaces that do not break."""
    return f"{spaced(amount)}\u00a0tkr"


def levels_of(question: Question | None) -> dict[int, str]:
    """The steps of a scale in words: the form version's own, else the product's."""
    own = {str(code): str(words) for code, words in (question.choices if question else [])}
    return {
        level: own[str(level)] if str(level) in own else str(BenefitLevel(level).label)
        for level in BenefitLevel.values
    }


def clean_benefit_scale(value: object) -> dict[str, Any]:
    """The benefits as they are stored: the groups for which a level was chosen.

    Raises:
        ValidationError: a group or a level is unknown, or there are words without a level.
    """
    if not isinstance(value, Mapping) or not set(value) <= set(BenefitGroup.values):
        raise ValidationError(_("Okänd grupp."), code="group")
    found: dict[str, Any] = {}
    for group in BenefitGroup.values:
        row = value.get(group)
        if not isinstance(row, Mapping):
            continue
        level = str(row.get("level") if row.get("level") is not None else "").strip()
        texts = {name: str(row.get(name) or "").strip() for name in ("measure", "evidence")}
        if not level:
            if any(texts.values()):
                raise ValidationError(
                    _("Välj hur stor nyttan är för %(group)s.")
                    % {"group": str(BenefitGroup(group).label).lower()}
                )
            continue
        if level not in {str(known) for known in BenefitLevel.values}:
            raise ValidationError(_("Välj ett av alternativen."))
        if any(len(text) > MAX_TEXT for text in texts.values()):
            raise ValidationError(
                _("Mått och underlag får vara högst %(limit)s tecken.") % {"limit": MAX_TEXT}
            )
        found[group] = {"level": int(level), **texts}
    return found


def show_benefit_scale(question: Question, value: object) -> str:
    """The benefits in words, a line per group."""
    if not isinstance(value, Mapping):
        return ""
    words = levels_of(question)
    lines = []
    for group in BenefitGroup.values:
        row = value.get(group)
        if not isinstance(row, Mapping):
            continue
        level = int(row["level"])
        parts = [f"{BenefitGroup(group).label}: {level}, {words[level]}"]
        if row.get("measure"):
            parts.append(_("Mått: %(text)s") % {"text": row["measure"]})
        if row.get("evidence"):
            parts.append(_("Underlag: %(text)s") % {"text": row["evidence"]})
        lines.append(". ".join(parts))
    return "\n".join(lines)
