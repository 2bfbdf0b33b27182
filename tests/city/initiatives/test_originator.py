# SPDX-License-Identifier: EUPL-1.2
"""Give an initiative and follow it (R21, R26, R39, R46)."""

from __future__ import annotations

import pytest
from django.test import Client

from casework.initiatives.models import Initiative
from casework.process.enums import Stage
from tests.small_city import SmallCity

STEP_1 = {
    "title": "Gemensam lånekassa för cyklar",
    "kind": "new",
    "need": "Varje skola köper egna cyklar som står stilla.",
    "proposal": "",
}


@pytest.fixture
def teacher(client: Client, city: SmallCity) -> Client:
    """The originator, signed in."""
    client.force_login(city.people["larare"])
    return client


def _start(client: Client) -> int:
    response = client.post("/initiativ/nytt/")
    assert response.status_code == 302
    return int(response["Location"].split("/")[2])


def test_whole_form_from_start_to_sent(teacher: Client, city: SmallCity) -> None:
    assert "Kontakt Ek" in teacher.get("/initiativ/nytt/").content.decode()  # R46
    pk = _start(teacher)
    assert teacher.post(f"/initiativ/{pk}/steg-1/", STEP_1)["Location"].endswith("steg-2/")
    answers = {
        "benefit_citizens": "on",
        "gain_citizens": "Billigare utflykter.",
        "gain_users": "Färre inköp.",
        "affected": [a.pk for a in city.administrations[:2]],
    }
    assert teacher.post(f"/initiativ/{pk}/steg-2/", answers).status_code == 302
    last = teacher.post(f"/initiativ/{pk}/steg-3/", {"cost_tkr": "1 250"})
    assert last["Location"].endswith("kontrollera/")
    check = teacher.get(last["Location"]).content.decode()
    assert "Medborgare: Billigare utflykter." in check
    assert "Användare: Färre inköp." in check  # a gain without its box counts as chosen
    assert "1\u00a0250\u00a0tkr" in check or "1\u00a0250 tkr" in check
    sent = teacher.post(f"/initiativ/{pk}/kontrollera/", follow=True).content.decode()
    assert "Ditt initiativ är skickat." in sent
    assert "Kontakt Ek, kontaktpersonen för Utbildningsförvaltningen" in sent  # R46
    # The second click of a double click finds it sent and says nothing wrong.
    again = teacher.post(f"/initiativ/{pk}/kontrollera/")
    assert again["Location"] == f"/initiativ/{pk}/"
    initiative = Initiative.objects.get(pk=pk)
    assert initiative.process.stage == Stage.WITH_LIAISON
    assert initiative.process.steps.count() == 1
    assert initiative.cost_tkr == 1250


def test_double_click_on_begin_begins_once(teacher: Client, city: SmallCity) -> None:
    assert _start(teacher) == _start(teacher)


def test_missing_answers_are_named_with_links(teacher: Client, city: SmallCity) -> None:
    pk = _start(teacher)
    body = teacher.post(f"/initiativ/{pk}/kontrollera/").content.decode()
    assert "Initiativet är inte skickat än" in body
    assert 'href="../steg-1/#id_need"' in body
    assert 'href="../steg-3/#id_cost_tkr"' in body
    assert Initiative.objects.get(pk=pk).process.stage == Stage.DRAFT


def test_wrong_cost_says_how_and_keeps_the_text(teacher: Client, city: SmallCity) -> None:
    pk = _start(teacher)
    body = teacher.post(f"/initiativ/{pk}/steg-3/", {"cost_tkr": "en miljon"}).content.decode()
    assert "Skriv kostnaden med siffror" in body
    assert 'value="en miljon"' in body


@pytest.mark.parametrize(
    ("typed", "kept"), [("1250", 1250), ("1 250 tkr", 1250), ("1.250", 1250), ("", None)]
)
def test_costs_are_read_as_people_write_them(
    teacher: Client, city: SmallCity, typed: str, kept: int | None
) -> None:
    pk = _start(teacher)
    teacher.post(f"/initiativ/{pk}/steg-3/", {"cost_tkr": typed})
    assert Initiative.objects.get(pk=pk).cost_tkr == kept


def test_pause_saves_and_leads_home(teacher: Client, city: SmallCity) -> None:
    pk = _start(teacher)
    home = teacher.post(f"/initiativ/{pk}/steg-1/", {**STEP_1, "pausa": "1"}, follow=True)
    assert "Utkastet är sparat" in home.content.decode()
    assert STEP_1["title"] in home.content.decode()


def test_autosave_says_when_and_refuses_strangers(
    teacher: Client, city: SmallCity, django_user_model: object
) -> None:
    pk = _start(teacher)
    address = f"/initiativ/{pk}/steg-1/spara/"
    assert teacher.post(address, STEP_1).content.decode().startswith("Sparat ")
    assert Initiative.objects.get(pk=pk).title == STEP_1["title"]
    assert Client().post(address, STEP_1).status_code == 401  # the page says so, nothing is lost
    other = Client()
    other.force_login(city.people["kontakt"])
    assert other.post(address, STEP_1).status_code == 404


def test_lost_session_leads_back_after_login(client: Client, city: SmallCity) -> None:
    pk = city.initiatives["draft"].pk
    response = client.post(f"/initiativ/{pk}/steg-1/", STEP_1)
    assert response["Location"] == f"/logga-in/?next=/initiativ/{pk}/steg-1/"
    page = client.get(response["Location"]).content.decode()
    assert "Det du hade skrivit finns kvar" in page
    back = client.post(
        "/logga-in/",
        {"username": "larare", "password": "demo", "next": f"/initiativ/{pk}/steg-1/"},
    )
    assert back["Location"] == f"/initiativ/{pk}/steg-1/"


def test_another_persons_initiative_does_not_exist(client: Client, city: SmallCity) -> None:
    client.force_login(city.people["kontakt"])
    pk = city.initiatives["draft"].pk
    for part in ("", "steg-1/", "kontrollera/", "aterkalla/"):
        assert client.get(f"/initiativ/{pk}/{part}").status_code == 404


def test_returned_shows_the_question_and_can_be_sent_again(
    teacher: Client, city: SmallCity
) -> None:
    pk = city.initiatives["returned"].pk
    body = teacher.get(f"/initiativ/{pk}/").content.decode()
    assert "Väntar på dig" in body
    assert "Fråga fritidsnämnden" in body
    assert teacher.post(f"/initiativ/{pk}/kontrollera/").status_code == 302
    assert Initiative.objects.get(pk=pk).process.stage == Stage.WITH_LIAISON


def test_decided_shows_the_whole_way_with_reasons(teacher: Client, city: SmallCity) -> None:
    body = teacher.get(f"/initiativ/{city.initiatives['decided'].pk}/").content.decode()
    for words in (
        "Initiativet fick plats i budgeten.",
        "Visa hur fritidshemmen påverkas",
        "Stor nytta för många.",
        "Arbetet planeras och börjar sedan.",
        "skickades tillbaka",
    ):
        assert words in body


def test_sent_initiative_cannot_be_edited(teacher: Client, city: SmallCity) -> None:
    pk = city.initiatives["registered"].pk
    page = teacher.get(f"/initiativ/{pk}/steg-1/", follow=True).content.decode()
    assert "Initiativet är inskickat" in page


def test_withdraw_needs_a_reason(teacher: Client, city: SmallCity) -> None:
    pk = city.initiatives["registered"].pk
    body = teacher.post(f"/initiativ/{pk}/aterkalla/", {"reason": ""}).content.decode()
    assert "Skriv varför du återkallar" in body
    teacher.post(f"/initiativ/{pk}/aterkalla/", {"reason": "Löst på annat sätt."})
    assert Initiative.objects.get(pk=pk).process.stage == Stage.WITHDRAWN
    late = teacher.get(f"/initiativ/{city.initiatives['decided'].pk}/aterkalla/", follow=True)
    assert "går inte att ta tillbaka" in late.content.decode()


def test_employee_without_a_desk_is_told_so(teacher: Client, city: SmallCity) -> None:
    response = teacher.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "Du har inte behörighet" in response.content.decode()
