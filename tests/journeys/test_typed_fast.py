# SPDX-License-Identifier: EUPL-1.2
"""Keys that lead from page to page, pressed as fast as they come: none is lost (issue 8)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from playwright.sync_api import Dialog, Page, expect

from casework.inbox.services import receive_mail
from casework.meetings.selectors import noted_in
from casework.organisation.models import Authority
from casework.prioritisation.services import reopen_ranking
from desk.prioritisation.views.room import MeetingView
from tests import mails
from tests import small_city as small
from tests.small_city import SmallCity

TIMES = 30
NAMES = ("Cykelkarta", "Lekplatskarta", "Badplatskarta", "Stigkarta", "Snökarta")


@pytest.fixture
def room(city: SmallCity) -> str:
    """The address of the group's room, with five initiatives on its agenda."""
    city.meeting("grupp-pedagogiska")
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="Fem till.")
    for name in NAMES:
        city.initiatives[name] = small.with_group(city, name)
    return f"/admin/omgang/{city.round.slug}/grupp/pedagogiska/"


def test_8_thirty_words_typed_right_after_r_stand_whole_in_the_title(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    page = visit("/admin/inkorg/", user="registrator")
    for turn in range(TIMES):
        page.keyboard.type(f"rMotion {turn} om jourtid")  # without a pause
        expect(page).to_have_url(re.compile("registrera"))
        expect(page.locator(":focus")).to_have_value(f"Motion {turn} om jourtid")
        page.fill(":focus", "")
        page.evaluate("document.activeElement.blur()")


def test_8_thirty_keys_walk_thirty_steps(visit: Callable[..., Page], city: SmallCity) -> None:
    for hour in range(TIMES + 2):
        receive_mail(
            authority=Authority.objects.get(code="KS"), data=mails.mail(f"Brev {hour}"),
            source="maildir:a", actor=None, arrived_at=timezone.now() - dt.timedelta(hours=hour),
        )  # fmt: skip
    page = visit("/admin/inkorg/", user="registrator")
    page.keyboard.type("s" + "nj" * (TIMES // 2))
    expect(page.get_by_text(f"{TIMES + 1} av {TIMES + 2}")).to_be_visible()
    page.keyboard.type("pk" * (TIMES // 2))
    expect(page.get_by_text(f"1 av {TIMES + 2}")).to_be_visible()
    page.go_back()
    expect(page.get_by_text(f"2 av {TIMES + 2}")).to_be_visible()


def test_8_an_outcome_chosen_right_after_the_next_was_asked_for_is_the_nexts(
    visit: Callable[..., Page], city: SmallCity, room: str
) -> None:
    page = visit(room, user="ordforande")
    for turn in range(TIMES):
        page.keyboard.type(f"j3skal {turn} k")
        expect(page.locator("#id_reason")).to_have_value(f"skal {turn} k")
        expect(page.locator("#matter")).to_contain_text(NAMES[1])
        page.evaluate("document.activeElement.blur()")
        page.keyboard.type("k")
        expect(page.locator("#matter")).to_contain_text(NAMES[0])


def test_8_a_meeting_typed_without_a_pause_is_noted_word_for_word(
    visit: Callable[..., Page], city: SmallCity, room: str
) -> None:
    page = visit(room, user="ordforande")
    for key, reason in (("1", "Stor nytta"), ("3", "Finns redan"), ("1", "bra")):
        page.keyboard.type(key + reason)
        page.keyboard.press("Control+Enter")
    page.keyboard.type("redan i drift")  # begins with a key, and is a word
    expect(page.locator("#matter")).to_contain_text(NAMES[3])
    expect(page.locator("#id_reason")).to_have_value("redan i drift")
    expect(page.locator("#id_reason")).to_be_focused()
    items = noted_in(city.meeting("grupp-pedagogiska"))
    assert [(item.outcome, item.details["reason"]) for item in items] == [
        ("admit", "Stor nytta"), ("reject", "Finns redan"), ("admit", "bra"),
    ]  # fmt: skip


def test_8_what_waits_in_line_decides_nothing_unseen(
    visit: Callable[..., Page], city: SmallCity, room: str
) -> None:
    page = visit(room, user="ordforande")
    page.keyboard.type("1Stor nytta")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+Enter")  # twice, by mistake
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    expect(page.locator("#matter")).to_contain_text(NAMES[1])
    page.wait_for_timeout(500)
    assert len(noted_in(city.meeting("grupp-pedagogiska"))) == 1


def test_8_a_session_that_is_over_is_told_and_costs_no_word(
    visit: Callable[..., Page], city: SmallCity, room: str
) -> None:
    page = visit(room, user="ordforande")
    page.keyboard.type("3Finns redan")
    expect(page.locator("#id_reason")).to_have_value("Finns redan")
    page.context.clear_cookies()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("för gammalt")
    assert noted_in(city.meeting("grupp-pedagogiska")) == []
    assert "Finns redan" in page.evaluate("sessionStorage.getItem('desk-kept')")


def test_8_an_order_that_is_not_saved_asks_before_a_key_leads_away(
    visit: Callable[..., Page], city: SmallCity, room: str
) -> None:
    initiative = small.admitted(city, "Vinterkarta")
    small.admitted(city, "Sommarkarta")
    page = visit(f"{room}rangordning/", user="ordforande")
    page.fill(f"#r{small.candidacy_of(initiative)}", "Lagen")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    # As a key that leads on does, on a page whose menu has such keys.
    page.evaluate("document.dispatchEvent(new CustomEvent('desk:go', {detail: '/admin/'}))")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    expect(page).to_have_url(re.compile("rangordning"))


def test_8_what_a_key_leads_to_is_told_by_title_and_focus(
    visit: Callable[..., Page], city: SmallCity, room: str
) -> None:
    page = visit(room, user="ordforande")
    page.keyboard.press("j")
    expect(page.locator("#matter")).to_contain_text(NAMES[1])
    expect(page).to_have_title(re.compile(NAMES[1]))
    expect(page.get_by_role("main", name=re.compile(NAMES[1]))).to_be_focused()


def test_9_each_item_of_the_lane_has_a_title_of_its_own(
    visit: Callable[..., Page], city: SmallCity
) -> None:
    for name, hours in (("Om en häck", 9), ("Om en lykta", 8)):
        receive_mail(
            authority=Authority.objects.get(code="KS"), data=mails.mail(name),
            source="maildir:a", actor=None, arrived_at=timezone.now() - dt.timedelta(hours=hours),
        )  # fmt: skip
    page = visit("/admin/inkorg/", user="registrator")
    page.keyboard.press("s")
    expect(page).to_have_title(re.compile("^Om en häck, E-post 1 av 2"))
    page.keyboard.press("n")
    expect(page.get_by_role("main", name=re.compile("^Om en lykta, E-post 2 av 2"))).to_be_focused()
    page.go_back()
    expect(page).to_have_title(re.compile("^Om en häck"))


def test_8_a_server_that_is_away_costs_no_word(
    visit: Callable[..., Page], city: SmallCity, room: str
) -> None:
    page = visit(room, user="ordforande")
    page.keyboard.type("j3Finns redan")
    expect(page.locator("#id_reason")).to_have_value("Finns redan")
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile("^chrome-error"))
    page.context.set_offline(False)
    page.reload()  # as the browser's own page proposes
    expect(page.locator("#matter")).not_to_contain_text(NAMES[1])
    (noted,) = noted_in(city.meeting("grupp-pedagogiska"))
    assert noted.details["reason"] == "Finns redan"


def test_8_what_is_noted_is_sent_once_also_where_the_next_page_fails(
    visit: Callable[..., Page], city: SmallCity, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    post, get = MeetingView.post, MeetingView.get

    def counted(view: MeetingView, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sent.append(request.path)
        return post(view, request, *args, **kwargs)

    def failing(view: MeetingView, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponse("Nere", status=503) if sent else get(view, request, *args, **kwargs)

    page = visit(room, user="ordforande")
    monkeypatch.setattr(MeetingView, "post", counted)
    monkeypatch.setattr(MeetingView, "get", failing)
    page.keyboard.type("3Finns redan")
    expect(page.locator("#id_reason")).to_have_value("Finns redan")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Nere")).to_be_visible()
    assert len(sent) == 1
    assert len(noted_in(city.meeting("grupp-pedagogiska"))) == 1
