# SPDX-License-Identifier: EUPL-1.2
"""Authors write together, attach files, and throw a draft away; what was sent is kept (issue 6)."""

from __future__ import annotations

import html

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from casework.initiatives.models import Attachment, Initiative
from casework.process import services
from casework.process.models import Process, Step
from casework.process.services import ImpossibleTransition
from casework.register.audit import verify_register
from casework.register.models import Record
from tests import small_city as small
from tests.small_city import SmallCity

PDF = b"%PDF-1.7 ritning\n%%EOF"


@pytest.fixture
def colleague(city: SmallCity, teacher: Client) -> Client:
    """A colleague whom the originator lets write."""
    user = small.person(city, "kollega")
    here = f"/initiativ/{city.initiatives['draft'].pk}/"
    response = teacher.post(f"{here}skriv-tillsammans/", {"email": user.email}, follow=True)
    assert "kan nu skriva tillsammans med dig" in response.content.decode()
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def teacher(client: Client, city: SmallCity) -> Client:
    """The originator's browser."""
    client.force_login(city.people["larare"])
    return client


@pytest.fixture
def here(city: SmallCity) -> str:
    """The address of the draft."""
    return f"/initiativ/{city.initiatives['draft'].pk}/"


def test_r21_a_co_author_reads_writes_and_sends(
    city: SmallCity, teacher: Client, colleague: Client, here: str
) -> None:
    draft = city.initiatives["draft"]
    assert str(draft) in colleague.get("/initiativ/").content.decode()
    user = city.people["kollega"]
    services.save_draft(initiative=draft, answers={"title": "Bättre matsedel"}, actor=user)
    page = " ".join(teacher.get(here).content.decode().split())
    assert f"Senast skrivet av {user}" in page
    assert colleague.get(f"{here}steg-1/").status_code == 200
    response = colleague.post(f"{here}kontrollera/", follow=True)
    assert "Ditt initiativ är skickat." in response.content.decode()
    step = Step.objects.get(initiative=draft, transition="submit")
    assert (step.actor, step.mandate) == (user, "Medförfattare")


def test_8_a_draft_leads_to_writing_together(
    city: SmallCity, teacher: Client, colleague: Client, here: str
) -> None:
    """Issue 8: the list leads to the check page, and only another page had the link."""
    assert f'href="{here}kontrollera/"' in teacher.get("/initiativ/").content.decode()
    link = f'href="{here}skriv-tillsammans/"'
    assert link in teacher.get(f"{here}kontrollera/").content.decode()
    assert link not in colleague.get(f"{here}kontrollera/").content.decode()


def opened(browser: Client, address: str) -> dict[str, str]:
    """The fields of a page as it was opened."""
    form = browser.get(address).context["form"]
    fields = {bound.name: bound.value() for bound in form}
    plain = {name: str(value) for name, value in fields.items() if isinstance(value, str | int)}
    return plain | {"opened": form.opened_json}


@pytest.mark.parametrize("way", ["steg-1/", "steg-1/spara/"])
def test_8_a_page_that_was_open_before_takes_no_answer_from_a_colleague(
    city: SmallCity, teacher: Client, colleague: Client, here: str, way: str
) -> None:
    old = opened(teacher, f"{here}steg-1/")
    colleague.post(f"{here}{way}", {**opened(colleague, f"{here}steg-1/"), "title": "Nytt namn"})
    teacher.post(f"{here}{way}", {**old, "need": "Mitt behov."})
    answers = Initiative.objects.get(pk=city.initiatives["draft"].pk).answer_sets.get().answers
    assert (answers["title"], answers["need"]) == ("Nytt namn", "Mitt behov.")


def test_8_the_same_answer_changed_by_two_is_shown_to_the_later_one(
    city: SmallCity, teacher: Client, colleague: Client, here: str
) -> None:
    old = opened(teacher, f"{here}steg-1/")
    colleague.post(f"{here}steg-1/", {**old, "title": "Kollegans namn"})
    answer = teacher.post(f"{here}steg-1/", {**old, "title": "Mitt namn", "need": "Behovet."})
    page = answer.content.decode()
    assert f"{city.people['kollega']} ändrade svaret 2" in page
    assert "till: ”Kollegans namn”" in page
    assert 'value="Mitt namn"' in page
    kept = Initiative.objects.get(pk=city.initiatives["draft"].pk)
    assert kept.title == "Kollegans namn"
    # Knowingly saved again, mine stands, with all else that I wrote.
    again = {**old, "title": "Mitt namn", "need": "Behovet."}
    teacher.post(f"{here}steg-1/", {**again, "opened": answer.context["form"].opened_json})
    answers = kept.answer_sets.get().answers
    assert (answers["title"], answers["need"]) == ("Mitt namn", "Behovet.")


def test_8_a_page_that_saved_itself_and_was_sent_before_it_knew_is_no_colleague(
    city: SmallCity, teacher: Client, here: str
) -> None:
    page = opened(teacher, f"{here}steg-3/")
    teacher.post(f"{here}steg-3/spara/", {**page, "cost_tkr": "700"})
    answer = teacher.post(f"{here}steg-3/", {**page, "cost_tkr": "800", "is_eservice": "on"})
    assert answer.status_code == 302
    kept = Initiative.objects.get(pk=city.initiatives["draft"].pk)
    assert (kept.cost_tkr, kept.is_eservice) == (800, True)


def test_8_ones_own_page_is_no_colleague(city: SmallCity, teacher: Client, here: str) -> None:
    page = opened(teacher, f"{here}steg-1/")
    for name in ("Ett", "Två", "Tre"):
        told = teacher.post(f"{here}steg-1/spara/", {**page, "title": name}).content.decode()
        assert told.startswith("Sparat ")
        value = told.partition('name="opened" value="')[2].partition('"')[0]
        page["opened"] = html.unescape(value)
    assert Initiative.objects.get(pk=city.initiatives["draft"].pk).title == "Tre"


def test_a_co_author_neither_discards_nor_invites_nor_withdraws(
    city: SmallCity, colleague: Client, here: str
) -> None:
    draft = city.initiatives["draft"]
    for part in ("slang/", "skriv-tillsammans/", "aterkalla/"):
        assert colleague.get(here + part).status_code == 404
    with pytest.raises(PermissionDenied):
        services.discard_draft(initiative=draft, actor=city.people["kollega"])


def test_a_draft_is_thrown_away_after_asking(
    city: SmallCity, teacher: Client, colleague: Client, here: str
) -> None:
    draft = city.initiatives["draft"]
    services.attach_file(
        initiative=draft, file=SimpleUploadedFile("a.pdf", PDF), actor=city.people["larare"]
    )
    assert "går inte att få tillbaka" in teacher.get(f"{here}slang/").content.decode()
    assert Initiative.objects.filter(pk=draft.pk).exists()
    response = teacher.post(f"{here}slang/", follow=True)
    assert "Utkastet är slängt." in response.content.decode()
    assert not Initiative.objects.filter(pk=draft.pk).exists()
    assert not Process.objects.filter(initiative=draft.pk).exists()
    assert teacher.get(here).status_code == 404
    assert verify_register().faults == []


@pytest.mark.parametrize("name", ["returned", "registered", "decided"])
def test_what_was_sent_cannot_be_thrown_away(city: SmallCity, name: str) -> None:
    with pytest.raises(ImpossibleTransition):
        services.discard_draft(initiative=city.initiatives[name], actor=city.people["larare"])


def test_files_go_through_the_gate_and_can_be_taken_away(
    city: SmallCity, teacher: Client, client: Client, here: str
) -> None:
    sent = {"files": [SimpleUploadedFile("ritning.pdf", PDF), SimpleUploadedFile("m.docm", b"PK")]}
    page = teacher.post(f"{here}filer/", sent, follow=True).content.decode()
    assert "ritning.pdf är bifogad." in page
    assert "m.docm kan innehålla makron" in page
    row = Attachment.objects.get()
    stored = str(row.file.name)
    response = teacher.get(f"{here}filer/{row.pk}/")
    assert b"".join(response.streaming_content) == PDF  # type: ignore[attr-defined]
    assert response["Content-Disposition"].startswith("attachment")
    stranger = Client()
    stranger.force_login(small.person(city, "annan"))
    assert stranger.get(f"{here}filer/{row.pk}/").status_code == 404
    assert stranger.post(f"{here}filer/{row.pk}/ta-bort/").status_code == 404
    assert row.file.storage.exists(stored)
    teacher.post(f"{here}filer/{row.pk}/ta-bort/")
    assert not Attachment.objects.exists()


def test_files_become_part_of_record_1_and_stay(city: SmallCity) -> None:
    people, draft = city.people, city.initiatives["draft"]
    row = services.attach_file(
        initiative=draft, file=SimpleUploadedFile("ritning.pdf", PDF), actor=people["larare"]
    )
    services.submit(initiative=draft, actor=people["larare"])
    with pytest.raises(ImpossibleTransition):
        services.remove_file(attachment=row, actor=people["larare"])
    assert city.area is not None
    services.save_preparation(
        initiative=draft,
        answers={"service_area": city.area.pk, "goal": "Mål.", "effect": "Nytta."},
        actor=people["kontakt"],
    )
    services.complete_preparation(initiative=draft, actor=people["kontakt"])
    for message, back in (("Första.", "Fel förvaltning."), ("Andra.", "")):
        services.send_batch(
            administration=draft.administration, chosen=[draft], actor=people["kontakt"],
            message=message,
        )  # fmt: skip
        if back:
            services.send_back(initiative=draft, actor=people["registrator"], reason=back)
            draft.process.refresh_from_db()
            if draft.process.stage == "with_liaison":
                services.complete_preparation(initiative=draft, actor=people["kontakt"])
    assert [batch.message for batch in draft.batches.order_by("pk")] == ["Första.", "Andra."]
    case = services.register(
        initiative=draft, actor=people["registrator"], title="Matsedel",
        received_date=timezone.localdate(),
    )  # fmt: skip
    first = Record.objects.filter(case=case).order_by("entry__record_number").first()
    assert first is not None
    assert [file.original_name for file in first.files.order_by("pk")] == [
        "initiativ.txt",
        "ritning.pdf",
    ]
    assert not Attachment.objects.exists()
    # Each sending and each return is a record with its direction.
    rows = Record.objects.filter(case=case, kind__in=["batch", "letter"])
    assert list(rows.order_by("pk").values_list("kind", "direction")) == [
        ("batch", "in"),
        ("letter", "out"),
        ("batch", "in"),
    ]
    assert verify_register().faults == []
