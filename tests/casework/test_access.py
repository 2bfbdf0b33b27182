# SPDX-License-Identifier: EUPL-1.2
"""The one rule: what a person sees is what the audience says, in SQL and in Python alike."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from casework.access.tokens import PUBLIC, AccessFacts, Face, audience_of, face_for, tokens_of
from casework.organisation.enums import Role
from casework.organisation.models import Authority, User
from casework.organisation.services import appoint
from casework.register.models import Case, NumberSeries, Record
from casework.register.services import (
    grant_access,
    mark_record_secret,
    mark_secret,
    publish,
    register_case,
    register_record,
)
from tests.small_city import SmallCity

QUERIES = 18
"""What an ordinary reader's case list takes, whatever the number of rows."""

facts = st.builds(
    AccessFacts,
    authority=st.sampled_from(["KS", "KF"]),
    is_secret=st.booleans(),
    is_published=st.booleans(),
    officer=st.none() | st.integers(1, 4),
    originator=st.none() | st.integers(1, 4),
    administrations=st.frozensets(st.sampled_from(["social", "trafik"])),
    service_area=st.none() | st.sampled_from(["sociala", "tekniska"]),
    granted=st.frozensets(st.integers(1, 4)),
)


@given(facts)
def test_a_secret_matter_opens_to_registrars_and_named_persons_only(case: AccessFacts) -> None:
    audience = audience_of(case)
    if case.is_secret:
        assert all(token.startswith(("registrar:", "user:")) for token in audience)
    assert (PUBLIC in audience) == (case.is_published and not case.is_secret)


@given(facts)
def test_publicity_alone_gives_the_public_face(case: AccessFacts) -> None:
    assert face_for(frozenset({PUBLIC}), audience_of(case)) is Face.PUBLIC


@pytest.mark.django_db
@given(st.lists(facts, max_size=6), st.sampled_from(["reader", "registrar", "nobody", "officer"]))
def test_sql_and_python_open_the_same_cases(rows: list[AccessFacts], who: str) -> None:
    from casework.access.sql import open_to
    from casework.register.models import CaseAudience

    audiences = [audience_of(row) for row in rows]
    tokens = {
        "reader": frozenset({PUBLIC, "user:1", "authority:KS"}),
        "registrar": frozenset({PUBLIC, "user:2", "authority:KS", "registrar:KS"}),
        "officer": frozenset({PUBLIC, "user:3", "administration:social", "area:sociala"}),
        "nobody": frozenset({PUBLIC}),
    }[who]
    statement = str(open_to(Case.objects.all(), CaseAudience.objects.all(), "case", tokens).query)
    for audience in audiences:
        assert bool(audience & tokens) == any(token in audience for token in sorted(tokens))
    assert all(token in statement for token in tokens)


def test_visible_cases_are_those_whose_facts_open_to_the_person(city: SmallCity) -> None:
    mark_secret(city.case("rejected"), "OSL 18:8", actor=city.people["registrator"])
    for user in [AnonymousUser(), *User.objects.all()]:
        tokens = tokens_of(user)
        expected = {
            case.pk for case in Case.objects.all() if audience_of(case.access_facts()) & tokens
        }
        assert set(Case.objects.visible_to(user).values_list("pk", flat=True)) == expected


def test_a_record_is_at_least_as_closed_as_its_case(city: SmallCity) -> None:
    case = city.case("registered")
    record = register_record(
        city.people["registrator"],
        case,
        direction="in",
        title="Bilaga",
        received_date=timezone.localdate(),
    )
    mark_secret(case, "OSL 18:8", actor=city.people["registrator"])
    for user in User.objects.all():
        sees_record = Record.objects.visible_to(user).filter(pk=record.pk).exists()
        assert sees_record <= Case.objects.visible_to(user).filter(pk=case.pk).exists()


def test_a_secret_record_hides_from_readers_of_an_open_case(city: SmallCity) -> None:
    case = city.case("registered")
    reader = User.objects.create(username="lasare")
    appoint(reader, Role.READER, Authority.objects.get(code="KS"), appointed_by="x")
    record = register_record(
        city.people["registrator"],
        case,
        direction="in",
        title="Läkarintyg",
        received_date=timezone.localdate(),
    )
    assert Record.objects.visible_to(reader).filter(pk=record.pk).exists()
    mark_record_secret(record, "OSL 25:1", actor=city.people["registrator"])
    reader = User.objects.get(pk=reader.pk)
    assert Case.objects.visible_to(reader).filter(pk=case.pk).exists()
    assert not Record.objects.visible_to(reader).filter(pk=record.pk).exists()


def test_a_named_person_is_let_in_to_a_secret_case(city: SmallCity) -> None:
    case = city.case("registered")
    mark_secret(case, "OSL 18:8", actor=city.people["registrator"])
    slk = city.people["slk"]
    assert not Case.objects.visible_to(slk).filter(pk=case.pk).exists()
    grant_access(case, slk, reason="Ska besluta", actor=city.people["handlaggare"])
    assert Case.objects.visible_to(slk).filter(pk=case.pk).exists()


def test_an_inactive_person_holds_only_what_everybody_holds(city: SmallCity) -> None:
    user = city.people["registrator"]
    user.is_active = False
    user.save()
    assert tokens_of(User.objects.get(pk=user.pk)) == {PUBLIC}


@pytest.mark.parametrize("name", ["slk", "ordforande", "kontakt", "radet", "admin"])
def test_a_secret_case_is_answered_like_one_that_does_not_exist(
    city: SmallCity, client: Client, name: str
) -> None:
    case = city.case("completion")
    mark_secret(case, "OSL 18:8", actor=city.people["registrator"])
    client.force_login(city.people[name])
    missing = client.get(reverse("desk_case", args=[999_999]))
    for address in (
        reverse("desk_case", args=[case.pk]),
        reverse("case:inspect", args=[case.pk]),
        reverse("case:history", args=[case.pk]),
        reverse("desk_initiative", args=[city.initiatives["completion"].pk]),
        reverse("desk_decide", args=[city.initiatives["completion"].pk, "complete"]),
        reverse("desk_caretake", args=[case.pk, "sekretess"]),
        reverse("desk_register_record", args=[case.pk]),
        reverse("docgen:start", args=[case.pk]),
    ):
        answer = client.get(address, follow=True)
        assert answer.status_code == 404, address
        assert len(answer.content) == pytest.approx(len(missing.content), abs=200), address
    listing = client.get(reverse("case:index")).content.decode()
    assert case.dnr not in listing
    export = client.get(reverse("case:index"), {"export": "csv"})
    assert case.dnr not in b"".join(export).decode()
    assert case.dnr not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_officer_filter_tells_nothing_of_secret_cases(city: SmallCity, client: Client) -> None:
    reader = User.objects.create(username="lasare")
    appoint(reader, Role.READER, Authority.objects.get(code="KS"), appointed_by="x")
    client.force_login(reader)
    assert "Handlaggare Ek" in client.get(reverse("case:index")).content.decode()
    for case in Case.objects.exclude(officer=None):
        mark_secret(case, "OSL 18:8", actor=city.people["registrator"])
    assert "Handlaggare Ek" not in client.get(reverse("case:index")).content.decode()


def test_the_case_list_takes_the_same_queries_at_fifty_rows_as_at_ten(
    city: SmallCity, client: Client
) -> None:
    reader = User.objects.create(username="lasare", is_active=True)
    appoint(reader, Role.READER, Authority.objects.get(code="KS"), appointed_by="x")
    series = NumberSeries.objects.get(code="KS")

    def count() -> int:
        client.force_login(User.objects.get(pk=reader.pk))
        client.get(reverse("case:index"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("case:index")).status_code == 200
        return len(queries)

    def register(n: int) -> None:
        for number in range(n):
            case = register_case(
                city.people["registrator"],
                series,
                title=f"Ärende {number}",
                received_date=timezone.localdate(),
                service_area=city.area,
                officer=city.people["handlaggare"],
            )
            publish(case, actor=city.people["registrator"])

    register(5)
    few = count()
    register(45)
    assert count() == few <= QUERIES
