# SPDX-License-Identifier: EUPL-1.2
"""Word files and PDFs: how many a second, and whether much content costs more than its share.

    python -m benchmarks.documents --rounds 100 --batch 20

Renders the founding case and reports with many rows, links and lists; where LibreOffice is
installed a batch of Word files becomes PDFs in one process. The last line is JSON. Times of single
documents are the best of three, so that what else the machine does tells less.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docgen.content import ReportContent

FOUNDING = Path(__file__).resolve().parents[1] / "casework" / "preset" / "founding_case.json"
#: What grows, how far, and the goal in milliseconds.
GROWING = {"rows": (400, 150), "links": (2_000, 1_000), "lists": (2_000, None)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100, help="founding documents")
    parser.add_argument("--batch", type=int, default=20, help="files in one PDF process")
    parser.add_argument("--short", action="store_true", help="20 documents")
    options = parser.parse_args()
    if options.short:
        options.rounds = 20
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    import django

    django.setup()
    from docgen import pdf
    from docgen.founding import founding_content

    founding = founding_content(json.loads(FOUNDING.read_text("utf-8")))
    word = _rendered(founding)
    start = time.process_time()
    for _number in range(options.rounds):
        _rendered(founding)
    figures: dict[str, float | None] = {
        "per_cpu_s": round(options.rounds / (time.process_time() - start), 1),
        "bytes": len(word),
    }
    for name, (many, goal) in GROWING.items():
        whole, half = (cost(grown(founding, name, size)) for size in (many, many // 2))
        figures[f"{name}_{many}_ms"] = round(whole * 1000)
        figures[f"{name}_ratio"] = round(whole / half, 2)
        if goal:
            figures[f"{name}_goal_ms"] = goal
    if pdf.available():
        start = time.perf_counter()
        made = pdf.to_pdfs([word] * options.batch)
        taken = time.perf_counter() - start
        figures["pdf_per_s"] = round(options.batch / taken, 2)
        figures["pdf_failed"] = sum(not isinstance(x, bytes) for x in made)
    print(json.dumps({"name": "documents", "figures": figures}))


def grown(content: ReportContent, kind: str, many: int) -> ReportContent:
    """The report with much of one thing: ``rows``, ``links`` or ``lists``."""
    from docgen.content import Consultation, Consultee, Section

    if kind == "rows":
        asked = tuple(Consultee(f"c{n}", f"Nämnd {n}", "Tillstyrker") for n in range(many))
        return dataclasses.replace(content, consultation=Consultation(True, consultees=asked))
    if kind == "links":
        html = "".join(f'<p><a href="https://example.org/{n}">länk</a></p>' for n in range(many))
    else:
        html = "<ol><li>punkt</li></ol><p>ord</p>" * many
    return dataclasses.replace(content, sections=(Section("much", "Mycket", html),))


def _rendered(content: ReportContent) -> bytes:
    from docgen.services.generation import render_content, shipped_template

    return render_content(content, shipped_template(), report_id=1, revision=1).data


def cost(content: ReportContent) -> float:
    """Seconds of the processor for one document, the best of three."""
    taken = []
    for _time in range(3):
        start = time.process_time()
        _rendered(content)
        taken.append(time.process_time() - start)
    return min(taken)


if __name__ == "__main__":
    main()
