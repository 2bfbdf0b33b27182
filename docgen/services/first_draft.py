# SPDX-License-Identifier: EUPL-1.2
"""What a report says from the start: the case, its initiative's answers, what bodies decided.

In the authority's own voice: what the originator wrote is told as theirs, in quotation marks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from html import escape

from django.utils import timezone

from casework.initiatives.basis import in_tkr
from casework.initiatives.models import Initiative
from casework.initiatives.selectors import Reading, reading_of
from casework.meetings.models import Meeting
from casework.meetings.selectors import decisions_of
from casework.organisation.enums import BodyKind, Role
from casework.organisation.models import Appointment, Authority, Body, User
from casework.planning.enums import Occasion
from casework.process.enums import Stage
from casework.process.models import Candidacy
from casework.register.models import Case
from docgen import content as c
from docgen.founding import stable_id
from docgen.layout import listed, long_date
from docgen.markup import paragraphs
from docgen.sections import OPINION
from docgen.services.building import case_dissents
from docgen.services.standard import template_data

# Where an initiative has come to an end without being carried out.
_REFUSED = frozenset({Stage.OUT_OF_SCOPE, Stage.REJECTED, Stage.DECLINED, Stage.WITHDRAWN})


def first_content(case: Case, actor: User) -> c.ReportContent:
    """What can be said from the start: the case, its initiative and the standard headings."""
    office = Body.objects.filter(
        authority=case.authority, kind=BodyKind.EXECUTIVE_OFFICE, valid_until=None
    ).first()
    sender = office.name if office else case.authority.name
    officer = case.officer or actor
    initiative: Initiative | None = getattr(case, "initiative", None)
    texts = _texts(case, initiative, sender)

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
        recipients=(
            c.Recipient(new_id("recipient"), case.authority.name, _next_meeting(case.authority)),
        ),
        decisions=(
            c.DecisionGroup(
                new_id("decision"),
                case.authority.name,
                tuple(
                    c.DecisionPoint(new_id("decision", number), text)
                    for number, text in enumerate(_proposals(case, initiative), start=1)
                ),
                f"{sender} föreslår att {_in_sentence(case.authority.name)} beslutar följande",
            ),
        ),
        signatories=tuple(
            c.Signatory(new_id("signatory", number), str(who), _capital(who.title or title))
            for number, (who, title) in enumerate(_signatories(office))
        ),
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


def _next_meeting(authority: Authority) -> dt.date | None:
    """When the board that the paper goes to meets next, if that is planned."""
    meeting = (
        Meeting.objects.filter(
            body__authority=authority,
            body__kind=BodyKind.EXECUTIVE_BOARD,
            day__gte=timezone.localdate(),
        )
        .order_by("day")
        .first()
    )
    return meeting.day if meeting else None


def _signatories(office: Body | None) -> list[tuple[User, str]]:
    """Those who answer for the paper: the director, and who leads the work under them (R11)."""
    if office is None:
        return []
    found: dict[int, tuple[User, str]] = {}
    for role in (Role.CITY_MANAGER, Role.EXECUTIVE_OFFICE):
        row = (
            Appointment.objects.in_force()
            .filter(role=role, body=office)
            .select_related("user")
            .order_by("valid_from", "pk")
            .first()
        )
        if row is not None:
            found.setdefault(row.user_id, (row.user, str(Role(role).label)))
    return list(found.values())


def _proposals(case: Case, initiative: Initiative | None) -> list[str]:
    """A decision on the matter itself, never on the paper about it."""
    if initiative is None:
        return [f"Förslaget i ärendet ”{case.title}” godkänns."]
    if _is_refused(initiative):
        return [f"Initiativet ”{initiative.title}” genomförs inte."]
    if initiative.cost_tkr is None:
        return [f"Initiativet ”{initiative.title}” genomförs."]
    return [
        f"Initiativet ”{initiative.title}” genomförs till en uppskattad kostnad av "
        f"{in_tkr(initiative.cost_tkr)}.",
        f"Medel för initiativet prövas i {_occasion(initiative)}.",
    ]


def _is_refused(initiative: Initiative) -> bool:
    process = getattr(initiative, "process", None)
    return process is not None and process.stage in _REFUSED


def _occasion(initiative: Initiative) -> str:
    """Where money is decided on (R37, R38): "budgeten för 2028"."""
    candidacy = (
        Candidacy.objects.filter(initiative=initiative).select_related("round__cycle").first()
    )
    if candidacy is None:
        return "stadens budget"
    year = candidacy.round.cycle.budget_year
    if candidacy.round.occasion == Occasion.BUDGET:
        return f"budgeten för {year}"
    return f"tertialrapport {candidacy.round.occasion[-1]} {year}"


def _genitive(name: str) -> str:
    return name if name.endswith(("s", "x", "z")) else f"{name}s"


def _in_sentence(name: str) -> str:
    """A name inside a sentence; an abbreviation keeps its capitals."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _texts(case: Case, initiative: Initiative | None, sender: str) -> dict[str, str]:
    """First texts for the standard sections, from the initiative's newest answers (R44, R60)."""
    preparation = f"<p>Ärendet har beretts av {escape(_in_sentence(sender), quote=False)}.</p>"
    preparation += _decided(case)
    if initiative is None:
        return {
            "summary": paragraphs(case.summary),
            "preparation": preparation,
            OPINION: paragraphs(f"{sender} anser att förslaget bör godkännas."),
        }
    reading = reading_of(initiative)
    origin = _in_sentence(str(initiative.administration))
    others = sorted(
        _in_sentence(str(x)) for x in initiative.affected.exclude(pk=initiative.administration_id)
    )
    groups = [(_in_sentence(group), gain) for group, gain in reading.benefit_list() if gain.strip()]
    return {
        "summary": _summary(initiative, reading, sender, origin, [x for x, _gain in groups]),
        "background": _quoted(
            f"Initiativet kommer från {origin}."
            + (f" Det berör även {listed(others)}." if others else "")
            + " Behovet beskrivs så här",
            reading.need,
        ),
        "matter": _quoted("Förslaget innebär enligt förslagsställaren", reading.proposal)
        + _goals(reading)
        + _quoted("Genomförandet är beroende av annat arbete", reading.dependencies),
        "benefit": _benefit(groups)
        + _quoted("Den effekt som väntas beskrivs så här", reading.effect),
        "cost": paragraphs(
            f"Kostnaden är grovt uppskattad till {in_tkr(reading.cost_tkr)} av {origin}. "
            f"Medel för initiativet prövas i {_occasion(initiative)}."
        )
        if reading.cost_tkr is not None
        else "",
        "preparation": preparation,
        OPINION: _opinion(initiative, sender, [x for x, _gain in groups]),
    }


def _quoted(lead: str, text: str) -> str:
    """Somebody else's words under a lead that says so; nothing where there are no words."""
    text = text.strip().replace("”", "’")
    return paragraphs(f"{lead}:\n\n”{text}”") if text else ""


def _summary(
    initiative: Initiative, reading: Reading, sender: str, origin: str, groups: list[str]
) -> str:
    told = f"{_capital(origin)} har lämnat initiativet ”{initiative.title}”."
    if groups:
        told += f" Det väntas ge nytta för {listed(groups)}."
    if reading.cost_tkr is not None:
        told += f" Kostnaden är grovt uppskattad till {in_tkr(reading.cost_tkr)}."
    verdict = "inte genomförs" if _is_refused(initiative) else "genomförs"
    return paragraphs(f"{told} {sender} föreslår att initiativet {verdict}.")


def _goals(reading: Reading) -> str:
    """The city's goals by name, and then in quotation marks how the förvaltning sees it (R50)."""
    goals = [f"”{goal.rstrip('.')}”" for goal in reading.goals]
    named = paragraphs(f"Initiativet knyter an till stadens mål {listed(goals)}.") if goals else ""
    return named + _quoted("Så bidrar initiativet till stadens mål", reading.goal)


def _benefit(groups: list[tuple[str, str]]) -> str:
    if not groups:
        return ""
    points = "".join(
        f"<li><b>{escape(_capital(group), quote=False)}:</b> {escape(gain, quote=False)}</li>"
        for group, gain in groups
    )
    return f"<p>Enligt initiativet gör det nytta för följande grupper.</p><ul>{points}</ul>"


def _opinion(initiative: Initiative, sender: str, groups: list[str]) -> str:
    """The office's view in one sentence, as its proposal has it; the officer writes on."""
    if _is_refused(initiative):
        return paragraphs(
            f"{sender} anser att initiativet inte bör genomföras, mot bakgrund av vad som har "
            "kommit fram i beredningen."
        )
    gain = f" Det gör nytta för {listed(groups)}." if groups else ""
    return paragraphs(
        f"{sender} anser att initiativet bör genomföras.{gain} Nyttan får vägas mot kostnaden när "
        f"medel prövas i {_occasion(initiative)}."
    )


def _decided(case: Case) -> str:
    """What bodies have decided in the case so far, a paragraph each (R61)."""
    told = []
    for decision in decisions_of(case):
        when = f" {long_date(decision.day)}" if decision.day else ""
        where = f", {decision.paragraph}" if decision.paragraph else ""
        points = " ".join(_sentences(point.text for point in decision.points.all()))
        told.append(f"{decision.body} beslutade{when}{where}: {points or decision.lead}")
    return paragraphs("\n\n".join(told))


def _sentences(texts: Iterable[str]) -> Iterable[str]:
    return (text.rstrip(".") + "." for text in texts)
