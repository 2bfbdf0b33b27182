# SPDX-License-Identifier: EUPL-1.2
"""A big register is sorted by indexes: the same rows in the same order, of the shown face."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from casework.organisation.enums import Role
from casework.organisation.models import Authority, User
from casework.organisation.services import appoint
from casework.register.enums import CaseType
from casework.register.models import Case, NumberSeries
from casework.register.services import close_case, publish, register_case, set_due
from desk.register.filters import ordering_of, sort_keys
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db

#: Title, public title, party, public party, whether it is shown.
ROWS = [
    ("Öl", "", "Åke", "", True), ("apa", "Zebra", "Örn", "Enskild", True),
    ("Ål", "", "", "", False), ("Zoo", "Ärta", "Ada", "", True),
    ("Bil", "", "", "Bo", True), ("Ärtor", "Alm", "Bo", "", False),
    ("bil", "Bil", "åke", "Enskild", True), ("Éclair", "", "Zeb", "Zeb", False),
]  # fmt: skip


@pytest.fixture
def readers(city: SmallCity) -> list[User]:
    """The registrar, who sees the inner face, and one of elsewhere, who sees the outer."""
    actor = city.people["registrator"]
    series = NumberSeries.objects.get(authority__code="KS", is_historic=False)
    for place, (title, public, party, outside, shown) in enumerate(ROWS):
        case = register_case(
            series=series, case_type=CaseType.LETTER, title=title, title_public=public,
            party=party, party_public=outside, received_date=dt.date(2026, 1, 9 - place),
            actor=actor,
        )  # fmt: skip
        if shown:
            publish(case=case, actor=actor)
        if place % 2:
            set_due(case=case, due_on=dt.date(2026, 12, 24 - place), actor=actor)
        if place % 3 == 0:
            day = dt.date(2026, 2, 9 - place)
            close_case(case=case, outcome="answered", decided_on=day, actor=actor, despite="Så.")
    elsewhere = Authority.objects.create(code="SBN", name="Nämnden")
    reader = User.objects.create(username="granne", last_name="Ek")
    appoint(user=reader, role=Role.READER, scope=elsewhere, actor=None)
    return [actor, reader]


@pytest.mark.parametrize("sign", ["", "-"])
def test_9_what_indexes_find_is_what_sorting_all_would_find(readers: list[User], sign: str) -> None:
    for name in sort_keys():
        ordering = ordering_of(f"{sign}{name}")
        for reader in readers:
            rows = ordering.sort(Case.objects.shown_to(reader))
            wanted = [row.pk for row in rows]
            for count in range(1, len(wanted) + 2):
                found = [row.pk for row in ordering.first(rows, count)[:count]]
                assert found == wanted[:count], (name, reader, count)
            for place, pk in enumerate(wanted):
                around = ordering.around(rows, rows, pk)
                assert around is not None
                assert around.before.count(99) == place, (name, reader)
                assert around.before.count(2) == min(place, 2)
                assert around.before.nearest() == (wanted[place - 1] if place else None)
                assert around.after.nearest() == (wanted[place + 1 : place + 2] or [None])[0]


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("title", "case_by_title"),
        ("party", "case_by_party"),
        ("due_on", "case_by_due_on"),
        ("decided_on", "case_by_decided_on"),
        ("closed_at", "case_by_closed_at"),
    ],
)
def test_9_each_part_of_an_order_has_its_index(readers: list[User], name: str, index: str) -> None:
    ordering = ordering_of(name)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # eight rows are sorted sooner than looked up
            cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off; SET LOCAL enable_hashagg = off")
    part = ordering.key.parts[0]
    rows = Case.objects.shown_to(readers[0]).filter(part.where)
    plan = rows.order_by(*part.terms, "year", "serial", "pk").values("pk")[:5].explain()
    assert index in plan
    assert "USE TEMP B-TREE" not in plan


def test_9_a_page_of_a_full_list_is_read_by_indexes(
    registrar: Client, readers: list[User], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, asked = reverse("case:index"), {"ordering": "-title", "p": "2"}
    monkeypatch.setattr("desk.register.viewsets.CaseViewSet.list_per_page", 3)
    monkeypatch.setattr("desk.register.viewsets.CaseIndexView.paginate_by", 3, raising=False)
    usual = [row.pk for row in registrar.get(address, asked).context["object_list"]]
    monkeypatch.setattr("desk.register.filters.CasePaginator.is_full", True)
    assert [row.pk for row in registrar.get(address, asked).context["object_list"]] == usual
    assert usual
