# SPDX-License-Identifier: EUPL-1.2
"""Running text from plain text, for what is prefilled in a report."""

from __future__ import annotations

from html import escape


def paragraphs(text: str) -> str:
    """Plain text as paragraphs; an empty line divides them."""
    pieces = [piece.strip() for piece in text.replace("\r\n", "\n").split("\n\n")]
    return "".join(
        f"<p>{escape(piece, quote=False)}</p>".replace("\n", "<br/>") for piece in pieces if piece
    )


def labelled(label: str, text: str) -> str:
    """A text led in by what it is; nothing where there is no text."""
    return paragraphs(f"{label}: {text.strip()}") if text.strip() else ""
