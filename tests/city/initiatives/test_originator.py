# SPDX-License-Identifier: EUPL-1.2
"""Give an initiative and follow it (R21, R26, R39, R46)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from casework.initiatives.enums import FollowerRole, QuestionKind
from casework.initiatives.models import Initiative
from casework.initiatives.services import (
    QuestionRow,
    draft_form,
    follow,
    save_form,
    take_form_into_use,
    unfollow,
)
from casework.planning.services import change_round, open_cycle
from casework.process import services
from casework.process.enums import Stage
from search.documents import INDEXES
from search.engine import SearchEngine
from search.models import OutboxRow
from search.reconcile import rebuild_index
from tests import small_city
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
        "benefits": ["citizens"],
        "benefit-citizens": "Billigare utflykter.",
        "benefit-users": "Färre inköp.",
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
    assert initiative.process.steps().count() == 1
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
    assert "Skriv beloppet som ett heltal i tusental kronor" in body
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
        {"login": "larare", "password": "demo", "next": f"/initiativ/{pk}/steg-1/"},
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
        "Initiativet beviljades medel i budgeten.",
        "1\u00a0250\u00a0tkr i budgeten",
        "KF § 12",
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


def test_the_form_is_made_of_the_versions_questions(teacher: Client, city: SmallCity) -> None:
    """A city's own question, in a step of its own, is asked, kept and shown (R43, R51)."""
    admin = city.people["admin"]
    draft = draft_form(actor=admin)
    rows = [
        QuestionRow(**{name: getattr(question, name) for name in QuestionRow.__slots__})
        for question in draft.questions.all()
    ]
    rows.append(
        QuestionRow(
            key="climate",
            kind=QuestionKind.MULTI_CHOICE,
            label="Vad betyder det för klimatet?",
            help="Välj det som stämmer.",
            example="Färre resor",
            step=7,
            choices=[["travel", "Färre resor"], ["paper", "Mindre papper"]],
            required_to_send=True,
            missing="Välj vad det betyder för klimatet.",
        )
    )
    save_form(form_version=draft, name="Ny", large_budget_tkr=5000, questions=rows, actor=admin)
    take_form_into_use(form_version=draft, actor=admin)
    assert "Vad betyder det för klimatet?" in teacher.get("/initiativ/nytt/").content.decode()
    pk = _start(teacher)
    page = teacher.get(f"/initiativ/{pk}/steg-4/").content.decode()  # no gap before step 7
    assert "Exempel: Färre resor" in page
    check = teacher.post(f"/initiativ/{pk}/kontrollera/").content.decode()
    assert 'href="../steg-4/#id_climate_0"' in check
    assert "Välj vad det betyder för klimatet." in check
    teacher.post(f"/initiativ/{pk}/steg-4/", {"climate": ["paper"]})
    assert "Mindre papper" in teacher.get(f"/initiativ/{pk}/kontrollera/").content.decode()
    assert teacher.get(f"/initiativ/{pk}/steg-5/").status_code == 404
    older = city.initiatives["draft"].pk  # begun on the version before, which it keeps
    assert teacher.get(f"/initiativ/{older}/steg-4/").status_code == 404


def test_autosave_keeps_what_fits(teacher: Client, city: SmallCity) -> None:
    pk = _start(teacher)
    told = teacher.post(
        f"/initiativ/{pk}/steg-3/spara/", {"cost_tkr": "mycket", "is_eservice": "on"}
    ).content.decode()
    assert told.startswith("Något går inte att spara än")
    assert Initiative.objects.get(pk=pk).is_eservice


def test_own_words_stand_apart_from_what_others_wrote(teacher: Client, city: SmallCity) -> None:
    initiative = small_city.prepared(city, "Läslampor i alla bibliotek")
    body = teacher.get(f"/initiativ/{initiative.pk}/").content.decode()
    own, others = body.index("Det du skrev"), body.index("Skrivet av kontaktpersonen")
    need = body.index("I dag ringer vårdnadshavare")
    effect = body.index("Två timmar per lärare")
    assert own < need < others < effect
    assert "Sakkunnig i verksamheten" not in body  # asked for those who handle it alone


def test_the_groups_questions_are_seen_while_they_wait(teacher: Client, city: SmallCity) -> None:
    body = teacher.get(f"/initiativ/{city.initiatives['completion'].pk}/").content.decode()
    assert "Gruppen frågar" in body
    assert "Hur gör den som saknar e-id?" in body
    assert "Kontaktpersonen svarar, senast" in body


def test_the_round_is_told_and_what_comes_next(teacher: Client, city: SmallCity) -> None:
    """R53: in which round it stands, and when that decides."""
    body = teacher.get(f"/initiativ/{city.initiatives['registered'].pk}/").content.decode()
    assert f"Initiativet är med i omgången {city.round}." in body
    assert "Nästa steg:" in body
    decision_on = date_format(city.round.decision_on, "j F Y")
    assert f"Kommunfullmäktige beslutar {decision_on}." in body


def test_one_that_waits_for_a_round_says_so(teacher: Client, city: SmallCity) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    change_round(round=city.round, actor=city.people["slk"], dates={"ideas_until": yesterday})
    initiative = small_city.registered(city, "Cykelpump vid varje skola")
    body = teacher.get(f"/initiativ/{initiative.pk}/").content.decode()
    assert "Initiativet väntar på nästa omgång" in body


def test_deferral_keeps_the_history_in_sight(teacher: Client, city: SmallCity) -> None:
    """Deferred to a round of the year after, with why, and never into nothing."""
    later = open_cycle(budget_year=city.round.cycle.budget_year + 1, actor=city.people["slk"])
    target = later.rounds.get(occasion="budget")
    initiative = small_city.with_group(city, "Vattenautomater")
    services.defer(
        initiative=initiative,
        actor=city.people["ordforande"],
        act=city.act("grupp-pedagogiska"),
        reason="Vattenprovet tas först till våren.",
        target=target,
    )
    body = teacher.get(f"/initiativ/{initiative.pk}/").content.decode()
    assert "Tidigare omgångar" in body
    earlier = body[body.index("Tidigare omgångar") : body.index("Allt som har hänt")]
    assert str(city.round) in earlier
    assert "sköts upp till en senare omgång" in earlier
    assert "Vattenprovet tas först till våren." in earlier
    assert f"Initiativet är med i omgången {target}." in body


def test_who_follows_sees_it_and_changes_nothing(client: Client, city: SmallCity) -> None:
    """R39: who follows is told from the day it is sent, in the same words."""
    friend = small_city.person(city, "kollega")
    initiative = city.initiatives["decided"]
    draft = city.initiatives["draft"]
    for row in (initiative, draft):
        follow(initiative=row, user=friend, role=FollowerRole.AFFECTED, actor=city.people["larare"])
    client.force_login(friend)
    home = client.get("/initiativ/").content.decode()
    assert "Det du följer" in home
    assert str(initiative) in home
    assert str(draft) not in home  # a draft is its originator's alone
    body = client.get(f"/initiativ/{initiative.pk}/").content.decode()
    assert "Det förslagsställaren skrev" in body
    assert "Det du skrev" not in body
    assert "Återkalla initiativet" not in body
    for part in ("steg-1/", "kontrollera/", "aterkalla/"):
        assert client.get(f"/initiativ/{initiative.pk}/{part}").status_code == 404
    assert client.get(f"/initiativ/{draft.pk}/").status_code == 404
    unfollow(
        follower=initiative.followers.get(user=friend, until=None), actor=city.people["larare"]
    )
    assert client.get(f"/initiativ/{initiative.pk}/").status_code == 404


def test_one_taken_back_in_a_round_ends_where_it_stood(teacher: Client, city: SmallCity) -> None:
    initiative = small_city.with_group(city, "Skyltar i hela parken")
    services.withdraw(
        initiative=initiative, actor=city.people["larare"], reason="Löst av parkförvaltningen."
    )
    body = teacher.get(f"/initiativ/{initiative.pk}/").content.decode()
    stopped = body[body.index("line__stage--stopped") :]
    assert stopped[: stopped.index("</li>")].count("Områdets bedömning") == 1
    assert "Initiativet återkallades." in body


def test_a_refused_one_says_so_and_offers_nothing(teacher: Client, city: SmallCity) -> None:
    body = teacher.get(f"/initiativ/{city.initiatives['rejected'].pk}/").content.decode()
    assert "Så blev det" in body
    assert "Nästa steg:" not in body
    assert "Återkalla initiativet" not in body


def test_employee_without_a_desk_is_told_so(teacher: Client, city: SmallCity) -> None:
    response = teacher.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "Du har inte behörighet" in response.content.decode()


def test_similar_decisions_are_told_while_one_writes(
    teacher: Client, city: SmallCity, city_search: SearchEngine
) -> None:
    """R45: with the outcome, so that nobody asks again for what there is."""
    for index in INDEXES:
        rebuild_index(city_search.backend, index)
    OutboxRow.objects.all().delete()  # the index has heard of it all
    pk = _start(teacher)
    lonely = teacher.get(f"/initiativ/{pk}/liknande/").content.decode()
    assert "Vi hittar inget" in lonely
    typed = {**STEP_1, "title": "En egen chattjänst för gymnasiet", "need": "Eleverna vill chatta."}
    answer = teacher.post(f"/initiativ/{pk}/steg-1/spara/", typed)
    assert answer["HX-Trigger"] == "saved"
    part = teacher.get(f"/initiativ/{pk}/liknande/", headers={"HX-Request": "true"})
    page = part.content.decode()
    assert "<html" not in page
    assert "Egen chattjänst för gymnasiet" in page
    assert "Avslaget" in page


def test_an_earlier_initiative_is_copied_and_stays_as_it_is(
    teacher: Client, city: SmallCity
) -> None:
    old = city.initiatives["decided"]
    answer = teacher.post(f"/initiativ/{old.pk}/kopiera/")
    new = Initiative.objects.latest("pk")
    assert answer["Location"].endswith(f"/{new.pk}/steg-1/")
    assert (new.title, new.cost_tkr, new.case) == (old.title, old.cost_tkr, None)
    assert new.process.stage == Stage.DRAFT
    assert list(new.affected.all()) == list(old.affected.all())


def test_nobody_copies_what_another_wrote(client: Client, city: SmallCity) -> None:
    client.force_login(city.people["slk"])
    assert client.post(f"/initiativ/{city.initiatives['decided'].pk}/kopiera/").status_code == 404


def test_a_part_of_the_page_is_no_log_in_page(client: Client, city: SmallCity) -> None:
    """A session that ended while somebody wrote: what they wrote stays before them."""
    address = f"/initiativ/{city.initiatives['draft'].pk}/liknande/"
    assert client.get(address, headers={"HX-Request": "true"}).status_code == 401
    assert "/logga-in/" in client.get(address)["Location"]
