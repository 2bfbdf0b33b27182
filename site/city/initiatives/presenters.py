# SPDX-License-Identifier: EUPL-1.2
"""An initiative in its originator's words: where it is, who has it, what was decided, what next."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casework.initiatives.enums import BenefitGroup, InitiativeKind
from casework.initiatives.models import Initiative
from casework.initiatives.services import REQUIRED_TO_SUBMIT, missing_answers
from casework.process.catalogue import TRANSITIONS
from casework.process.enums import Stage
from casework.process.line import Standing, standing_of
from casework.process.models import Process, Step
from city.initiatives.forms import step_of
from ui.patterns import CaseHead, Decision, Event, SummaryRow, Tag
from ui.present import WAITING_FOR_ORIGINATOR as WITH_ORIGINATOR
from ui.present import sentence, stage_tag

#: What follows a stage, in plain words and addressed to the originator.
FOLLOWS = {
    Stage.DRAFT: _l("Bara du ser utkastet. Skicka det när du är klar."),
    Stage.RETURNED: _l("Läs kontaktpersonens fråga, komplettera och skicka på nytt."),
    Stage.WITH_LIAISON: _l(
        "Kontaktpersonen läser, fyller i det som saknas och hör av sig vid frågor."
    ),
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
    Stage.WITH_GROUP: _l(
        "Gruppen bestämmer om initiativet tas med, behöver kompletteras eller avslås."
    ),
    Stage.COMPLETION: _l(
        "Handläggaren tar fram det som gruppen frågar efter. Sedan prövas initiativet igen."
    ),
    Stage.ADMITTED: _l("Gruppen lägger områdets initiativ i ordning."),
    Stage.RANKED: _l(
        "När alla områden är klara vägs listorna samman till ett förslag för hela staden."
    ),
    Stage.WITH_COMMITTEE: _l("Utskottet för e-tjänster tar ställning."),
    Stage.COMMITTEE_DONE: _l("Initiativet går vidare till stadens gemensamma förslag."),
    Stage.CITY_PROPOSAL: _l("Utvecklingsrådet tar ställning till hela förslaget."),
    Stage.RECOMMENDED: _l("Kommunfullmäktige beslutar i budgeten."),
    Stage.APPROVED: _l("Arbetet planeras och börjar sedan."),
    Stage.IMPLEMENTING: _l("Arbetet pågår. Du får ett besked när det är klart."),
}


def tag_of(process: Process) -> Tag:
    """The stage as a word and a shape."""
    return stage_tag(process.stage)


def head_of(process: Process, standing: Standing) -> CaseHead:
    """The case head as the originator sees it."""
    initiative = process.initiative
    case = initiative.case
    # What stands after a semicolon is for those who record the decision, not for the originator.
    words, _semicolon, remark = standing.holder.partition(";")
    holder = capital(words)
    if process.stage in WITH_ORIGINATOR:
        holder = _("Dig")
    elif len(standing.people) == 1 and not remark:
        holder = f"{standing.people[0]}, {words}"
    return CaseHead(
        title=str(initiative),
        dnr=case.dnr if case else "",
        tag=tag_of(process),
        area=str(initiative.service_area or ""),
        holder="" if standing.is_final else holder,
        facts=[(_("Förvaltning"), str(initiative.administration))],
    )


def last_decision(process: Process) -> Decision | None:
    """The latest decision in plain words, with what follows it."""
    step = process.steps.select_related("body").order_by("-pk").first()
    if step is None:
        return None
    return _card(step, follows=str(FOLLOWS.get(Stage(process.stage), "")))


def _card(step: Step, follows: str = "") -> Decision:
    rule = TRANSITIONS[step.transition]
    return Decision(
        outcome=sentence(str(rule.told)),
        on=step.decided_on,
        decider=str(step.body or step.actor),
        mandate="" if step.body else step.mandate,
        reason=step.reason,
        follows=follows,
        reference=step.reference,
        is_negative=rule.is_negative,
    )


def events_of(process: Process) -> list[Event]:
    """Every step on the way, newest first, with its reason in full (R39)."""
    events = [
        Event(
            on=step.decided_on,
            what=sentence(str(TRANSITIONS[step.transition].told)),
            who=", ".join(filter(None, [str(step.actor), step.mandate])),
            reason=step.reason,
        )
        for step in process.steps.select_related("actor", "body").order_by("-pk")
    ]
    begun_on = timezone.localdate(process.initiative.created_at)
    begun = Event(on=begun_on, what=_("Du började skriva initiativet."))
    return [*events, begun]


def answers_of(initiative: Initiative, *, editable: bool) -> list[SummaryRow]:
    """The answers as a summary list; what must be there and is not is marked."""
    version = initiative.form_version
    missing = missing_answers(initiative, REQUIRED_TO_SUBMIT)
    cost = initiative.cost_tkr
    values = {
        "title": initiative.title,
        "kind": str(InitiativeKind(initiative.kind).label) if initiative.kind else "",
        "need": initiative.need,
        "proposal": initiative.proposal,
        "benefits": "\n".join(
            f"{BenefitGroup(group).label}: {text}" if text else str(BenefitGroup(group).label)
            for group, text in sorted(
                initiative.benefits.items(), key=lambda row: BenefitGroup.values.index(row[0])
            )
        ),
        "affected": "\n".join(str(administration) for administration in initiative.affected.all()),
        "cost_tkr": "" if cost is None else f"{cost:,} tkr".replace(",", "\u00a0"),
        "is_eservice": _("Ja") if initiative.is_eservice else _("Nej"),
    }
    rows = []
    for field in version.fields:
        key = field["key"]
        if key not in values:
            continue
        url = ""
        if editable:
            step = step_of(version, key)
            url = reverse("originator_step", args=[initiative.pk, step]) + f"#id_{key}"
        rows.append(
            SummaryRow(
                label=field["label"],
                value=values[key],
                url=url,
                is_empty=key in missing or not values[key],
            )
        )
    return rows


def standing(process: Process) -> Standing:
    """Who has it now and what comes next."""
    return standing_of(process)


def next_words(process: Process) -> str:
    """What happens next, in one sentence; nothing once it is over."""
    return str(FOLLOWS.get(Stage(process.stage), ""))


def capital(text: str) -> str:
    """The same with a capital letter first."""
    return text[:1].upper() + text[1:]
