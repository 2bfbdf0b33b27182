# SPDX-License-Identifier: EUPL-1.2
"""Where the longest Swedish words of a narrow column may break, on every browser."""

from __future__ import annotations


def short(decider: str) -> str:
    """The body alone where body and role together would not fit under a mark."""
    return max(decider.split(", "), key=len) if len(decider) > 40 else decider


def breakable(label: str) -> str:
    """Let the longest words of the line break where Swedish lets them, on every browser."""
    for word, parts in _SOFT.items():
        label = label.replace(word, parts)
    return label


_SOFT = {
    word.replace("|", ""): word.replace("|", "\u00ad")
    for word in (
        "Kommun|fullmäktige",
        "Kommun|styrelsen",
        "Utvecklings|rådet",
        "Stadslednings|kontoret",
        "Tjänste|områdes|gruppen",
        "Kontakt|person",
        "rang|ordning",
        "Genom|förande",
        "Förslags|ställare",
        "Besluts|registrerare",
        "|förvaltning",
    )
}  # fmt: skip
