# SPDX-License-Identifier: EUPL-1.2
"""Where the money ends: three lines through the city's list, and what would change them (R37).

Nothing is decided here and nothing saved: what is tried stands in the address.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from casework.initiatives.basis import in_tkr
from casework.methods.budget import CannotHold, Line, Outside, Why
from casework.planning.models import Frame
from casework.prioritisation import money, permissions
from casework.prioritisation.money import Drawn, Wanted
from casework.prioritisation.rows import Row, read
from desk.prioritisation.presenters import frame_words
from desk.prioritisation.views.base import RoundView
from ui.forms import parse_tkr

WIDTH, ROW = 640, 26
PER_PAGE = 50
"""So many rows and steps are shown at a time."""


@dataclass(frozen=True, slots=True)
class FrameRow:
    """A frame on the page: what it is, what it holds, and what is tried.

    Attributes:
        typed: what stands in its field.
        fault: why that cannot be read; the frame is then as planned.
    """

    key: str
    field: str
    label: str
    planned: int
    tried: int
    typed: str
    fault: str = ""

    @property
    def most(self) -> int:
        """What its slider goes to."""
        return max(2 * self.planned, self.tried, 100)

    @property
    def is_changed(self) -> bool:
        """Whether something else than the plan is tried."""
        return self.planned != self.tried


@dataclass(frozen=True, slots=True)
class Step:
    """An initiative in the picture: where its bar begins and how long it is."""

    row: Row
    y: int
    x: float
    width: float
    inside: bool
    tkr: int


class BudgetLineView(RoundView):
    """Three lines side by side, a picture, and frames and must-haves to try."""

    template_name = "desk/prioritisation/budget_line.html"
    header_icon = "view"

    def may_open(self) -> bool:
        """The office and the bodies that read the proposal."""
        return permissions.may_read_proposal(self.user)

    def get_page_title(self) -> str:
        """The round."""
        return _("Budgetlinjen: %(round)s") % {"round": self.round}

    @cached_property
    def planned(self) -> dict[str, Frame]:
        """The round's frames by their names."""
        return money.frames_of(self.round)

    @cached_property
    def frames(self) -> list[FrameRow]:
        """The round's frames with what is tried in their place."""
        rows = []
        for number, (key, frame) in enumerate(self.planned.items(), start=1):
            typed, tried, fault = self.request.GET.get(f"ram-{key}", "").strip(), None, ""
            try:
                tried = parse_tkr(typed)
            except ValidationError as error:
                fault = error.messages[0]
            if tried is None:
                tried = frame.tkr
            shown = typed if fault else str(tried)
            rows.append(
                FrameRow(key, f"ram-{number}", frame_words(frame), frame.tkr, tried, shown, fault)
            )
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list with its three lines, the picture of the first, and what is tried."""
        held = {row.key: row.tried for row in self.frames}
        must = {
            int(pk) for pk in self.request.GET.getlist("maste") if pk.isascii() and pk.isdecimal()
        }
        rows, hidden = money.wanted(self.user, self.round, frames=self.planned, must=must)
        drawn, fault = self.draw(rows, held)
        words = {row.key: row.label for row in self.frames}
        by_key = {each.row.key: each.row for each in rows}
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("sida"))
        read([each.row for each in page])
        if drawn:
            read([by_key[pk] for pk in _also_named(drawn, page) if pk in by_key])
        return super().get_context_data(
            frames=self.frames,
            changed=any(row.is_changed for row in self.frames) or bool(must),
            page=page,
            rows=[_told(each, drawn, words, by_key) for each in page] if drawn else [],
            hidden=hidden,
            drawn=drawn,
            fault=fault,
            faults=[
                {"field": row.field, "text": f"{row.label}: {row.fault}"}
                for row in self.frames
                if row.fault
            ],
            sums=_sums(drawn) if drawn else [],
            partial=_partial(drawn, by_key, words) if drawn else "",
            picture=self.picture(rows, page, drawn, held) if drawn else None,
            must=must & set(by_key),
            must_elsewhere=sorted(must & set(by_key) - {each.row.key for each in page}),
            **kwargs,
        )

    def draw(self, rows: list[Wanted], held: dict[str, int]) -> tuple[Drawn | None, str]:
        """The lines, or why there are none."""
        if not rows:
            return None, _("Inget initiativ är rangordnat än.")
        if not held:
            return None, _("Omgången har ingen ekonomisk ram än. Den sätts på omgångens sida.")
        try:
            return money.draw(rows, held), ""
        except CannotHold as error:
            if error.frame is None:
                return None, _("Två av det som måste göras utesluter varandra.")
            label = next(row.label for row in self.frames if row.key == error.frame)
            return None, _("Det som måste göras ryms inte i ramen ”%(frame)s”.") % {"frame": label}
        except ValueError:
            return None, _("Ramarna går inte att räkna med.")

    def picture(
        self, rows: list[Wanted], page: Page[Wanted], drawn: Drawn, held: dict[str, int]
    ) -> dict[str, Any]:
        """A staircase: each initiative begins where the one above ended; the line is the frame."""
        key = next(iter(held))
        costs = [each.wish.costs.get(key, 0) for each in rows]
        last = page.end_index()
        # The steps of the pages before are behind; those after do not make these narrower.
        whole = max(sum(costs[:last]), held[key], 1)
        inside = set(drawn.strict.inside)
        first = page.start_index() - 1
        steps, at = [], sum(costs[:first])
        for number, (each, tkr) in enumerate(zip(page, costs[first:last], strict=True)):
            steps.append(
                Step(
                    each.row, number * ROW, round(WIDTH * at / whole, 1),
                    round(max(WIDTH * tkr / whole, 1), 1), each.row.key in inside, tkr,
                )
            )  # fmt: skip
            at += tkr
        return {
            "steps": steps,
            "line": round(WIDTH * held[key] / whole, 1),
            "frame": self.frames[0],
            "width": WIDTH,
            "height": len(steps) * ROW,
            "row": ROW,
        }


def _lines(drawn: Drawn) -> list[Line[int] | None]:
    """The three, in the order of the table's columns."""
    return [drawn.strict, drawn.fill, drawn.best.line if drawn.best else None]


def _also_named(drawn: Drawn, page: Iterable[Wanted]) -> set[int]:
    """What sentences about the rows of a page name beside them."""
    named = {drawn.partial.item} if drawn.partial else set()
    for line in filter(None, _lines(drawn)):
        told = [line.outside.get(each.row.key) for each in page]
        named |= {outside.other for outside in told if outside and outside.other is not None}
    return named


def _told(
    wanted: Wanted, drawn: Drawn, words: dict[str, str], by_key: dict[int, Row]
) -> dict[str, Any]:
    """A row of the table: in which lines it stands, and why not in the others."""
    row = wanted.row
    return {
        "row": row,
        "asked": wanted.wish.costs.get(next(iter(words), ""), 0),
        "lines": [
            {"inside": row.key not in line.outside, "why": _why(line, row, words, by_key)}
            if line is not None
            else None
            for line in _lines(drawn)
        ],
    }


def _number(row: Row | None) -> str:
    """The diary number of a row that is read."""
    case = row.candidacy.initiative.case if row and row.candidacy else None
    return case.dnr if case else ""


def _why(line: Line[int], row: Row, words: dict[str, str], by_key: dict[int, Row]) -> str:
    """Why an initiative is outside a line, in words."""
    outside: Outside[int] | None = line.outside.get(row.key)
    if outside is None:
        return ""
    if outside.why is Why.EXCLUDED:
        other = by_key.get(outside.other or 0)
        return _("utesluts av %(dnr)s") % {"dnr": _number(other)}
    if outside.why is Why.LESS_VALUE:
        return _("annat ger mer")
    frame = words.get(outside.frame or "", "")
    if outside.why is Why.STOPPED:
        return _("linjen stannade: %(frame)s") % {"frame": frame}
    return _("%(frame)s saknar %(tkr)s") % {"frame": frame, "tkr": in_tkr(outside.lacking)}


def _sums(drawn: Drawn) -> list[dict[str, Any]]:
    """What each line holds: how many, and how sure it is."""
    told = [
        {"label": _("Strikt"), "help": _("uppifrån, och stopp vid det första som inte ryms"),
         "count": len(drawn.strict.inside), "sure": ""},
        {"label": _("Fyll på"), "help": _("hoppar över det som inte ryms och går vidare"),
         "count": len(drawn.fill.inside), "sure": ""},
    ]  # fmt: skip
    if drawn.best is not None:
        gap = f"{float(drawn.best.gap) * 100:.1f}".replace(".", ",")
        told.append(
            {
                "label": _("Bästa möjliga"),
                "help": _("det urval som är värt mest efter listans ordning"),
                "count": len(drawn.best.line.inside),
                "sure": _("bevisat bäst")
                if drawn.best.is_proven
                else _("högst %(gap)s procent från bästa möjliga") % {"gap": gap},
            }
        )
    return told


def _partial(drawn: Drawn, by_key: dict[int, Row], words: dict[str, str]) -> str:
    """The offer of a part of the money to the first that does not fit."""
    if drawn.partial is None:
        return ""
    row = by_key[drawn.partial.item]
    return _("%(dnr)s är det första som inte ryms. %(left)s finns kvar i ”%(frame)s”.") % {
        "dnr": _number(row),
        "left": in_tkr(drawn.partial.tkr_left),
        "frame": words.get(drawn.partial.frame, ""),
    }
