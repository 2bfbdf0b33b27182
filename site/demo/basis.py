# SPDX-License-Identifier: EUPL-1.2
"""What the contact persons of the demo write of cost, benefit, goals and risk (R6, R44, R48–R50).

Worked out from what an initiative's row says, the same each time. One in eight is left as it came
in, so that a table has gaps to mark.
"""

from __future__ import annotations

from typing import Any

from casework.initiatives.models import Goal

EVIDENCE = (
    "Provat på två enheter under en termin.",
    "Jämfört med en kommun som har infört det.",
    "Enkät till dem som arbetar med det i dag.",
    "Räknat på ett års ärenden.",
    "Verksamhetens bedömning, inte mätt.",
)
MEASURES = {
    "citizens": "Andel som får svar utan att ringa",
    "visitors": "Andel nöjda i besöksenkäten",
    "companies": "Dagar från ansökan till besked",
    "users": "Minuter per ärende",
    "management": "Andel uppgifter som finns den dag de behövs",
}
UPKEEP = (
    "Förvaltas av den förvaltning som föreslår det, i stadens driftavtal.",
    "Förvaltas gemensamt; serviceförvaltningen håller i supporten.",
    "Leverantören står för driften, vi för innehållet.",
    "Läggs till i ett stöd som redan förvaltas. Den löpande kostnaden är licenser.",
)
RISKS = {
    "low": "Införs stegvis, och det gamla finns kvar tills det nya är prövat.",
    "medium": "Överföringen av uppgifter kan ta längre tid. Vi börjar med en enhet.",
    "high": "Hänger på andras system och på upphandlingen. Ett vägval efter första halvåret.",
}
LEAVES_GAPS = 8
"""One in so many has not filled in the new questions."""


class Basis:
    """Answers for each row, by its number."""

    def __init__(self) -> None:
        self._goals = list(Goal.objects.order_by("code").values_list("pk", flat=True))

    def answers(self, row: dict[str, Any], number: int) -> dict[str, object]:
        """The contact person's answers to what makes initiatives comparable."""
        if number % LEAVES_GAPS == LEAVES_GAPS - 1 or not row["cost"]:
            return {}
        risk = ("low", "medium", "high")[(row["cost"] > 2000) + (len(row["affected"]) > 3)]
        goals = self._goals[number % 3 : number % 3 + 1 + number % 2]
        return {
            "goals": goals or self._goals[:1],
            "cost_plan": _plan(row["cost"], number),
            "benefit_scale": _benefits(row, number),
            "upkeep": UPKEEP[number % len(UPKEEP)],
            "risk": risk,
            "risk_text": RISKS[risk],
            "flags": _flags(row),
        }


def _plan(cost: int, number: int) -> dict[str, object]:
    """The cost over three years; some pay a part themselves, a few get money from outside."""
    running = _even(cost * 8 // 100)
    first = _even(cost * (55 + number % 3 * 10) // 100)
    one_off = [first, max(0, _even(cost - first - 3 * running)), 0]
    own = [_even(first // 5), 0, 0] if number % 3 == 0 else [0, 0, 0]
    external = [0, _even(one_off[1] // 3), 0] if number % 7 == 3 else [0, 0, 0]
    return {
        "one_off": one_off,
        "running": [0, running, 2 * running],
        "own": own,
        "external": external,
        "after": 2 * running,
    }


def _even(amount: int) -> int:
    return amount // 10 * 10


def _benefits(row: dict[str, Any], number: int) -> dict[str, object]:
    """The groups that the originator named, the first of them most."""
    found: dict[str, object] = {}
    for place, group in enumerate(row["benefits"]):
        level = 2 + (number + 2 * place) % 3 + (place == 0)
        found[group] = {
            "level": str(min(level, 5)),
            "measure": MEASURES[group],
            "evidence": EVIDENCE[(number + place) % len(EVIDENCE)],
        }
    return found


def _flags(row: dict[str, Any]) -> list[str]:
    """What law and information security ask, by what it is and what it costs."""
    rules = {
        "personal_data": row["area"] in {"sociala", "pedagogiska"} or row.get("eservice"),
        "secrecy": row["area"] == "sociala",
        "procurement": row["cost"] > 1500,
        "classification": row["area"] == "infrastruktur" or row["cost"] > 3000,
        "accessibility": row.get("eservice"),
    }
    return [flag for flag, holds in rules.items() if holds]
