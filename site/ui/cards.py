# SPDX-License-Identifier: EUPL-1.2
"""A step or a public event as a decision card: one place where all it says is put in words (R39).

What was advised, how much was given and on which occasion stands on every card that tells it.
"""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from casework.process.models import Step
from casework.process.specs import Ask
from casework.process.transitions import spec_of, ways
from ui.patterns import Decision
from ui.present import occasion_words, told
from ui.templatetags.parts import tkr


class Said(Protocol):
    """What of a step is said in codes, wherever it is kept."""

    opinion: str
    occasion: str
    budget_year: int | None
    amount_tkr: int | None


class Told(Said, Protocol):
    """What a step and a public event have in common."""

    reason: str
    reference: str


def is_decision(key: str) -> bool:
    """Whether a step decides something, rather than handing it on."""
    if key not in ways():
        return False
    spec = spec_of(key)
    decides = {Ask.GROUND, Ask.TARGET} & set(spec.asks)
    return spec.is_body_decision or spec.outcome is not None or bool(decides)


def card_of(
    row: Told,
    key: str,
    *,
    on: dt.date,
    decider: str,
    mandate: str = "",
    paragraph: str = "",
    follows: str = "",
) -> Decision:
    """The card of one step or event.

    Args:
        key: of the transition.
        mandate: as what somebody decided, where no body did.
        paragraph: of the body's minutes.
        follows: what happens next, in a sentence.
    """
    references = dict.fromkeys(part for part in (paragraph, row.reference) if part)
    return Decision(
        outcome=told(key, opinion=row.opinion, occasion=row.occasion),
        on=on,
        decider=decider,
        mandate=" · ".join(filter(None, [mandate, money_words(row)])),
        reason=row.reason,
        follows=follows,
        reference=" · ".join(references),
        is_negative=key in ways() and spec_of(key).is_negative,
    )


def telling(step: Step) -> str:
    """A step in one line: what was decided or advised, how much, and on which occasion."""
    sentence = told(step.transition, opinion=step.opinion, occasion=step.occasion)
    return with_money(sentence, step)


def with_money(sentence: str, row: Said) -> str:
    """The sentence with the sum and the occasion in it: "…fick medel, 900 tkr i budgeten 2028."."""
    money, told = money_words(row), sentence.rstrip(".")
    if not told or not money:
        return sentence
    told = told.removesuffix(occasion_words(row.occasion, None).strip()).rstrip()
    if row.amount_tkr is not None:
        return f"{told}, {money}."
    return f"{told} {money}."


def money_words(row: Said) -> str:
    """How much was given and when: "1 250 tkr i budgeten 2028"; nothing where no money is told."""
    if row.amount_tkr is None and not row.occasion:
        return ""
    return " ".join(
        filter(None, [str(tkr(row.amount_tkr)), occasion_words(row.occasion, row.budget_year)])
    )
