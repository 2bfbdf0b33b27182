# SPDX-License-Identifier: EUPL-1.2
"""The public pages show public fields of published cases, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from casework.disclosure.models import DisclosureRequest
from casework.disclosure.services import list_records, review_item
from casework.initiatives.enums import ScopeReason
from casework.journal.models import JournalEntry
from casework.planning.enums import Milestone
from casework.preset.founding import load_founding_case
from casework.process import services
from casework.process.line import LineStage
from casework.register.models import Case, EarlierDecision
from casework.register.services import close_case, note_public_event, publish, unpublish
from city.register import presenters
from tests import small_city
from tests.small_city import SmallCity, letter_record
from ui.patterns import Tag
from ui.public_diary import paragraphs_of, public_cases, public_events

PUBLIC = ("/", "/diarium/", "/pedagogiska/", "/om-modellen/")
FORBIDDEN = ("Karin Ask", "Hemligt ärende", "skyddat boende", "OSL 26:1")


@pytest.mark.parametrize("address", PUBLIC)
def test_no_page_tells_of_secret_cases_or_private_persons(
    client: Client, city: SmallCity, address: str
) -> None:
    body = client.get(address).content.decode()
    for words in FORBIDDEN:
        assert words not in body


def test_9_a_closed_case_without_an_outcome_is_not_told_as_under_way(
    client: Client, city: SmallCity
) -> None:
    assert city.letter is not None
    today = timezone.localdate()
    close_case(case=city.letter, outcome="", decided_on=today, actor=None)
    shown = public_cases().get(case=city.letter)
    assert presenters.head_of(shown).tag == Tag("Avslutat", "done")
    assert "Pågår" not in client.get(f"/arende/{shown.slug}/").content.decode()


def test_public_face_of_a_letter(client: Client, city: SmallCity) -> None:
    response = client.get(f"/arende/{public_cases().get(case=city.letter).slug}/")
    body = response.content.decode()
    assert "Skrivelse om belysning" in body
    assert "Privatperson" in body
    assert "Karin Ask" not in body
    assert 'content="noindex"' in body


def test_secret_case_answers_as_one_that_does_not_exist(client: Client, city: SmallCity) -> None:
    assert city.secret is not None
    secret = client.get(f"/arende/ks-{city.secret.year}-{city.secret.serial}/")
    missing = client.get(f"/arende/ks-{city.secret.year}-99999/")
    assert secret.status_code == missing.status_code == 404
    assert secret.content == missing.content


def test_unpublished_case_is_gone_at_once_and_comes_back(client: Client, city: SmallCity) -> None:
    case = city.case("registered")
    address = f"/arende/{public_cases().get(case=case).slug}/"
    unpublish(case=case, actor=city.people["registrator"])
    assert client.get(address).status_code == 404
    publish(case=case, actor=city.people["registrator"])
    assert client.get(address).status_code == 200


def test_number_in_another_spelling_leads_to_the_case(client: Client, city: SmallCity) -> None:
    case = city.case("decided")
    response = client.get(f"/arende/ks {case.serial}%2F{case.year}/")
    assert response.status_code == 302
    response = client.get(f"/arende/KS {case.year}/{case.serial}/")
    assert response.status_code == 302
    assert response["Location"] == f"/arende/ks-{case.year}-{case.serial}/"


def _line(case: Case | None) -> dict[Milestone, LineStage]:
    """The public line of a case, by station."""
    assert case is not None
    row = public_cases().get(case=case)
    return {stage.milestone: stage for stage in presenters.line_of(row, public_events(row))}


def test_line_shows_the_loop_and_where_it_ended(city: SmallCity) -> None:
    decided = _line(city.case("decided"))
    assert decided[Milestone.DECISION].state == "done"
    assert decided[Milestone.DECISION].decider == "Kommunfullmäktige"
    assert decided[Milestone.IMPLEMENTATION].state == "now"
    assert Milestone.IDEA not in decided  # before the diary nothing is public
    assert Milestone.COMMITTEE not in decided  # it is no e-service
    assert decided[Milestone.ASSESSMENT].loops == [
        "Visa hur fritidshemmen påverkas och vad anslutningen kostar."
    ]
    assert decided[Milestone.PREPARATION].date is not None
    assert _line(city.case("completion"))[Milestone.ASSESSMENT].state == "now"
    assert _line(city.case("registered"))[Milestone.PREPARATION].state == "now"


def test_a_rejected_case_stops_with_the_group_that_rejected_it(city: SmallCity) -> None:
    """The station that was left tells where it ended, with the day of the decision."""
    line = _line(city.case("rejected"))
    assert [m for m, stage in line.items() if stage.state == "stopped"] == [Milestone.ASSESSMENT]
    assert line[Milestone.ASSESSMENT].decider == city.bodies["grupp-pedagogiska"].name
    assert line[Milestone.ASSESSMENT].date == timezone.localdate()
    assert line[Milestone.PREPARATION].state == "done"
    assert line[Milestone.RANKING].state == "skipped"


def test_one_outside_the_model_stops_in_preparation(city: SmallCity) -> None:
    initiative = small_city.registered(city, "Ny skrivare på expeditionen")
    services.exclude_scope(
        initiative=initiative,
        actor=city.people["handlaggare"],
        ground=ScopeReason.LOCAL,
        reason="Ett inköp i den egna förvaltningen.",
    )
    assert _line(initiative.case)[Milestone.PREPARATION].state == "stopped"


def test_one_withdrawn_in_a_round_stops_where_it_stood(city: SmallCity) -> None:
    initiative = small_city.with_group(city, "Solskydd på förskolans gård")
    services.withdraw(
        initiative=initiative, actor=city.people["larare"], reason="Fastighet har löst det."
    )
    assert _line(initiative.case)[Milestone.ASSESSMENT].state == "stopped"


def test_a_deferred_one_is_prepared_again(city: SmallCity) -> None:
    initiative = small_city.with_group(city, "Odlingslådor")
    services.defer(
        initiative=initiative,
        actor=city.people["ordforande"],
        act=city.act("grupp-pedagogiska"),
        reason="Väntar på markfrågan.",
    )
    line = _line(initiative.case)
    assert line[Milestone.PREPARATION].state == "now"
    assert line[Milestone.ASSESSMENT].state == "ahead"
    assert not line[Milestone.ASSESSMENT].loops


def test_published_late_hidden_and_published_again_shows_the_same(
    client: Client, city: SmallCity
) -> None:
    case = city.case("decided")
    registrar = city.people["registrator"]
    row = public_cases().get(case=case)
    before = presenters.line_of(row, public_events(row))
    page = client.get(f"/arende/{row.slug}/").content
    unpublish(case=case, actor=registrar)
    assert client.get(f"/arende/{row.slug}/").status_code == 404
    publish(case=case, actor=registrar)
    row = public_cases().get(case=case)
    assert presenters.line_of(row, public_events(row)) == before
    assert client.get(f"/arende/{row.slug}/").content == page
    late = small_city.with_group(city, "Sent publicerat")
    assert late.case is not None
    unpublish(case=late.case, actor=registrar)
    services.reject(
        initiative=late,
        actor=city.people["ordforande"],
        act=city.act("grupp-pedagogiska"),
        reason="Beslutat medan ärendet inte visades.",
    )
    publish(case=late.case, actor=registrar)
    assert _line(late.case)[Milestone.ASSESSMENT].state == "stopped"


def test_decisions_stand_with_body_and_reason(client: Client, city: SmallCity) -> None:
    """S7: what was advised, how much was given, when and where it stands, on every card."""
    case = public_cases().get(case=city.case("decided"))
    events = public_events(case)
    cards = presenters.decisions_of(case, events, paragraphs_of(case, events))
    first = cards[0]
    assert first.decider == "Kommunfullmäktige"
    assert "KF § 12" in first.reference
    assert "§ 1" in first.reference  # the paragraph of the minutes
    assert "1\u00a0250\u00a0tkr" in first.mandate
    assert str(city.round.cycle.budget_year) in first.mandate
    assert "Ryms inom ramen" in first.reason
    body = client.get(f"/arende/{case.slug}/").content.decode()
    assert "Initiativet förordades av utvecklingsrådet." in body
    assert "Initiativet beviljades medel i budgeten." in body


def test_an_opinion_against_is_said_in_public(client: Client, city: SmallCity) -> None:
    row = public_cases().get(case=city.case("registered"))
    note_public_event(
        case=row.case,
        key="recommend",
        stage="recommended",
        from_stage="in_proposal",
        body=city.bodies["utvecklingsradet"],
        day=timezone.localdate(),
        opinion="against",
        reason="Tekniken prövas först.",
    )
    body = client.get(f"/arende/{row.slug}/").content.decode()
    assert "Initiativet förordades inte av utvecklingsrådet." in body


def test_founding_case_with_its_lists_dissent_and_rough_days(
    client: Client, city: SmallCity
) -> None:
    """The historic case: events to the letter, decision lists and the reservation (R61, R70)."""
    case = load_founding_case(actor=city.people["registrator"])
    body = client.get(f"/arende/{public_cases().get(case=case).slug}/").content.decode()
    order = [body.index(words) for words in ("6 december 2007", ">2006<", "december 2005")]
    assert order == sorted(order)
    assert "Inget har beslutats" not in body
    assert "Ett utvecklingsråd inrättas." in body
    assert "Carin Jämtin (s), Yvonne Ruwaida (mp), Ann-Margarethe Livh (v)" in body
    assert "Reservation" in body
    assert "Mönstret känns igen från äldrepolitiken" in body


def test_diary_filters_and_takes_few_queries(
    client: Client, city: SmallCity, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        body = client.get("/diarium/?typ=letter").content.decode()
    assert "belysning" in body
    assert "Gemensam frånvaroanmälan" not in body
    assert "Inga ärenden här" in client.get("/diarium/?ar=1987").content.decode()
    assert client.get("/diarium/?ar=x&typ=zz&sida=-3").status_code == 200


def test_order_needs_no_name_and_a_double_click_orders_once(
    client: Client, city: SmallCity
) -> None:
    empty = client.post("/bestall/", {"text": ""})
    assert "Skriv vad du vill se." in empty.content.decode()
    order = {"text": "Skrivelsen om belysning", "number": "KS 2026/5-1", "contact": ""}
    receipts = {client.post("/bestall/", order)["Location"] for _click in range(2)}
    made = DisclosureRequest.objects.get()
    assert made.contact == ""
    assert receipts == {f"/bestall/kvitto/{made.code}/"}


def test_s20_whoever_holds_the_receipt_sees_what_became_of_the_order(
    client: Client, city: SmallCity
) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 20, 9), tick=False):  # a Friday
        address = client.post("/bestall/", {"text": "Akten om belysning"})["Location"]
        order = DisclosureRequest.objects.get()
        page = client.get(address)
    assert "senast den 25 november 2026" in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert (
        client.post("/bestall/kvitto/", {"kod": f" {order.code.upper()} "})["Location"] == address
    )
    unknown = client.post("/bestall/kvitto/", {"kod": "fel"})
    assert "ingen beställning med den koden" in unknown.content.decode()
    assert client.get("/bestall/kvitto/fel/").status_code == 404

    desk = Client()
    desk.force_login(city.people["registrator"])
    form = f"/admin/utlamnande/{order.pk}/"
    assert desk.post(form, {"outcome": "missing", "answer": ""}).status_code == 422
    clerk, masked = city.people["registrator"], SimpleUploadedFile("m.pdf", b"%PDF-1.7 m\n%%EOF")
    (item,) = list_records(request=order, records=[letter_record(city)], actor=clerk)
    review_item(
        item=item, outcome="partly", provision="OSL 21:1", reason="Ett namn.", masked=[masked],
        actor=clerk,
    )  # fmt: skip
    assert desk.post(form, {"answer": "Ett namn är maskat."}).status_code == 302
    body = client.get(address).content.decode()
    assert "Lämnades ut, delar är maskade" in body
    assert "Ett namn är maskat." in body
    client.post(address)
    assert "Vill ha ett skriftligt beslut" in desk.get("/admin/utlamnande/").content.decode()
    number = city.case("registered").dnr
    assert desk.post(f"{form}beslut/", {"number": number}).status_code == 302
    assert number in client.get(address).content.decode()


def test_s20_nothing_is_told_of_who_asked(client: Client, city: SmallCity) -> None:
    client.post("/bestall/", {"text": "Allt", "contact": "vem@example.se"})
    told = "".join(
        f"{entry.before}{entry.after}{entry.reason}{entry.actor_id}"
        for entry in JournalEntry.objects.filter(action="disclosure.requested")
    )
    assert "example.se" not in told
    assert told.endswith("None")
    assert not client.cookies.get("sessionid")


def test_order_keeps_what_was_typed(client: Client, city: SmallCity) -> None:
    body = client.post("/bestall/", {"text": "", "contact": "Storgatan 1"}).content.decode()
    assert "Storgatan 1" in body
    assert 'href="#id_text"' in body
    assert 'aria-describedby="id_text-hint id_text-error"' in body


def test_earlier_decision(client: Client, city: SmallCity) -> None:
    row = EarlierDecision.objects.create(
        external_id="a", title="Motion <om> skolmat", body="Rad 1", url="javascript:alert(1)"
    )
    body = client.get(f"/tidigare-beslut/{row.pk}/").content.decode()
    assert "Motion &lt;om&gt; skolmat" in body
    assert "javascript:" not in body
