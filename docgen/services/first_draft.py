# SPDX-License-Identifier: EUPL-1.2
"""What a report says from the start: the case, its initiative's answers, what bodies decided."""

from __future__ import annotations

from html import escape

from django.utils import timezone

from casework.initiatives.selectors import reading_of
from casework.meetings.selectors import decisions_of
from casework.organisation.enums import BodyKind
from casework.organisation.models import Body, User
from casework.register.models import Case
from docgen import content as c
from docgen.founding import stable_id
from docgen.layout import long_date
from docgen.markup import labelled, paragraphs
from docgen.services.building import case_dissents
from docgen.services.standard import template_data


def first_content(case: Case, actor: User) -> c.ReportContent:
    """What can be said from the start: the case, its initiative and the standard headings."""
    office = Body.objects.filter(
        authority=case.authority, kind=BodyKind.EXECUTIVE_OFFICE, valid_until=None
    ).first()
    sender = office.name if office else case.authority.name
    officer = case.officer or actor
    texts = _texts(case, sender)

    def new_id(*path: object) -> str:
        return stable_id(case.dnr, "report", *path)

    return c.ReportContent(
        title=case.title,
        dnr=(case.dnr,),
        administration=sender,
        date=timezone.localdate(),
        officers=(
            c.Officer(
                new_id("officer"), str(officer), getattr(officer, "phone", ""), officer.email
            ),
        ),
        recipients=(c.Recipient(new_id("recipient"), case.authority.name),),
        decisions=(
            c.DecisionGroup(
                new_id("decision"),
                case.authority.name,
                (
                    c.DecisionPoint(
                        new_id("decision", 1),
                        f"{_genitive(sender)} tjänsteutlåtande om {case.title} godkänns.",
                    ),
                ),
                f"{sender} föreslår att {_in_sentence(case.authority.name)} beslutar följande",
            ),
        ),
        signatories=(c.Signatory(new_id("signatory"), str(officer), officer.title),),
        sections=tuple(
            c.Section(
                new_id("section", n),
                row["heading"].format(office=_genitive(sender)),
                texts.get(row["key"], ""),
                row["level"],
                row["key"],
            )
            for n, row in enumerate(template_data()["headings"])
            if row["level"] == 1 or texts.get(row["key"])
        ),
        dissents=tuple(case_dissents(case)),
    )


def _genitive(name: str) -> str:
    return name if name.endswith(("s", "x", "z")) else f"{name}s"


def _in_sentence(name: str) -> str:
    return name[:1].lower() + name[1:]


def _texts(case: Case, sender: str) -> dict[str, str]:
    """First texts for the standard sections, from the initiative's newest answers (R44, R60)."""
    preparation = f"<p>Ärendet har beretts av {escape(_in_sentence(sender))}.</p>"
    preparation += _decided(case)
    initiative = getattr(case, "initiative", None)
    if initiative is None:
        return {"summary": paragraphs(case.summary), "preparation": preparation}
    reading = reading_of(initiative)
    affected = sorted(str(x) for x in initiative.affected.all())
    origin = f"<p>Initiativet kommer från {escape(_in_sentence(str(initiative.administration)))}."
    if affected:
        origin += f" Det berör {escape(', '.join(_in_sentence(x) for x in affected))}."
    benefit = "".join(
        f"<li><b>{escape(group)}:</b> {escape(gain, quote=False)}</li>"
        for group, gain in reading.benefit_list()
        if gain
    )
    cost = reading.cost_tkr
    amount = f"{cost:,}".replace(",", "\u00a0") if cost is not None else ""
    return {
        "summary": paragraphs(reading.proposal or reading.need),
        "background": origin + "</p>" + paragraphs(reading.need),
        "matter": paragraphs(reading.proposal)
        + labelled("Koppling till stadens mål", reading.goal)
        + labelled("Beroenden", reading.dependencies),
        "benefit": (f"<ul>{benefit}</ul>" if benefit else "")
        + labelled("Förväntad effekt", reading.effect),
        "cost": f"<p>Kostnaden uppskattas till {amount}\u00a0tkr.</p>" if amount else "",
        "preparation": preparation,
    }


def _decided(case: Case) -> str:
    """What bodies have decided in the case so far, a paragraph each (R61)."""
    told = []
    for decision in decisions_of(case):
        when = f" {long_date(decision.day)}" if decision.day else ""
        where = f", {decision.paragraph}" if decision.paragraph else ""
        points = " ".join(point.text.rstrip(".") + "." for point in decision.points.all())
        told.append(f"{decision.body} beslutade{when}{where}: {points or decision.lead}")
    return paragraphs("\n\n".join(told))
