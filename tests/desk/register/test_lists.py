# SPDX-License-Identifier: EUPL-1.2
"""The case list: a person's own lists and columns, its order, many at once, and one's place."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.organisation.enums import Role
from casework.organisation.models import Authority, User
from casework.organisation.services import appoint
from casework.register.enums import CaseType
from casework.register.models import Case, NumberSeries
from casework.register.services import (
    assign_officer,
    close_case,
    mark_secret,
    publish,
    register_case,
)
from casework.register.services.together import version_of
from casework.saved_lists.models import SavedList
from casework.saved_lists.services import save_list
from desk.register.tables import LISTING
from tests.desk.counting import queries
from tests.desk.told import told
from tests.small_city import SmallCity
from ui.ordering import swedish_key

pytestmark = pytest.mark.django_db

TITLES = ["Zoo", "Ärtor", "Ål", "Öl", "apa", "Bil"]
IN_SWEDISH = ["apa", "Bil", "Zoo", "Ål", "Ärtor", "Öl"]


def letter(city: SmallCity, title: str, **fields: object) -> Case:
    """A letter in the city's diary."""
    values: dict[str, object] = {"received_date": dt.date(2026, 1, 7)} | fields
    return register_case(
        series=NumberSeries.objects.get(authority__code="KS", is_historic=False),
        case_type=CaseType.LETTER,
        title=title,
        actor=city.people["registrator"],
        **values,  # type: ignore[arg-type]
    )


@pytest.fixture
def letters(city: SmallCity) -> list[Case]:
    """Letters whose titles Swedish sorts otherwise than a computer."""
    return [letter(city, title) for title in TITLES]


def elsewhere() -> Authority:
    """Another authority, whose people see of this one what is published."""
    return Authority.objects.create(code="SBN", name="Samhällsbyggnadsnämnden")


def person(name: str, role: str, scope: Authority) -> User:
    """Somebody with a role there."""
    user = User.objects.create(username=name, first_name=name, last_name="Ek")
    appoint(user=user, role=role, scope=scope, actor=None)
    return user


def titles(client: Client, **query: str) -> list[str]:
    """The titles of the list's rows, in its order."""
    page = client.get(reverse("case:index"), query)
    return [row.shown_title for row in page.context["object_list"]]


END = {"outcome": "answered", "decided_on": "i"}
"""What is said of those that are closed."""


def choose(cases: list[Case], **query: str) -> dict[str, Any]:
    """What ticked boxes send."""
    return {"id": [f"{case.pk}.{version_of(case)}" for case in cases], **query}


def bulk(name: str) -> str:
    """The address of something done with many."""
    return reverse("wagtail_bulk_action", args=["register", "case", name])


# Order


def test_9_titles_are_sorted_in_swedish_on_both_databases(
    registrar: Client, letters: list[Case]
) -> None:
    assert sorted(TITLES, key=swedish_key) == IN_SWEDISH
    found = [title for title in titles(registrar, ordering="title", q="") if title in TITLES]
    assert found == IN_SWEDISH
    found = [title for title in titles(registrar, ordering="-title") if title in TITLES]
    assert found == IN_SWEDISH[::-1]


def test_9_what_is_secret_says_so_in_the_list_and_its_file(
    registrar: Client, city: SmallCity
) -> None:
    letter(city, "Öppet")
    letter(city, "Omtvistat", secrecy_provision="OSL 21:1")
    page = registrar.get(reverse("case:index")).content.decode()
    assert "Sekretess · Omtvistat" in page
    assert "Sekretess · Öppet" not in page
    answer = registrar.get(reverse("case:index"), {"export": "csv"})
    head, *rows = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert head.split(",") == [
        "Diarienummer", "Ärendemening", "Avsändare", "Typ", "Tjänsteområde", "Handläggare",
        "Inkommet eller upprättat", "Beslutat", "Utfall", "Sekretess",
    ]  # fmt: skip
    assert [row.rpartition(",")[2] for row in rows if "Omtvistat" in row] == ["OSL 21:1"]


def test_9_what_is_empty_comes_last_in_both_directions(
    registrar: Client, city: SmallCity, letters: list[Case]
) -> None:
    assign_officer(
        case=letters[0], officer=city.people["handlaggare"], actor=city.people["registrator"]
    )
    for ordering in ("officer", "-officer", "decided_on", "-decided_on"):
        rows = registrar.get(reverse("case:index"), {"ordering": ordering}).context["object_list"]
        field = ordering.removeprefix("-")
        empty = [
            getattr(row, f"{field}_id" if field == "officer" else field) is None for row in rows
        ]
        assert empty == sorted(empty), ordering


def test_9_the_title_that_is_sorted_by_is_the_one_that_is_shown(
    city: SmallCity, letters: list[Case]
) -> None:
    """The order told of the title that the person is not shown."""
    hidden = letter(city, "Aaa hemligt namn", title_public="Öäå rubrik")
    publish(case=hidden, actor=city.people["registrator"])
    client = Client()
    client.force_login(person("granne", Role.READER, elsewhere()))
    rows = client.get(reverse("case:index"), {"ordering": "title"}).context["object_list"]
    assert rows[len(rows) - 1] == hidden
    assert rows[len(rows) - 1].shown_title == "Öäå rubrik"


# A person's own lists and columns


def test_9_a_list_is_saved_opened_renamed_and_thrown_away(
    registrar: Client, city: SmallCity, letters: list[Case]
) -> None:
    save = f"{reverse('desk_save_list')}?q=Zoo&ordering=title&p=3"
    opened = registrar.post(save, {"name": "Mina urval"})
    assert opened.status_code == 302
    saved = SavedList.objects.get(user=city.people["registrator"])
    assert saved.query == "q=Zoo&ordering=title"
    page = registrar.get(opened["Location"])
    assert [row.shown_title for row in page.context["object_list"]] == ["Zoo"]
    assert "Mina urval" in page.content.decode()
    change = reverse("desk_change_list", args=[saved.pk])
    assert registrar.post(change, {"name": "Bilar", "is_start": "on"}).status_code == 302
    first = registrar.get(reverse("case:index"))
    assert first.status_code == 302
    assert f"urval={saved.pk}" in first["Location"]
    assert registrar.get(f"{reverse('case:index')}?alla=1").status_code == 200
    assert registrar.post(reverse("desk_remove_list", args=[saved.pk])).status_code == 302
    assert not SavedList.objects.exists()
    assert len(titles(registrar)) > 1


def test_9_a_saved_list_is_nobody_elses(registrar: Client, desk: Client, city: SmallCity) -> None:
    saved = save_list(
        actor=city.people["registrator"], listing=LISTING, name="Hemligt namn", query="q=x"
    )
    for name in ("desk_change_list", "desk_remove_list"):
        assert desk.get(reverse(name, args=[saved.pk])).status_code == 404
        assert desk.post(reverse(name, args=[saved.pk]), {"name": "x"}).status_code == 404
    page = desk.get(reverse("case:index"), {"urval": saved.pk}).content.decode()
    assert "Hemligt namn" not in page
    assert desk.get(f"{reverse('desk_list_columns')}?urval={saved.pk}").status_code == 404


def test_9_a_person_chooses_columns_and_their_order(registrar: Client, letters: list[Case]) -> None:
    address = reverse("desk_list_columns")
    chosen = {"order": ["received_date", "title", "party"], "shown": ["title", "received_date"]}
    assert registrar.post(address, chosen).status_code == 302
    table = registrar.get(reverse("case:index")).context["table"]
    assert list(table.columns) == ["tick", "dnr", "received_date", "title"]
    assert registrar.post(address, {"order": ["title"]}).status_code == 422
    assert registrar.post(address, {"usual": "1"}).status_code == 302
    assert "officer" in registrar.get(reverse("case:index")).context["table"].columns


def test_9_who_can_do_nothing_with_many_has_no_boxes(city: SmallCity, letters: list[Case]) -> None:
    client = Client()
    reader = person("lasare", Role.READER, Authority.objects.get(code="KS"))
    client.force_login(reader)
    page = client.get(reverse("case:index"))
    assert "tick" not in page.context["table"].columns
    assert "data-bulk-action-footer" not in page.content.decode()


# Many at once


def test_9_many_are_assigned_and_what_another_changed_is_left(
    registrar: Client, city: SmallCity, letters: list[Case]
) -> None:
    officer = city.people["handlaggare"]
    sent = choose(letters)
    shown = registrar.get(bulk("handlaggare"), sent)
    assert f"{len(letters)} ärenden är valda" in shown.content.decode()
    close_case(case=letters[2], outcome="", decided_on=None, actor=city.people["registrator"])
    rows = shown.context["rows"]
    answer = registrar.post(bulk("handlaggare"), {"rows": rows, "officer": officer.pk})
    assert told(answer) == (f"5 ändrade, 1 hoppades över: ändrade av annan ({letters[2].dnr}).")
    assert Case.objects.filter(officer=officer, pk__in=[c.pk for c in letters]).count() == 5


def test_9_many_at_once_ask_for_the_right_of_each(
    desk: Client, city: SmallCity, letters: list[Case]
) -> None:
    """An officer closes their own and those that nobody has, and publishes none."""
    rows = " ".join(f"{case.pk}.{version_of(case)}" for case in letters)
    answer = desk.post(bulk("visa"), {"rows": rows})
    assert told(answer).startswith("0 ändrade, 6 hoppades över: du får inte")
    assert not Case.objects.filter(pk__in=[c.pk for c in letters], is_published=True).exists()


def test_9_many_at_once_never_tell_of_a_case_that_one_may_not_see(
    desk: Client, city: SmallCity, letters: list[Case]
) -> None:
    secret, never = letters[0], 99_999_999
    mark_secret(
        case=secret, provision="OSL 21:1", reason="Skydd.", actor=city.people["registrator"]
    )
    hidden = Case.objects.visible_to(city.people["handlaggare"]).filter(pk=secret.pk)
    if hidden.exists():
        pytest.skip("the officer sees the authority's secret cases")
    answers = [
        told(desk.post(bulk("avsluta"), {"rows": f"{pk}.{number}", **END}))
        for pk, number in ((secret.pk, version_of(secret)), (never, "x"))
    ]
    assert answers[0] == answers[1]
    assert "finns inte i dina listor" in answers[0]


def test_9_many_are_closed_with_the_outcomes_of_one(registrar: Client, letters: list[Case]) -> None:
    page = registrar.get(bulk("avsluta"), choose(letters[:2]))
    one = registrar.get(reverse("desk_caretake", args=[letters[0].pk, "avsluta"]))
    offered = page.context["form"].fields["outcome"].choices
    assert offered == one.context["form"].fields["outcome"].choices
    assert [value for value, _label in offered] == ["answered", "filed", "other"]
    sent = {"rows": page.context["rows"], "decided_on": "i"}
    for outcome in ("", "declined_t1"):
        assert registrar.post(bulk("avsluta"), {**sent, "outcome": outcome}).status_code == 422
    assert told(registrar.post(bulk("avsluta"), {**sent, "outcome": "filed"})) == "2 ändrade."
    assert Case.objects.filter(outcome="filed", closed_at__isnull=False).count() == 2


def test_9_all_in_the_list_are_those_that_the_question_finds(
    registrar: Client, letters: list[Case]
) -> None:
    page = registrar.get(bulk("avsluta"), {"id": "all", "q": "apa"})
    assert page.context["count"] == 1
    answer = registrar.post(bulk("avsluta"), {"rows": page.context["rows"], **END})
    assert told(answer) == "1 ändrat."
    again = registrar.get(bulk("avsluta"), {"id": "all", "q": "apa"})
    answer = registrar.post(bulk("avsluta"), {"rows": again.context["rows"], **END})
    assert "redan avslutat" in told(answer)


def test_9_too_many_at_once_are_refused_with_what_to_do(
    registrar: Client, letters: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.bulk.MOST_AT_ONCE", 3)
    page = registrar.get(bulk("avsluta"), {"id": "all"}).content.decode()
    assert "fler än 3 ärenden" in page
    assert "begränsa urvalet" in page
    rows = " ".join(f"{case.pk}.{version_of(case)}" for case in letters)
    assert registrar.post(bulk("avsluta"), {"rows": rows}).status_code == 422
    assert not Case.objects.filter(pk__in=[c.pk for c in letters]).exclude(closed_at=None).exists()


# One's place


@pytest.mark.parametrize(
    "ordering",
    [
        "",
        "dnr",
        "-dnr",
        "title",
        "-title",
        "officer",
        "-officer",
        "case_type",
        "party",
        "due_on",
        "-unit",
    ],
)
def test_9_from_case_to_case_one_walks_the_whole_list(
    registrar: Client, city: SmallCity, letters: list[Case], ordering: str
) -> None:
    for case in letters[:2]:
        assign_officer(
            case=case, officer=city.people["handlaggare"], actor=city.people["registrator"]
        )
    page = registrar.get(reverse("case:index"), {"ordering": ordering, "alla": "1"})
    wanted = [row.pk for row in page.context["object_list"]]
    address = page.context["table"].columns["dnr"].get_url(page.context["object_list"][0])
    walked: list[int] = []
    while address:
        page = registrar.get(address)
        place = page.context["place"]
        walked.append(page.context["case"].pk)
        assert (place.position, place.total) == (len(walked), len(wanted))
        if len(walked) > 1:
            back = registrar.get(place.previous_url).context["case"].pk
            assert back == walked[-2]
        address = place.next_url
    assert walked == wanted


def test_9_a_case_that_left_the_list_still_leads_on(
    registrar: Client, city: SmallCity, letters: list[Case]
) -> None:
    question = "is_open=true"
    address = reverse("desk_case", args=[letters[2].pk])
    close_case(case=letters[2], outcome="", decided_on=None, actor=city.people["registrator"])
    page = registrar.get(address, {"lista": f"arenden?{question}"})
    place = page.context["place"]
    assert place.position is None
    assert "Inte längre i urvalet" in page.content.decode()
    assert f"/{letters[1].pk}/" in place.next_url
    assert f"/{letters[3].pk}/" in place.previous_url
    assert place.back.endswith(f"?{question}#rad-{letters[2].pk}")


def test_9_the_way_back_names_the_page_and_the_row(
    registrar: Client, letters: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.register.places.PER_PAGE", 2)
    last = registrar.get(reverse("case:index"), {"ordering": "dnr"}).context["object_list"][4]
    page = registrar.get(
        reverse("desk_case", args=[last.pk]), {"lista": "arenden?ordering=dnr&p=9"}
    )
    back = urlsplit(page.context["place"].back)
    assert parse_qs(back.query) == {"ordering": ["dnr"], "p": ["3"]}
    assert back.fragment == f"rad-{last.pk}"


def test_9_the_place_is_asked_for_alone_after_an_action(
    registrar: Client, letters: list[Case]
) -> None:
    address = reverse("desk_place", args=[letters[0].pk])
    assert " av " in registrar.get(address, {"lista": "arenden"}).content.decode()
    assert registrar.get(address, {"lista": "okänd?x"}).content.decode().strip() == ""


# What it costs


def test_9_the_list_takes_few_queries_whatever_its_length(
    registrar: Client, city: SmallCity, letters: list[Case]
) -> None:
    save_list(actor=city.people["registrator"], listing=LISTING, name="Alla", query="is_open=true")
    before = queries(registrar, f"{reverse('case:index')}?alla=1")
    for number in range(12):
        letter(city, f"Brev {number}", officer=city.people["handlaggare"])
    assert queries(registrar, f"{reverse('case:index')}?alla=1") == before
    assert before <= 15


def test_9_a_place_in_the_list_costs_the_case_page_five_queries(
    registrar: Client, city: SmallCity, letters: list[Case]
) -> None:
    address = reverse("desk_case", args=[letters[0].pk])
    alone = queries(registrar, address)
    placed = queries(registrar, f"{address}?lista=arenden")
    assert placed - alone <= 6
    assert placed <= 20
    with CaptureQueriesContext(connection):
        for number in range(6):
            letter(city, f"Brev {number}")
    assert queries(registrar, f"{address}?lista=arenden") == placed
