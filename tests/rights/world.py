# SPDX-License-Identifier: EUPL-1.2
"""A city with something for every service to be called on, and one person per column."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from casework.access.models import AccessGrant
from casework.consultation.enums import AnswerState
from casework.consultation.models import Consultation, ExpertRequest
from casework.consultation.services import (
    Asked,
    ask_expert,
    open_consultation,
    state_no_consultation,
)
from casework.disclosure import services as disclosure
from casework.disclosure.models import DisclosureRequest
from casework.follow_up.services import note_new_record, set_reminder, set_stand_in
from casework.inbox import services as inbox
from casework.initiatives.enums import FollowerRole, ScopeReason
from casework.initiatives.models import FormVersion, Initiative
from casework.initiatives.services import draft_form, follow
from casework.meetings.models import Decision, Dissent, Meeting
from casework.meetings.services import (
    DissentBy,
    approve_minutes,
    close_meeting,
    note_dissent,
    open_meeting,
    plan_meeting,
    record_decision,
    set_agenda,
)
from casework.organisation.enums import Expertise
from casework.organisation.models import User
from casework.planning.enums import Occasion
from casework.planning.models import CriteriaVersion, Round
from casework.planning.services import CriterionRow, mark_open, save_criteria
from casework.prioritisation import services as prioritisation
from casework.process import services as process
from casework.register import services as register
from casework.register.enums import Direction
from casework.register.models import Case, NumberSeries, Record
from casework.register.services.registration import ensure_series
from casework.saved_lists.services import note_together, save_list
from docgen.models import DocumentTemplate, GeneratedDocument, Report, ReturnedDocument
from docgen.services import create_report, request_generation, run_generation, upload_template
from docgen.services.generation import shipped_template
from tests import small_city
from tests.rights.people import Elsewhere, appoint_everybody
from tests.small_city import SmallCity

TODAY = timezone.localdate
GROUP = "grupp-pedagogiska"


@dataclass
class World:
    """The city, and the rows that the calls name by key; each is read anew for each call."""

    city: SmallCity
    elsewhere: Elsewhere
    rows: dict[str, tuple[type[Any], int]] = field(default_factory=dict)

    def keep(self, **rows: Any) -> None:
        """Remember rows by key."""
        self.rows.update({key: (type(row), row.pk) for key, row in rows.items()})

    def __getattr__(self, key: str) -> Any:
        """A row by its key, as it is in the database now."""
        try:
            model, pk = self.__dict__["rows"][key]
        except KeyError as error:
            raise AttributeError(key) from error
        return model._default_manager.get(pk=pk)

    def person(self, key: str) -> User:
        """One of the people, with nothing remembered from before."""
        return User.objects.get(pk=self.city.people[key].pk)

    def candidacy(self, key: str) -> int:
        """The primary key of an initiative's newest candidacy."""
        return int(getattr(self, key).process.candidacy_id)

    def act(self, body: str) -> process.Act:
        """In the body's open meeting."""
        return process.Act(meeting=self.city.meeting(body))


def build() -> World:
    """Build it by the services, at the beginning of the round's work."""
    city = small_city.build()
    elsewhere = appoint_everybody(city)
    world = World(city, elsewhere)
    _register(world)
    _initiatives(world)
    _lists(world)
    _rounds(world)
    _meetings(world)
    _consultation(world)
    _documents(world)
    return world


def _register(world: World) -> None:
    people = world.city.people
    series = NumberSeries.objects.get(code="KS")
    other_series = ensure_series(world.elsewhere.authority)

    def registered(title: str, in_series: NumberSeries = series) -> Case:
        officer = people["case_officer"] if in_series is series else None
        return register.register_case(
            series=in_series, title=title, received_date=TODAY(), officer=officer, actor=None
        )

    case, closed = registered("Skrivelse"), registered("Avslutad skrivelse")
    record: Record = register.register_record(
        case=case, direction=Direction.INCOMING, title="Brev", received_date=TODAY(), actor=None
    )
    register.close_case(case=closed, outcome="answered", decided_on=None, actor=None)
    grant: AccessGrant = register.grant_access(
        case=case, user=people["nobody"], reason="Ska läsa", actor=None
    )
    request: DisclosureRequest = disclosure.request_disclosure(number="", text="Allt")
    wanted: DisclosureRequest = disclosure.request_disclosure(number="", text="Akten")
    (held,) = disclosure.list_records(request=wanted, records=[record], actor=None)
    disclosure.review_item(
        item=held, outcome="refused", provision="OSL 21:1", reason="Hälsa.", actor=None
    )
    disclosure.answer_disclosure(request=wanted, actor=None)
    disclosure.want_decision(code=wanted.code)
    listed: DisclosureRequest = disclosure.request_disclosure(number="", text="Brevet")
    (item,) = disclosure.list_records(request=listed, records=[record], actor=None)
    other: DisclosureRequest = disclosure.request_disclosure(number="", text="Brevet igen")
    (asked_item,) = disclosure.list_records(request=other, records=[record], actor=None)
    disclosure.ask_officer(item=asked_item, actor=None)
    historic = NumberSeries.objects.create(
        authority=series.authority, code="ÄLDRE", name="Äldre", is_historic=True
    )
    open_case = registered("Skrivelse för alla")
    register.publish(case=open_case, actor=None)
    came, put_aside = (
        inbox.receive_letter(authority=case.authority, title=title, actor=None).item
        for title in ("Lämnat i receptionen", "Reklam")
    )
    inbox.set_aside(item=put_aside, aside="advertising", actor=None)
    world.keep(
        came=came, put_aside=put_aside, open_case=open_case, series=series,
        other_series=other_series, historic=historic,
        case=case, closed=closed,
        twin=registered("Skrivelse igen"), other_case=registered("Hos nämnden", other_series),
        record=record, grant=grant, item=item, asked_item=asked_item, request=request,
        wanted=wanted, letter=world.city.letter, secret=world.city.secret,
    )  # fmt: skip


def _initiatives(world: World) -> None:
    city, people = world.city, world.city.people
    officer = people["case_officer"]
    submitted = small_city.draft(city, "Digitala nycklar")
    process.submit(initiative=submitted, actor=people["originator"])
    process.save_preparation(
        initiative=submitted,
        answers={"service_area": city.area.pk, "goal": "Mål", "effect": "Stor"},  # type: ignore[union-attr]
        actor=people["liaison"],
    )
    unprepared = small_city.draft(city, "Utlåning av plattor")
    process.submit(initiative=unprepared, actor=people["originator"])
    sent = small_city.prepared(city, "Rapportering av frånvaro")
    process.send_batch(
        administration=city.administrations[0], chosen=[sent], actor=people["liaison"]
    )
    ready = small_city.registered(city, "Schema i mobilen")
    process.accept_scope(initiative=ready, actor=officer, ground=ScopeReason.CROSS)
    state_no_consultation(case=city_case(ready), reason="Alla har deltagit.", actor=officer)
    waiting = small_city.registered(city, "Väntar på omgång")
    process.accept_scope(initiative=waiting, actor=officer, ground=ScopeReason.CROSS)
    process.postpone(initiative=waiting, actor=officer, reason="Nästa år.")
    excluded = small_city.registered(city, "Utanför modellen")
    process.exclude_scope(
        initiative=excluded, actor=officer, ground=ScopeReason.LOCAL, reason="Lokalt."
    )
    implementing: Initiative = city.initiatives["decided"]
    world.keep(
        draft=city.initiatives["draft"], empty=process.start_draft(
            actor=people["originator"], answers={"title": "Tomt"}
        ),
        submitted=submitted, unprepared=unprepared, sent=sent, ready=ready, waiting=waiting,
        excluded=excluded,
        prepared=small_city.prepared(city, "Klar att skicka"),
        registered=city.initiatives["registered"], approved=implementing,
        completion=city.initiatives["completion"],
        administration=city.administrations[0],
    )  # fmt: skip
    for key in ("draft", "empty", "registered", "completion"):
        row = follow(
            initiative=getattr(world, key), user=people["co_author"],
            role=FollowerRole.CO_AUTHOR, actor=None,
        )  # fmt: skip
        world.keep(**{f"follower_{key}": row})
    form: FormVersion = draft_form(actor=None)
    world.keep(form=form)


def city_case(initiative: Initiative) -> Case:
    """The case of a registered one."""
    assert initiative.case is not None
    return initiative.case


def _lists(world: World) -> None:
    """The area's list is opened again: one is new, one and an e-service are admitted."""
    city = world.city
    prioritisation.reopen_ranking(
        area=city.round_area, actor=city.people["group_chair"], reason="Nya initiativ."
    )
    world.keep(
        with_group=small_city.with_group(city, "Nytt hos gruppen"),
        admitted=small_city.admitted(city, "Bokning av lokaler"),
        eservice=small_city.admitted(city, "Ansökan om skolplats", eservice=True),
        round=city.round,
        area=city.round_area,
    )


def _rounds(world: World) -> None:
    cycle = world.city.cycle
    first, second = (
        Round.objects.get(cycle=cycle, occasion=occasion) for occasion in (Occasion.T1, Occasion.T2)
    )
    criteria: CriteriaVersion = save_criteria(
        name="Nya", rows=[CriterionRow("nytta", "Nytta")], actor=None
    )
    world.keep(
        cycle=cycle,
        service_area=world.city.area,
        t1=mark_open(round=first, actor=None),
        t2=second,
        criteria=criteria,
    )


def _meetings(world: World) -> None:
    """The group's meetings: one is on, one planned, one closed, one approved."""
    city = world.city
    chair, member = city.people["group_chair"], city.people["group_member"]
    body = city.bodies[GROUP]
    Meeting.objects.filter(body=body, state="open").update(state="closed")
    made = {}
    for key in ("closed_meeting", "approved_meeting", "meeting"):
        planned = plan_meeting(body=body, day=TODAY(), actor=chair)
        made[key] = open_meeting(meeting=planned, chair=chair, present=[chair, member], actor=chair)
        if key != "meeting":
            close_meeting(meeting=planned, actor=chair)
    approve_minutes(meeting=made["approved_meeting"], actor=chair)
    made["planned"] = plan_meeting(body=body, day=TODAY(), actor=chair)
    set_agenda(meeting=made["planned"], cases=[world.with_group.case], actor=chair)
    (decision,) = record_decision(
        cases=[world.registered.case], body=body, actor=chair, meeting=made["meeting"],
        points=["Noteras."],
    )  # fmt: skip
    found: Decision = decision
    dissent: Dissent = note_dissent(
        decision=found, kind="reservation", persons=[DissentBy(user=member)], actor=member
    )
    world.keep(**made, decision=found, dissent=dissent, group=body)


def _consultation(world: World) -> None:
    people = world.city.people
    consultation: Consultation = open_consultation(
        case=world.registered.case,
        consultees=[Asked(administration=world.city.administrations[0]), Asked(name="Elevrådet")],
        question="Vad tycker ni?",
        deadline=TODAY() + dt.timedelta(days=20),
        actor=people["case_officer"],
    )
    consultee = consultation.consultees.get(administration=world.city.administrations[0])
    assert consultee.state == AnswerState.WAITING
    asked: ExpertRequest = ask_expert(
        initiative=world.registered, user=people["expert"], expertise=Expertise.SYSTEM,
        actor=people["case_officer"], question="Går det?",
    )  # fmt: skip
    world.keep(consultation=consultation, consultee=consultee, asked=asked)


def _documents(world: World) -> None:
    officer = world.city.people["case_officer"]
    report: Report = create_report(case=world.registered.case, actor=officer)
    document: GeneratedDocument = request_generation(report=report, actor=officer)
    run_generation(document.pk)
    returned = ReturnedDocument.objects.create(
        report=report, original_name="svar.docx", sha256="0" * 64, uploaded_by=officer,
        changes=[
            {
                "key": "title", "item": "", "label": "Rubrik", "kind": "changed",
                "now": report.title, "after": "Ny", "applicable": True,
            }
        ],
    )  # fmt: skip
    template: DocumentTemplate = upload_template(
        data=shipped_template().data, name="Stadens", version="1", actor=None
    )
    registrar = world.city.people["registrator"]
    world.keep(
        reminder=set_reminder(
            case=world.case, day=TODAY(), what="Ring", user=registrar, actor=registrar
        ),
        new_record=note_new_record(record=world.record),
        stand_in=set_stand_in(
            absent=registrar, substitute=world.city.people["admin"],
            valid_from=TODAY() + dt.timedelta(days=1), valid_until=None, actor=registrar,
        ),
        saved_list=save_list(actor=registrar, listing="cases", name="Urval", query=""),
        done_together=note_together(actor=registrar, kind="close", rows=[]),
    )  # fmt: skip
    world.keep(report=report, document=document, returned=returned, template=template)
