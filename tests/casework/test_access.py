# SPDX-License-Identifier: EUPL-1.2
"""The one rule: what a person sees is what the audience says, in SQL and in Python alike."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

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
from casework.organisation.models import Appointment, Authority, User
from casework.organisation.services import appoint
from casework.register.models import Case, NumberSeries, Record
from casework.register.services import (
    end_grant,
    grant_access,
    mark_record_secret,
    mark_secret,
    publish,
    register_case,
    register_record,
    set_followers,
)
from tests.small_city import SmallCity

QUERIES = 18
"""What an ordinary reader's case list takes, whatever the number of rows."""

facts = st.builds(
    AccessFacts,
    authority=st.integers(1, 2),
    is_secret=st.booleans(),
    is_published=st.booleans(),
    officer=st.none() | st.integers(1, 4),
    followers=st.frozensets(st.integers(1, 4)),
    administrations=st.frozensets(st.integers(1, 2)),
    service_area=st.none() | st.integers(1, 2),
    grants=st.frozensets(st.integers(1, 4)),
)


@given(facts)
def test_a_secret_matter_opens_to_registrars_and_named_persons_only(case: AccessFacts) -> None:
    audience = audience_of(case)
    if case.is_secret:
        assert all(
            token.startswith(("registrar:", "officer:", "person:", "grant:")) for token in audience
        )
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
        "reader": frozenset({PUBLIC, "person:1", "authority:1"}),
        "registrar": frozenset({PUBLIC, "person:2", "authority:1", "registrar:1"}),
        "officer": frozenset({PUBLIC, "person:3", "officer:1:3", "administration:1", "area:1"}),
        "nobody": frozenset({PUBLIC}),
    }[who]
    statement = str(open_to(Case.objects.all(), CaseAudience.objects.all(), "case", tokens).query)
    for audience in audiences:
        assert bool(audience & tokens) == any(token in audience for token in sorted(tokens))
    assert all(token in statement for token in tokens)


def test_visible_cases_are_those_whose_facts_open_to_the_person(city: SmallCity) -> None:
    mark_secret(case=city.case("rejected"), provision="OSL 18:8", actor=city.people["registrator"])
    everybody: list[User | AnonymousUser] = [AnonymousUser(), *User.objects.all()]
    for user in everybody:
        tokens = tokens_of(user)
        expected = {
            case.pk for case in Case.objects.all() if audience_of(case.access_facts()) & tokens
        }
        assert set(Case.objects.visible_to(user).values_list("pk", flat=True)) == expected


def test_a_record_is_at_least_as_closed_as_its_case(city: SmallCity) -> None:
    case = city.case("registered")
    record = register_record(
        actor=city.people["registrator"],
        case=case,
        direction="in",
        title="Bilaga",
        received_date=timezone.localdate(),
    )
    mark_secret(case=case, provision="OSL 18:8", actor=city.people["registrator"])
    for user in User.objects.all():
        sees_record = Record.objects.visible_to(user).filter(pk=record.pk).exists()
        assert sees_record <= Case.objects.visible_to(user).filter(pk=case.pk).exists()


def test_a_secret_record_hides_from_readers_of_an_open_case(city: SmallCity) -> None:
    case = city.case("registered")
    reader = User.objects.create(username="lasare")
    appoint(user=reader, role=Role.READER, scope=Authority.objects.get(code="KS"), actor=None)
    record = register_record(
        actor=city.people["registrator"],
        case=case,
        direction="in",
        title="Läkarintyg",
        received_date=timezone.localdate(),
    )
    assert Record.objects.visible_to(reader).filter(pk=record.pk).exists()
    mark_record_secret(record=record, provision="OSL 25:1", actor=city.people["registrator"])
    reader = User.objects.get(pk=reader.pk)
    assert Case.objects.visible_to(reader).filter(pk=case.pk).exists()
    assert not Record.objects.visible_to(reader).filter(pk=record.pk).exists()


def test_a_named_person_is_let_in_to_a_secret_case(city: SmallCity) -> None:
    case = city.case("registered")
    mark_secret(case=case, provision="OSL 18:8", actor=city.people["registrator"])
    slk = city.people["slk"]
    assert not Case.objects.visible_to(slk).filter(pk=case.pk).exists()
    grant_access(case=case, user=slk, reason="Ska besluta", actor=city.people["handlaggare"])
    assert Case.objects.visible_to(User.objects.get(pk=slk.pk)).filter(pk=case.pk).exists()


def test_a_grant_ends_without_the_case_being_rewritten(city: SmallCity) -> None:
    case, slk = city.case("registered"), city.people["slk"]
    mark_secret(case=case, provision="OSL 18:8", actor=city.people["registrator"])
    grant = grant_access(
        case=case, user=slk, reason="Ska besluta", actor=city.people["handlaggare"]
    )
    tokens = set(case.audience.values_list("token", flat=True))
    end_grant(grant=grant, actor=city.people["handlaggare"])
    assert not Case.objects.visible_to(User.objects.get(pk=slk.pk)).filter(pk=case.pk).exists()
    assert set(case.audience.values_list("token", flat=True)) == tokens


def test_a_body_and_a_role_are_let_in_for_a_period(city: SmallCity) -> None:
    case, chair = city.case("registered"), city.people["ordforande"]
    registrar = city.people["registrator"]
    mark_secret(case=case, provision="OSL 18:8", actor=registrar)
    body = Appointment.objects.filter(user=chair).exclude(body=None).get().body
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    later = grant_access(
        case=case, body=body, reason="Bereder", actor=registrar, valid_from=tomorrow
    )
    assert not Case.objects.visible_to(chair).filter(pk=case.pk).exists()
    end_grant(grant=later, actor=registrar)
    grant_access(case=case, body=body, reason="Bereder", actor=registrar)
    assert Case.objects.visible_to(User.objects.get(pk=chair.pk)).filter(pk=case.pk).exists()
    reader = User.objects.create(username="lasare2")
    authority = Authority.objects.get(code="KS")
    appoint(user=reader, role=Role.READER, scope=authority, actor=None)
    assert not Case.objects.visible_to(reader).filter(pk=case.pk).exists()
    grant_access(
        case=case, role=Role.READER, authority=authority, reason="Granskar", actor=registrar
    )
    assert Case.objects.visible_to(User.objects.get(pk=reader.pk)).filter(pk=case.pk).exists()


def test_9_however_many_cases_let_a_person_in_the_question_is_as_long(city: SmallCity) -> None:
    registrar = city.people["registrator"]
    guest = User.objects.create(username="gast")
    series = NumberSeries.objects.get(code="KS")
    secret = [
        register_case(
            series=series, title=f"Hemligt {n}", received_date=timezone.localdate(),
            secrecy_provision="OSL 21:1", actor=registrar,
        )
        for n in range(4)
    ]  # fmt: skip

    def let_in(cases: list[Case]) -> int:
        for case in cases:
            grant_access(case=case, user=guest, reason="Ska läsa", actor=registrar)
        shown = Case.objects.shown_to(User.objects.get(pk=guest.pk))
        assert set(shown.filter(is_internal=True)) == set(cases)
        return len(shown.query.get_compiler(connection=connection).as_sql()[1])

    assert let_in(secret[:1]) == let_in(secret)


def test_the_officers_access_ends_with_the_appointment(city: SmallCity) -> None:
    case, officer = city.case("registered"), city.people["handlaggare"]
    mark_secret(case=case, provision="OSL 18:8", actor=city.people["registrator"])
    assert Case.objects.visible_to(officer).filter(pk=case.pk).exists()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Appointment.objects.filter(user=officer, role=Role.OFFICER).update(
        valid_from=yesterday, valid_until=yesterday
    )
    assert not Case.objects.visible_to(User.objects.get(pk=officer.pk)).filter(pk=case.pk).exists()


def test_followers_open_the_case_but_not_its_secret_records(city: SmallCity) -> None:
    case = city.case("registered")
    registrar = city.people["registrator"]
    follower = User.objects.create(username="foljare")
    record = register_record(
        case=case, direction="in", title="Intyg", received_date=timezone.localdate(),
        actor=registrar,
    )  # fmt: skip
    set_followers(case=case, users=[follower], actor=registrar)
    assert Record.objects.visible_to(follower).filter(pk=record.pk).exists()
    mark_record_secret(record=record, provision="OSL 25:1", actor=registrar)
    assert Case.objects.visible_to(follower).filter(pk=case.pk).exists()
    assert not Record.objects.visible_to(follower).filter(pk=record.pk).exists()
    mark_secret(case=case, provision="OSL 18:8", actor=registrar)
    assert Case.objects.visible_to(follower).filter(pk=case.pk).exists()
    set_followers(case=case, users=[], actor=registrar)
    assert not Case.objects.visible_to(follower).filter(pk=case.pk).exists()


def test_each_person_is_shown_their_variant(city: SmallCity) -> None:
    registrar = city.people["registrator"]
    assert city.letter is not None
    inside = Case.objects.shown_to(registrar).get(pk=city.letter.pk)
    assert (inside.is_internal, inside.shown_party) == (True, "Karin Ask")
    outside = Case.objects.shown_to(AnonymousUser()).get(pk=city.letter.pk)
    assert (outside.is_internal, outside.shown_party) == (False, "Privatperson")
    assert outside.shown_title == city.letter.title_public
    record = Record.objects.shown_to(AnonymousUser()).get(case=city.letter)
    assert (record.shown_title, record.shown_party) == ("Skrivelse", "")


def test_an_inactive_person_holds_only_what_everybody_holds(city: SmallCity) -> None:
    user = city.people["registrator"]
    user.is_active = False
    user.save()
    assert tokens_of(User.objects.get(pk=user.pk)) == {PUBLIC}


@pytest.mark.parametrize("name", ["slk", "ordforande", "direktor", "radet", "admin"])
def test_a_secret_case_is_answered_like_one_that_does_not_exist(
    city: SmallCity, client: Client, name: str
) -> None:
    case = city.case("completion")
    mark_secret(case=case, provision="OSL 18:8", actor=city.people["registrator"])
    client.force_login(city.people[name])
    nowhere = reverse("desk_case", args=[999_999])
    missing = client.get(nowhere)

    def alike(answer: Any, address: str) -> str:
        text = answer.content.decode().replace(address, "")
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)

    for address in (
        reverse("desk_case", args=[case.pk]),
        reverse("desk_case_history", args=[case.pk]),
        reverse("desk_initiative", args=[city.initiatives["completion"].pk]),
        reverse("desk_decide", args=[city.initiatives["completion"].pk, "complete"]),
        reverse("desk_caretake", args=[case.pk, "sekretess"]),
        reverse("desk_register_record", args=[case.pk]),
        reverse("docgen:start", args=[case.pk]),
    ):
        answer = client.get(address, follow=True)
        assert answer.status_code == 404, address
        # The same page, but for the address that it leads back to.
        assert alike(answer, address) == alike(missing, nowhere), address
    listing = client.get(reverse("case:index")).content.decode()
    assert case.dnr not in listing
    export = client.get(reverse("case:index"), {"export": "csv"})
    assert case.dnr not in b"".join(export).decode()
    assert case.dnr not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_officer_filter_tells_nothing_of_secret_cases(city: SmallCity, client: Client) -> None:
    reader = User.objects.create(username="lasare")
    appoint(user=reader, role=Role.READER, scope=Authority.objects.get(code="KS"), actor=None)
    client.force_login(reader)
    assert "Handlaggare Ek" in client.get(reverse("case:index")).content.decode()
    for case in Case.objects.exclude(officer=None):
        mark_secret(case=case, provision="OSL 18:8", actor=city.people["registrator"])
    assert "Handlaggare Ek" not in client.get(reverse("case:index")).content.decode()


def test_the_case_list_takes_the_same_queries_at_fifty_rows_as_at_ten(
    city: SmallCity, client: Client
) -> None:
    reader = User.objects.create(username="lasare", is_active=True)
    appoint(user=reader, role=Role.READER, scope=Authority.objects.get(code="KS"), actor=None)
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
                actor=city.people["registrator"],
                series=series,
                title=f"Ärende {number}",
                received_date=timezone.localdate(),
                service_area=city.area,
                officer=city.people["handlaggare"],
            )
            publish(case=case, actor=city.people["registrator"])

    register(5)
    few = count()
    register(45)
    assert count() == few <= QUERIES
