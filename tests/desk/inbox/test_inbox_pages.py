# SPDX-License-Identifier: EUPL-1.2
"""The inbox at the desk: the lane, its queries, and who is let in (issue 9)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.inbox.enums import ItemKind, ItemState
from casework.inbox.models import InboxItem
from casework.inbox.services import receive_mail
from casework.organisation.models import Authority
from casework.register.models import Case, Record
from casework.register.services import close_case
from tests import documents, mails
from tests.desk.counting import queries
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db

LIST_QUERIES = 15
# With the classes and the provisions to choose from; see tests/casework/inbox/test_lane_queries.py.
LANE_QUERIES = 12


def take(data: bytes, hours: int = 1) -> InboxItem:
    authority = Authority.objects.get(code="KS")
    at = timezone.now() - dt.timedelta(hours=hours)
    return receive_mail(
        authority=authority, data=data, source="maildir:a", actor=None, arrived_at=at
    ).item


def address(item: InboxItem) -> str:
    return reverse("desk_inbox_item", args=[item.pk])


def form(item: InboxItem, registrar: Client, **more: str) -> dict[str, str]:
    """What the lane has filled in."""
    fields = registrar.get(address(item)).context["form"]
    found = {field.name: field.value() for field in fields}
    found["received_date"] = found["received_date"].isoformat()
    return {key: str(value) for key, value in found.items() if value} | {
        "series": next(iter(fields.own)), **more,
    }  # fmt: skip


def test_9_the_lane_costs_the_same_with_ten_thousand_items(
    registrar: Client, city: SmallCity
) -> None:
    assert city.letter is not None
    item = take(mails.mail(city.letter.dnr, files=(("bild.pdf", mails.PDF),)))
    take(mails.mail("En till"))
    registrar.post(address(item), form(item, registrar, do=f"case:{city.letter.pk}"))
    item = take(mails.mail(f"Igen {city.letter.dnr}"), hours=5)
    lane, page = queries(registrar, address(item)), queries(registrar, reverse("desk_inbox"))
    now = timezone.now()
    InboxItem.objects.bulk_create(
        InboxItem(
            authority=item.authority, kind=ItemKind.MAIL, title=f"Brev {number}",
            digest=f"{number:064}", received_at=now - dt.timedelta(minutes=number),
        )
        for number in range(10_000)
    )  # fmt: skip
    assert queries(registrar, address(item)) == lane <= LANE_QUERIES
    assert queries(registrar, reverse("desk_inbox")) <= page + 1 <= LIST_QUERIES + 1


def test_9_a_suggested_case_stands_on_top_with_why(registrar: Client, city: SmallCity) -> None:
    assert city.letter is not None
    page = registrar.get(address(take(mails.mail(f"Ang {city.letter.dnr}")))).content.decode()
    assert "Numret i ämnet" in page
    assert "Okänd avsändare i ärendet" in page
    assert f'value="case:{city.letter.pk}" data-key="1"' in page


def test_9_after_each_thing_the_next_comes_with_a_way_back(
    registrar: Client, city: SmallCity
) -> None:
    assert city.letter is not None
    first, second = take(mails.mail("Ett"), 9), take(mails.mail("Två"), 8)
    answer = registrar.post(address(first), form(first, registrar, do=f"case:{city.letter.pk}"))
    assert answer.status_code == 302
    assert answer["Location"] == address(second)
    page = registrar.get(address(second)).content.decode()
    record = Record.objects.latest("pk")
    assert f"Registrerat som {record.dnr}." in page
    assert f'value="undo:{first.pk}" data-key="u"' in page
    answer = registrar.post(address(first), {"do": "undo"}, follow=True)
    assert "tillbaka i inkorgen" in answer.content.decode()
    record.refresh_from_db()
    assert record.is_void
    answer = registrar.post(address(first), {"do": "aside:advertising"})
    assert answer["Location"] == address(second)
    answer = registrar.post(address(second), {"do": "forward", "address": "a@example.com"})
    assert answer["Location"] == reverse("desk_inbox")
    assert set(InboxItem.objects.values_list("state", flat=True)) == {
        ItemState.SET_ASIDE, ItemState.FORWARDED,
    }  # fmt: skip


def test_9_why_something_is_set_aside_is_asked_at_its_field(
    registrar: Client, city: SmallCity
) -> None:
    item = take(mails.mail("Ett"))
    answer = registrar.post(address(item), {"do": "aside:other", "reason": " "})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Skriv skälet" in page.partition('id="reason-fel"')[2][:40]
    item.refresh_from_db()
    assert item.state == ItemState.NEW


def test_9_a_new_case_and_a_case_by_its_number(registrar: Client, city: SmallCity) -> None:
    assert city.letter is not None
    first, second = take(mails.mail("SV: Re: Snö")), take(mails.mail("Två"))
    filled = form(first, registrar, do="new")
    assert filled["title"] == "Snö"
    assert filled["party"] == "Privatperson"
    registrar.post(address(first), filled)
    assert Case.objects.latest("pk").title == "Snö"
    wrong = registrar.post(
        address(second), form(second, registrar, do="number", existing="KS 1999/1")
    )
    assert wrong.status_code == 422
    unclear = registrar.post(
        address(second), form(second, registrar, do="new", existing=city.letter.dnr)
    )
    assert unclear.status_code == 422
    written = city.letter.dnr.replace(" ", "").lower()
    registrar.post(address(second), form(second, registrar, do="number", existing=written))
    second.refresh_from_db()
    assert second.case == city.letter


def test_9_who_is_registered_in_the_lane_is_offered_to_the_next_letter(
    registrar: Client, city: SmallCity
) -> None:
    item = take(mails.mail("Ett", sender="Bolaget <bolag@example.com>"))
    sent = form(item, registrar, do="new")
    del sent["is_private"]
    registrar.post(address(item), sent)
    page = registrar.get(reverse("desk_register_look"), {"party": "bol"}).content.decode()
    assert "Bolaget" in page
    assert "bolag@example.com" in page
    item.refresh_from_db()
    assert item.record is not None
    assert item.record.party_public == "Bolaget"


def test_9_which_case_is_said_by_a_number_within_it(registrar: Client, city: SmallCity) -> None:
    assert city.letter is not None
    first, item = take(mails.mail("Ett"), 9), take(mails.mail("Två"))
    registrar.post(address(first), form(first, registrar, do=f"case:{city.letter.pk}"))
    record = city.letter.records.latest("pk")
    number = f"{city.letter.serial}:{record.entry.record_number}"
    registrar.post(address(item), form(item, registrar, do="number", existing=number))
    item.refresh_from_db()
    assert item.case == city.letter


def test_9_a_letter_filed_in_a_closed_case_says_that_it_is_closed(
    registrar: Client, city: SmallCity
) -> None:
    case = city.letter
    assert case is not None
    for closed in (False, True):
        if closed:
            close_case(case=case, outcome="filed", decided_on=None, actor=None)
        item = take(mails.mail("Två" if closed else "Ett"))
        sent = form(item, registrar, do="number", existing=case.dnr)
        page = registrar.post(address(item), sent, follow=True).content.decode()
        assert "Registrerat som" in page
        assert (f"Ärendet {case.dnr} är avslutat." in page) is closed


def test_9_a_case_that_one_may_not_see_is_no_case(registrar: Client, city: SmallCity) -> None:
    item = take(mails.mail("Ett"))
    answer = registrar.post(address(item), form(item, registrar, do="case:99999999"))
    assert answer.status_code == 422
    assert registrar.post(address(item), {"do": "nonsense"}).status_code == 404
    item.refresh_from_db()
    assert item.is_waiting


def test_9_others_find_no_inbox(desk: Client, city: SmallCity) -> None:
    item = take(mails.mail(files=(("bild.pdf", mails.PDF),)))
    file = item.files.last()
    assert file is not None
    for url in (address(item), reverse("desk_inbox_file", args=[file.pk])):
        assert desk.get(url).status_code in {403, 404}
    assert desk.get(reverse("desk_inbox")).status_code in {302, 403}


def test_9_a_file_is_served_as_an_attachment(registrar: Client, city: SmallCity) -> None:
    item = take(mails.mail(files=(("bild.pdf", mails.PDF),)))
    file = item.files.get(is_original=False)
    answer = registrar.get(reverse("desk_inbox_file", args=[file.pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_9_a_letter_is_read_in_the_lane_without_being_fetched(
    registrar: Client, desk: Client, city: SmallCity
) -> None:
    item = take(mails.mail(files=(("skrivelse.pdf", documents.pdf("Ett", "Två")),)))
    file = item.files.get(is_original=False)
    pages = reverse("desk_inbox_pages", args=[file.pk])
    lane = registrar.get(address(item)).content.decode()
    assert f'hx-get="{pages}"' in lane
    assert f'href="{pages}"' in lane
    part = registrar.get(pages, headers={"HX-Request": "true"}).content.decode()
    assert "skrivelse.pdf, sida 2 av 2" in part
    assert "<html" not in part
    picture = registrar.get(reverse("desk_inbox_page", args=[file.pk, 2]))
    assert picture["Content-Type"] == "image/webp"
    assert picture.content.startswith(b"RIFF")
    assert "no-store" in picture["Cache-Control"]
    assert registrar.get(reverse("desk_inbox_page", args=[file.pk, 3])).status_code == 404
    for url in (pages, reverse("desk_inbox_page", args=[file.pk, 1])):
        assert desk.get(url).status_code in {302, 403, 404}


def test_9_what_has_no_pages_says_so_and_can_be_fetched(registrar: Client, city: SmallCity) -> None:
    item = take(mails.mail(files=(("bild.pdf", mails.PDF),)))
    broken = item.files.get(is_original=False)
    page = registrar.get(reverse("desk_inbox_pages", args=[broken.pk]))
    assert "Sidorna kan inte visas" in page.content.decode()
    assert reverse("desk_inbox_file", args=[broken.pk]) in page.content.decode()
    original = item.files.get(is_original=True)
    assert registrar.get(reverse("desk_inbox_pages", args=[original.pk])).status_code == 404


def test_9_scans_are_dropped_into_the_inbox(registrar: Client, city: SmallCity) -> None:
    def files() -> list[SimpleUploadedFile]:
        return [
            SimpleUploadedFile(name, mails.PDF + name.encode() + b"\n%%EOF")
            for name in ("ett.pdf", "tva.pdf")
        ]

    drop = reverse("desk_inbox_drop")
    registrar.post(drop, {"files": files()})
    assert InboxItem.objects.filter(kind=ItemKind.SCAN).count() == 2
    page = registrar.post(drop, {"files": files(), "together": "on"}, follow=True).content.decode()
    assert "1 brev lades i inkorgen." in page
    nothing = registrar.post(drop, {})
    assert nothing.status_code == 422
    assert "Välj en fil." in nothing.content.decode()
    refused = registrar.post(drop, {"files": [SimpleUploadedFile("x.exe", b"MZ")]})
    assert refused.status_code == 422
    assert "tas emot" in refused.content.decode()


def test_9_what_was_dealt_with_is_found_again(registrar: Client, city: SmallCity) -> None:
    item = take(mails.bounce())
    page = registrar.get(reverse("desk_inbox_done")).content.decode()
    assert "av sig själv" in page
    assert address(item) in page
    assert "Lägg tillbaka i inkorgen" in registrar.get(address(item)).content.decode()


def test_9_a_mail_without_a_subject_is_called_by_its_day_and_nobodys_name(
    registrar: Client, city: SmallCity
) -> None:
    """The case was titled only "E-post"."""
    item = take(mails.mail(""))
    day = timezone.localdate(item.received_at).isoformat()
    form = registrar.get(address(item)).context["form"]
    assert form["title"].value() == f"E-post utan ämne, inkom {day}"
