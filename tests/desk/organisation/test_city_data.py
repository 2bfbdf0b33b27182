# SPDX-License-Identifier: EUPL-1.2
"""What an administrator who is no superuser keeps; the rules stand at the field (R11–R17)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.initiatives.models import Goal
from casework.journal.models import JournalEntry
from casework.organisation.enums import BodyKind, Role
from casework.organisation.models import (
    Administration,
    Appointment,
    Authority,
    Body,
    ServiceArea,
    User,
)
from casework.organisation.services import end_appointment
from casework.planning.models import RoundArea
from tests import small_city
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db

LISTS = (
    "person", "appointment", "body", "administration", "servicearea", "authority", "goal",
)  # fmt: skip


def _text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def _errors(answer: object) -> dict[str, list[str]]:
    """What stands at the fields of a form that came back."""
    assert answer.status_code == 200, answer.status_code  # type: ignore[attr-defined]
    form = answer.context["form"]  # type: ignore[attr-defined]
    return {name: [str(x) for x in errors] for name, errors in form.errors.items()}


def _appointment(city: SmallCity, user: User, role: str, **scope: object) -> dict[str, object]:
    return {
        "user": user.pk,
        "role": role,
        "body": "",
        "administration": "",
        "authority": "",
        "expertise": "",
        "appointer": "",
        "reference": "",
        "valid_from": timezone.localdate().isoformat(),
        "valid_until": "",
        **scope,
    }


@pytest.mark.parametrize("name", LISTS)
def test_lists_and_forms_open_for_the_administrator_alone(
    admin: Client, city: SmallCity, name: str
) -> None:
    models: dict[str, Any] = {
        "person": User, "appointment": Appointment, "body": Body, "goal": Goal,
        "administration": Administration, "servicearea": ServiceArea, "authority": Authority,
    }  # fmt: skip
    first = models[name].objects.first()
    addresses = [reverse(f"{name}:index"), reverse(f"{name}:add")]
    if first is not None:
        addresses.append(reverse(f"{name}:edit", args=[first.pk]))
    for address in addresses:
        _text(admin, address)
    if first is not None:
        assert addresses[-1] in _text(admin, addresses[0]), "the list leads to each of its rows"
        assert "/history/" not in _text(admin, addresses[-1]), "Wagtail's log is empty"
    other = Client()
    other.force_login(city.people["handlaggare"])
    for address in addresses:
        assert other.get(address).status_code in (302, 403), address


def test_a_person_is_laid_up_changed_and_closed(admin: Client, city: SmallCity) -> None:
    data = {
        "username": "anna.ek",
        "first_name": "Anna",
        "last_name": "Ek",
        "email": "anna@almstad.example",
        "title": "Rektor",
        "phone": "",
        "administration": city.administrations[1].pk,
        "is_active": "on",
        "password": "",
    }
    answer = admin.post(reverse("person:add"), data, follow=True)
    assert "Kontot för Anna Ek är upplagt." in answer.content.decode()
    person = User.objects.get(username="anna.ek")
    assert person.administration == city.administrations[1]
    assert not person.has_usable_password()
    assert "Anna Ek" in _text(admin, reverse("person:index") + "?q=anna+ek")
    assert "Anna Ek" not in _text(admin, reverse("person:index") + "?q=anna+berg")

    change = {**data, "title": "Verksamhetschef", "is_active": ""}
    del change["username"], change["password"]
    assert admin.post(reverse("person:edit", args=[person.pk]), change).status_code == 302
    person.refresh_from_db()
    assert (person.title, person.is_active) == ("Verksamhetschef", False)
    entry = JournalEntry.objects.filter(action="organisation.person_changed").latest("pk")
    assert entry.before == {"title": "Rektor", "is_active": True}


def test_what_a_person_lacks_stands_at_the_field(admin: Client, admin_user: User) -> None:
    taken = {
        "username": "larare", "first_name": "A", "last_name": "B", "email": "", "is_active": "on",
        "password": "kort",
    }  # fmt: skip
    found = _errors(admin.post(reverse("person:add"), taken))
    assert set(found) >= {"username", "password"}
    own = {"first_name": "Admin", "last_name": "Ek", "email": "a@almstad.example"}
    found = _errors(admin.post(reverse("person:edit", args=[admin_user.pk]), own))
    assert found == {"is_active": ["Du kan inte stänga ditt eget konto."]}


def test_an_appointment_begins_today_and_is_told(admin: Client, city: SmallCity) -> None:
    page = _text(admin, reverse("appointment:add"))
    assert f'value="{timezone.localdate().isoformat()}"' in page
    school = city.administrations[0]
    data = _appointment(city, city.people["larare"], Role.LIAISON, administration=school.pk)
    answer = admin.post(reverse("appointment:add"), data, follow=True)
    assert "Larare Ek: Kontaktperson, Utbildningsförvaltningen: uppdraget är infört." in (
        answer.content.decode()
    )
    row = Appointment.objects.get(user=city.people["larare"])
    assert row.valid_from == timezone.localdate()


@pytest.mark.parametrize(
    ("role", "slug", "appointer", "field", "sentence"),
    [
        (Role.COMMITTEE_MEMBER, "e-tjansteutskottet", "radet", "user", "ledamot i utvecklingsråd"),
        (Role.GROUP_MEMBER, "grupp-pedagogiska", "radet", "appointer", "inte stadsdirektören"),
        (Role.GROUP_MEMBER, "grupp-pedagogiska", "", "appointer", "Ange vem som har utsett"),
        (Role.GROUP_MEMBER, "utvecklingsradet", "direktor", "body", "Rollen finns inte i det"),
        (Role.LIAISON, "utvecklingsradet", "", "administration", "Den rollen hör till förvaltning"),
    ],
)
def test_each_rule_of_an_appointment_stands_at_its_field(
    admin: Client, city: SmallCity, role: str, slug: str, appointer: str, field: str, sentence: str
) -> None:
    """R11, R13, R14: what is typed stays, nothing is saved, and nothing breaks."""
    before = Appointment.objects.count()
    data = _appointment(
        city,
        city.people["larare"],
        role,
        body=city.bodies[slug].pk,
        appointer=city.people[appointer].pk if appointer else "",
        reference="SLK 2026/4",
    )
    answer = admin.post(reverse("appointment:add"), data)
    assert any(sentence in error for error in _errors(answer)[field]), _errors(answer)
    assert "SLK 2026/4" in answer.content.decode()
    assert Appointment.objects.count() == before


def test_a_sixth_seat_and_a_shortened_council_seat_are_refused(
    admin: Client, city: SmallCity
) -> None:
    """R13: never more than five, each a seat in the council the whole time; changing obeys too."""
    seated = small_city.seat_committee(city)
    council, committee = city.bodies["utvecklingsradet"], city.bodies["e-tjansteutskottet"]
    sixth = small_city.person(city, "sjatte")
    data = _appointment(
        city, sixth, Role.COUNCIL_MEMBER, body=council.pk, appointer=city.people["direktor"].pk
    )
    assert admin.post(reverse("appointment:add"), data).status_code == 302
    data = _appointment(
        city, sixth, Role.COMMITTEE_MEMBER, body=committee.pk, appointer=city.people["radet"].pk
    )
    found = _errors(admin.post(reverse("appointment:add"), data))
    assert "redan sina fem ledamöter" in found["valid_from"][0]

    seat = Appointment.objects.get(user=seated[1], body=council)
    change = {
        "expertise": "", "reference": "", "valid_from": "2020-01-01",
        "valid_until": timezone.localdate().isoformat(),
        "appointer": city.people["direktor"].pk,
    }  # fmt: skip
    found = _errors(admin.post(reverse("appointment:edit", args=[seat.pk]), change))
    assert "Avsluta först det uppdraget." in found["valid_until"][0]
    ended = admin.post(
        reverse("appointment:end", args=[seat.pk]), {"on": timezone.localdate().isoformat()}
    )
    assert ended.status_code == 422
    assert "Avsluta först det uppdraget." in ended.context["form"].errors["on"][0]


def test_an_appointment_is_changed_and_ended_with_a_button(admin: Client, city: SmallCity) -> None:
    row = Appointment.objects.get(user=city.people["ledamot"])
    change = {
        "expertise": "system", "reference": "SLK 2026/9", "valid_from": "2020-01-01",
        "valid_until": "", "appointer": city.people["direktor"].pk,
    }  # fmt: skip
    page = _text(admin, reverse("appointment:edit", args=[row.pk]))
    assert reverse("appointment:end", args=[row.pk]) in page
    assert admin.post(reverse("appointment:edit", args=[row.pk]), change).status_code == 302
    row.refresh_from_db()
    assert (row.expertise, row.reference) == ("system", "SLK 2026/9")
    end = reverse("appointment:end", args=[row.pk])
    page = _text(admin, end)
    assert "Avsluta uppdraget" in page
    assert f'value="{timezone.localdate().isoformat()}"' in page
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    answer = admin.post(end, {"on": yesterday.isoformat()}, follow=True)
    assert "uppdraget slutar" in answer.content.decode()
    row.refresh_from_db()
    assert row.valid_until == yesterday
    bad = admin.post(end, {"on": "2026-02-30"})
    assert bad.context["form"].errors["on"] == ["Skriv datumet som 2026-11-23."]


def test_a_body_is_made_and_ceases_with_its_appointments(admin: Client, city: SmallCity) -> None:
    """R16."""
    assert city.area is not None
    data = {
        "kind": BodyKind.SERVICE_AREA_GROUP,
        "name": "Grupp två",
        "slug": "",
        "authority": city.bodies["grupp-pedagogiska"].authority_id,
        "service_area": "",
        "predecessor": "",
        "valid_from": timezone.localdate().isoformat(),
    }
    found = _errors(admin.post(reverse("body:add"), data))
    assert found == {"service_area": ["Välj gruppens tjänsteområde."]}
    data["service_area"] = city.area.pk
    assert admin.post(reverse("body:add"), data).status_code == 302
    assert Body.objects.get(name="Grupp två").slug == "grupp-tva"

    body = city.bodies["grupp-pedagogiska"]
    assert "Låt organet upphöra" in _text(admin, reverse("body:edit", args=[body.pk]))
    end = reverse("body:end", args=[body.pk])
    today = timezone.localdate()
    answer = admin.post(end, {"on": today.isoformat(), "reason": "Ny organisation."}, follow=True)
    assert "upphör" in answer.content.decode()
    assert set(body.appointments.values_list("valid_until", flat=True)) == {today}
    early = admin.post(end, {"on": "1999-01-01", "reason": ""})
    assert "innan det börjar" in early.context["form"].errors["on"][0]


def test_a_new_area_gets_its_round(admin: Client, city: SmallCity) -> None:
    """R17, R51: an area that is added while rounds are open takes part in them."""
    data = {
        "name": "Kultur och fritid", "slug": "", "description": "", "position": 9,
        "predecessor": "", "valid_from": timezone.localdate().isoformat(), "valid_until": "",
    }  # fmt: skip
    assert admin.post(reverse("servicearea:add"), data).status_code == 302
    area = ServiceArea.objects.get(slug="kultur-och-fritid")
    assert RoundArea.objects.filter(service_area=area, round=city.round).exists()
    found = _errors(admin.post(reverse("servicearea:add"), {**data, "slug": "annat"}))
    assert found == {"name": ["Namnet används redan under den tiden."]}


def test_administrations_authorities_and_goals_are_kept(admin: Client, city: SmallCity) -> None:
    """R50, R51: with what changed in the journal."""
    school = city.administrations[0]
    data = {
        "name": "Skolförvaltningen", "short_name": "Skola", "slug": school.slug,
        "authority": school.authority_id, "predecessor": "", "valid_from": "2000-01-01",
        "valid_until": "",
    }  # fmt: skip
    assert admin.post(reverse("administration:edit", args=[school.pk]), data).status_code == 302
    school.refresh_from_db()
    assert school.name == "Skolförvaltningen"
    entry = JournalEntry.objects.filter(action="organisation.changed").latest("pk")
    assert entry.before["name"] == "Utbildningsförvaltningen"
    authority = {"name": "Miljönämnden", "code": "MN", "email": ""}
    assert admin.post(reverse("authority:add"), authority).status_code == 302
    goal = {"code": "9.1", "title": "En stad för alla", "valid_from": "2026-01-01"}
    assert admin.post(reverse("goal:add"), {**goal, "valid_until": ""}).status_code == 302
    row = Goal.objects.get(code="9.1")
    bad = {**goal, "valid_until": "2025-01-01"}
    found = _errors(admin.post(reverse("goal:edit", args=[row.pk]), bad))
    assert found == {"valid_until": ["Kan inte sluta gälla innan det börjar."]}


def test_others_change_nothing(city: SmallCity) -> None:
    """The addresses that change something refuse a sending too."""
    client = Client()
    client.force_login(city.people["slk"])
    row = Appointment.objects.get(user=city.people["ledamot"])
    for address, data in (
        (reverse("appointment:end", args=[row.pk]), {"on": "2026-01-01"}),
        (reverse("appointment:edit", args=[row.pk]), {"valid_from": "2020-01-01"}),
        (reverse("body:end", args=[city.bodies["utvecklingsradet"].pk]), {"on": "2026-01-01"}),
        (reverse("person:edit", args=[row.user_id]), {"first_name": "X", "last_name": "Y"}),
        (reverse("goal:add"), {"code": "1", "title": "x", "valid_from": "2026-01-01"}),
    ):
        assert client.post(address, data).status_code in (302, 403), address
    row.refresh_from_db()
    assert row.valid_until is None
    assert not Goal.objects.filter(title="x").exists()


def test_pages_pictures_and_documents_are_the_administrators(
    admin: Client, admin_user: User, city: SmallCity
) -> None:
    from wagtail.models import Page

    start = Page.objects.get(depth=2)
    menu = _text(admin, "/admin/sok/")
    for address in ("/admin/pages/", "/admin/images/", "/admin/documents/"):
        assert f'"{address}' in menu, address
    for hidden in ("/admin/snippets/", "/admin/reports/", "/admin/users/", "/admin/groups/"):
        assert f'"{hidden}' not in menu, hidden
    for address in (
        reverse("wagtailadmin_explore", args=[start.pk]),
        reverse("wagtailadmin_pages:edit", args=[start.pk]),
        reverse("wagtailimages:index"),
        reverse("wagtailimages:add"),
        reverse("wagtaildocs:index"),
        reverse("wagtaildocs:add"),
    ):
        _text(admin, address)
    for address in ("/admin/users/", "/admin/groups/", "/admin/sites/"):
        assert admin.get(address).status_code in (302, 403, 404), address

    other = Client()
    other.force_login(city.people["handlaggare"])
    for address in (f"/admin/pages/{start.pk}/edit/", "/admin/images/", "/admin/documents/"):
        assert other.get(address).status_code in (302, 403), address


def test_an_appointment_that_has_ended_closes_the_pages(
    admin: Client, admin_user: User, city: SmallCity
) -> None:
    """R16: the group in Wagtail follows the appointment."""
    from wagtail.models import Page

    edit = reverse("wagtailadmin_pages:edit", args=[Page.objects.get(depth=2).pk])
    assert admin.get(edit).status_code == 200
    row = Appointment.objects.get(user=admin_user, role=Role.ADMINISTRATOR)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    end_appointment(appointment=row, on=yesterday, actor=None)
    assert admin.get(edit).status_code in (302, 403)
