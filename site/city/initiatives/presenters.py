# SPDX-License-Identifier: EUPL-1.2
"""An initiative in its originator's words: where it is, who has it, what was decided, what next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.initiatives.enums import Part, ShownTo
from casework.initiatives.models import AnswerSet, Initiative
from casework.initiatives.permissions import is_author
from casework.initiatives.selectors import Answered, answers_of, missing_answers
from casework.organisation.models import User
from casework.planning.enums import RoundState
from casework.planning.selectors import next_rounds, rounds_in_motion
from casework.prioritisation.selectors import area_places, proposal_places
from casework.process.enums import FINAL_STAGES, WITH_ORIGINATOR, Stage, Standing
from casework.process.line import WhereAbouts
from casework.process.models import Process, Step
from casework.process.selectors import history_of
from city.initiatives.forms import FormStep, place_of
from ui.cards import card_of, is_decision, telling
from ui.patterns import CaseHead, Decision, Event, SummaryRow, Tag
from ui.present import stage_tag

FOLLOWS = {
    Stage.DRAFT: _l("Bara du och de du skriver med ser utkastet. Skicka det när du är klar."),
    Stage.RETURNED: _l("Läs kontaktpersonens fråga, komplettera och skicka på nytt."),
    Stage.WITH_LIAISON: _l("Kontaktpersonen läser, skriver till det som saknas och hör av sig."),
    Stage.PREPARED: _l(
        "Kontaktpersonen skickar det vidare tillsammans med förvaltningens övriga initiativ."
    ),
    Stage.SENT: _l(
        "Registratorn ger initiativet ett diarienummer. Du får ett besked när det är gjort."
    ),
    Stage.REGISTERED: _l(
        "Handläggaren bedömer om initiativet hör hemma i stadens gemensamma modell."
    ),
    Stage.IN_PREPARATION: _l(
        "Handläggaren tar reda på mer och lämnar sedan initiativet till områdets grupp."
    ),
    Standing.WITH_GROUP: _l(
        "Gruppen bestämmer om initiativet tas med, behöver kompletteras eller avslås."
    ),
    Standing.COMPLETION: _l(
        "Kontaktpersonen svarar på gruppens frågor. Sedan prövas initiativet igen."
    ),
    Standing.ADMITTED: _l("Gruppen rangordnar områdets initiativ."),
    Standing.RANKED: _l(
        "När alla områden är klara vägs listorna samman till ett förslag för hela staden."
    ),
    Standing.WITH_COMMITTEE: _l("Utskottet för e-tjänster tar ställning."),
    Standing.COMMITTEE_DONE: _l("Initiativet går vidare till stadens gemensamma förslag."),
    Standing.IN_PROPOSAL: _l("Utvecklingsrådet tar ställning till hela förslaget."),
    Standing.RECOMMENDED: _l("Kommunfullmäktige beslutar."),
    Stage.APPROVED: _l("Arbetet planeras och börjar sedan."),
    Stage.IMPLEMENTING: _l("Arbetet pågår. Du får ett besked när det är klart."),
}
"""What follows a position, in plain words and addressed to the originator."""

SHOWN = (ShownTo.ALL, ShownTo.PUBLIC)
"""The answers that followers are shown; the others are for those who handle the case."""


@dataclass(frozen=True, slots=True)
class EarlierRound:
    """A round in which the initiative stood before: what came of it, when and why."""

    name: str
    what: str
    on: dt.date | None
    reason: str
    on_to: str


@dataclass(frozen=True, slots=True)
class Questions:
    """What the group asks before it takes a stand (R31, R32)."""

    text: str
    due: dt.date | None


def tag_of(process: Process, user: User) -> Tag:
    """Where it is, as a word and a shape; what waits for the reader says so."""
    if process.stage == Stage.RETURNED and is_author(user, process.initiative):
        return Tag(_("Tillbaka hos dig"), "wait")
    if _is_joined(process):
        return stage_tag(Stage.JOINED)
    return stage_tag(process.position)


def _is_joined(process: Process) -> bool:
    """Whether its case was joined into another: the registrar did, so its stage tells nothing."""
    case = process.initiative.case
    return case is not None and case.merged_into_id is not None


def head_of(process: Process, here: WhereAbouts, user: User) -> CaseHead:
    """The case head as the originator and those who follow see it."""
    initiative = process.initiative
    case = initiative.case
    holder = capital(here.holder)
    if process.stage in WITH_ORIGINATOR and is_author(user, initiative):
        holder = _("Dig")
    elif len(here.people) == 1 and not here.holder.startswith(here.people[0]):
        holder = f"{here.people[0]}, {here.holder}"
    facts = [(_("Förvaltning"), str(initiative.administration))]
    if here.round is not None:
        facts.append((_("Omgång"), str(here.round)))
    return CaseHead(
        title=str(initiative),
        dnr=case.dnr if case else "",
        tag=tag_of(process, user),
        area=str(initiative.service_area or ""),
        holder="" if here.is_final else holder,
        facts=facts,
    )


def latest(process: Process, steps: Sequence[Step]) -> Decision | None:
    """The newest step in plain words, with what follows it."""
    return _card(steps[-1], follows=next_words(process)) if steps else None


def latest_is_decision(steps: Sequence[Step]) -> bool:
    """Whether the newest step decided something."""
    return bool(steps) and is_decision(steps[-1].transition)


def last_decision(steps: Sequence[Step]) -> Decision | None:
    """The newest decision, where something has happened since."""
    found = next((step for step in reversed(steps) if is_decision(step.transition)), None)
    return _card(found) if found is not None and found is not steps[-1] else None


def _card(step: Step, follows: str = "") -> Decision:
    return card_of(
        step,
        step.transition,
        on=step.decided_on,
        decider=capital(str(step.body)) if step.body else str(step.actor),
        mandate="" if step.body else step.mandate,
        paragraph=step.decision.paragraph if step.decision else "",
        follows=follows,
    )


def events_of(process: Process, steps: Sequence[Step], user: User) -> list[Event]:
    """Every step on the way, newest first, with its reason in full (R39)."""
    events = [
        Event(
            on=step.decided_on,
            what=telling(step),
            who=", ".join(filter(None, [str(step.actor), step.mandate])),
            reason=step.reason,
        )
        for step in reversed(steps)
    ]
    initiative = process.initiative
    what = _("Du började skriva initiativet.")
    if initiative.originator_id != user.pk:
        what = _("%(name)s började skriva initiativet.") % {"name": initiative.originator}
    return [*events, Event(on=timezone.localdate(initiative.created_at), what=what)]


def questions_of(process: Process) -> Questions | None:
    """The group's questions while they wait for an answer."""
    candidacy = process.live_candidacy
    if candidacy is None or candidacy.stage != Standing.COMPLETION:
        return None
    return Questions(candidacy.questions, candidacy.due)


def asked_by_liaison(process: Process) -> str:
    """What the contact person asks the originator; nothing unless it is sent back (R27)."""
    if process.stage != Stage.RETURNED:
        return ""
    last = process.steps().filter(transition="return_to_originator").last()
    return last.reason if last else ""


def round_words(here: WhereAbouts) -> str:
    """In which round it stands and when that decides, or that it waits for the next (R53)."""
    if here.round is not None:
        return _("Initiativet är med i omgången %(round)s. Kommunfullmäktige beslutar %(day)s.") % {
            "round": here.round,
            "day": format_date(here.round.decision_on, "j F Y"),
        }
    if not here.waits_for_round:
        return ""
    coming = next((row for row in next_rounds() if row.state == RoundState.PLANNED), None)
    if coming is None:
        return _("Initiativet väntar på nästa omgång. Du får veta när den öppnar.")
    return _("Initiativet väntar på nästa omgång, %(round)s, som öppnar %(day)s.") % {
        "round": coming,
        "day": format_date(coming.opens_on, "j F Y"),
    }


def place_words(process: Process) -> str:
    """Its place on the area's fixed list, and in the city's proposal once that is handed over."""
    rows = history_of(process)
    if not rows:
        return ""
    newest = rows[0]
    words = []
    if (place := area_places(newest.round).get(newest.pk)) is not None:
        words.append(
            _("Plats %(place)s på områdets lista i omgången %(round)s.")
            % {"place": place, "round": newest.round}
        )
    if (place := proposal_places(newest.round).get(newest.pk)) is not None:
        words.append(_("Plats %(place)s i stadens gemensamma förslag.") % {"place": place})
    return " ".join(words)


def return_words(process: Process) -> str:
    """When one that was deferred or got a no can come back, and what to do for it (R39)."""
    newest = next(iter(history_of(process)), None)
    if newest is not None and newest.stage == Standing.DEFERRED:
        if process.stage in FINAL_STAGES:
            return ""
        if newest.target is not None:
            return _(
                "Det tas upp igen i omgången %(round)s, där kommunfullmäktige beslutar %(day)s. "
                "Du behöver inte göra något."
            ) % {
                "round": newest.target,
                "day": format_date(newest.target.decision_on, "j F Y"),
            }
        return _("Det tas upp igen i den omgång som öppnar härnäst. Du behöver inte göra något.")
    if process.stage not in {Stage.DECLINED, Stage.REJECTED}:
        return ""
    today = timezone.localdate()
    open_now = next((row for row in rounds_in_motion() if row.takes_in(today)), None)
    if open_now is not None:
        return _(
            "Idén kan prövas igen: lämna ett nytt initiativ med samma svar, ändrat efter skälet. "
            "Omgången %(round)s tar emot initiativ till och med %(day)s."
        ) % {"round": open_now, "day": format_date(open_now.ideas_until, "j F Y")}
    coming = next((row for row in next_rounds() if row.state == RoundState.PLANNED), None)
    if coming is not None:
        return _(
            "Idén kan prövas igen: lämna ett nytt initiativ med samma svar, ändrat efter skälet. "
            "Omgången %(round)s tar emot initiativ från och med %(day)s."
        ) % {"round": coming, "day": format_date(coming.opens_on, "j F Y")}
    return _(
        "Idén kan prövas igen när nästa omgång öppnar: lämna då ett nytt initiativ med samma "
        "svar, ändrat efter skälet."
    )


def intake_words() -> str:
    """Until when ideas are taken in for which round, for one who has not sent yet."""
    today = timezone.localdate()
    found = next((row for row in rounds_in_motion() if row.takes_in(today)), None)
    if found is None:
        return ""
    return _("Initiativ till %(round)s tas emot till och med %(day)s.") % {
        "round": found,
        "day": format_date(found.ideas_until, "j F Y"),
    }


def earlier_rounds(process: Process, steps: Sequence[Step]) -> list[EarlierRound]:
    """The rounds it has left, the newest first: what came of each, and why."""
    rows = []
    for candidacy in history_of(process):
        if candidacy.is_live or (
            candidacy.pk == process.candidacy_id and candidacy.stage != Standing.DEFERRED
        ):
            continue  # it stands there, or ended there
        last = next((step for step in reversed(steps) if step.candidacy_id == candidacy.pk), None)
        what = stage_tag(candidacy.stage).text
        if last is not None:
            what = telling(last)
        rows.append(
            EarlierRound(
                name=str(candidacy.round),
                what=what,
                on=last.decided_on if last else None,
                reason=last.reason if last else "",
                on_to=str(candidacy.target or ""),
            )
        )
    return rows


def own_words(initiative: Initiative) -> list[SummaryRow]:
    """What the originator wrote, word for word: nobody writes over it."""
    return [
        SummaryRow(label=row.question.label, value=row.originator, is_empty=not row.originator)
        for row in answers_of(initiative, shown_to=SHOWN)
        if row.question.part == Part.ORIGINATOR
    ]


def last_written(initiative: Initiative) -> AnswerSet | None:
    """The newest answers of the authors: who wrote last, and when."""
    return (
        initiative.answer_sets.filter(part=Part.ORIGINATOR)
        .select_related("author")
        .order_by("-revision")
        .first()
    )


def others_words(initiative: Initiative) -> list[tuple[str, list[SummaryRow]]]:
    """What contact person and officer wrote beside it, each under a heading of its own."""
    rows = answers_of(initiative, shown_to=SHOWN)
    parts = (
        (_("Skrivet av kontaktpersonen"), [(row, row.preparation) for row in rows]),
        (_("Skrivet av handläggaren"), [(row, row.office) for row in rows]),
    )
    return [
        (heading, [_row(row, text) for row, text in answered if text])
        for heading, answered in parts
        if any(text for _row, text in answered)
    ]


def _row(answered: Answered, text: str) -> SummaryRow:
    return SummaryRow(label=answered.question.label, value=text)


def answers_to_check(initiative: Initiative, steps: list[FormStep]) -> list[SummaryRow]:
    """The answers before sending; what must be there and is not is marked, with the way there."""
    missing = missing_answers(initiative, "send")
    base = reverse("originator_initiative", args=[initiative.pk])
    return [
        SummaryRow(
            label=row.question.label,
            value=row.originator,
            url=base + place_of(steps, row.question.key),
            is_empty=row.question.key in missing or not row.originator,
        )
        for row in answers_of(initiative)
        if row.question.part == Part.ORIGINATOR
    ]


def next_words(process: Process) -> str:
    """What happens next, in one sentence; nothing once it is over or goes on elsewhere."""
    if _is_joined(process):
        return ""
    waits = process.stage == Stage.IN_PREPARATION and process.live_candidacy is None
    if waits and process.candidacy is not None:
        return _("Initiativet väntar på nästa omgång och prövas igen då.")
    return str(FOLLOWS.get(process.position, ""))  # type: ignore[call-overload]  # codes are text


def capital(text: str) -> str:
    """The same with a capital letter first."""
    return text[:1].upper() + text[1:]
