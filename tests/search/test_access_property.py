# SPDX-License-Identifier: EUPL-1.2
"""Whatever cases, people and searches there are, the index shows what SQL shows, and no more."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
import uuid
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from casework.access.tokens import Face
from casework.organisation.enums import BodyKind, Role
from casework.organisation.models import Administration, Authority, Body, ServiceArea, User
from casework.organisation.services import appoint
from casework.register.importing import import_decisions
from casework.register.models import Case, EarlierDecision, PublicCase
from casework.register.services import grant_access, mark_secret, publish, register_case
from casework.register.services.registration import ensure_series
from search import worker
from search.backends.base import SearchBackend
from search.backends.tantivy import TantivyBackend
from search.engine import SearchEngine
from search.results import SearchResult
from search.services import search_internal, search_public, similar_cases, similar_decisions
from search.text.analysis import stems_of

WORDS = ["karta", "kartor", "zebrafisk", "förskolan", "e-tjänst", "växel"]
SEARCHES = ["", "karta", "kartan", "zebrafsk", "zebrafisk", "förskolor växlar", "KS 2026", "hemlig"]
AUTHORITIES = ["KS", "SBN"]
AREAS = ["sociala", "tekniska"]
PEOPLE = 4

words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
cases = st.fixed_dictionaries(
    {
        "title": words,
        "title_public": st.sampled_from(["", "", "offentlig karta"]),
        "authority": st.sampled_from(AUTHORITIES),
        "area": st.none() | st.sampled_from(AREAS),
        "officer": st.none() | st.integers(0, PEOPLE - 1),
        "originator": st.none() | st.integers(0, PEOPLE - 1),
        "school": st.booleans(),
        "fate": st.sampled_from(["open", "published", "secret", "published"]),
        "granted": st.none() | st.integers(0, PEOPLE - 1),
        "later": st.sampled_from(["", "", "secret"]),
    }
)
# The worlds are small as they come; to shrink one would take minutes.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
appointments = st.sampled_from(
    ["none", "registrar:KS", "reader:SBN", "officer:KS", "group", "liaison", "council"]
)
worlds = st.fixed_dictionaries(
    {
        "cases": st.lists(cases, min_size=1, max_size=7),
        "people": st.lists(appointments, min_size=PEOPLE, max_size=PEOPLE),
        "decisions": st.lists(words, max_size=3),
    }
)


class World:
    """A random city in the database."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.authorities = {
            code: Authority.objects.create(name=code, code=code) for code in AUTHORITIES
        }
        self.areas = {slug: ServiceArea.objects.create(name=slug, slug=slug) for slug in AREAS}
        self.school = Administration.objects.create(
            name="Skola", short_name="Skola", slug="skola", authority=self.authorities["KS"]
        )
        self.people = [
            User.objects.create_user(f"person{number}", password=None) for number in range(PEOPLE)
        ]
        for person, kind in zip(self.people, facts["people"], strict=True):
            self._appoint(person, kind)
        self.registrar = User.objects.create_user("registrator", password=None)
        for authority in self.authorities.values():
            appoint(user=self.registrar, role=Role.REGISTRAR, scope=authority, actor=None)
        for number, title in enumerate(facts["decisions"]):
            import_decisions([f'{{"id": "d{number}", "title": "{title}"}}'.encode()])
        self.cases = [self._case(each) for each in facts["cases"]]

    def _appoint(self, person: User, kind: str) -> None:
        role, _, where = kind.partition(":")
        ks = self.authorities["KS"]
        if role in {"registrar", "reader", "officer"}:
            appoint(user=person, role=Role(role), scope=self.authorities[where], actor=None)
        elif role == "liaison":
            appoint(user=person, role=Role.LIAISON, scope=self.school, actor=None)
        elif role == "group":
            group, _created = Body.objects.get_or_create(
                slug="grupp", defaults={"name": "Grupp", "kind": BodyKind.SERVICE_AREA_GROUP,
                                        "authority": ks, "service_area": self.areas["sociala"]},
            )  # fmt: skip
            appoint(user=person, role=Role.GROUP_MEMBER, scope=group, actor=None)
        elif role == "council":
            council, _created = Body.objects.get_or_create(
                slug="rad",
                defaults={"name": "Råd", "kind": BodyKind.DEVELOPMENT_COUNCIL, "authority": ks},
            )
            appoint(user=person, role=Role.COUNCIL_MEMBER, scope=council, actor=None)

    def _person(self, number: int | None) -> User | None:
        return None if number is None else self.people[number]

    def _case(self, facts: dict[str, Any]) -> Case:
        case = register_case(
            actor=self.registrar,
            series=ensure_series(self.authorities[facts["authority"]]),
            title=facts["title"],
            title_public=facts["title_public"],
            received_date=dt.date(2026, 1, 2),
            service_area=self.areas.get(facts["area"]),
            officer=self._person(facts["officer"]),
            followers=list(filter(None, [self._person(facts["originator"])])),
            administrations=[self.school] if facts["school"] else [],
        )
        if facts["fate"] == "published":
            publish(case=case, actor=self.registrar)
        elif facts["fate"] == "secret":
            mark_secret(case=case, provision="OSL 18:8", actor=self.registrar)
        if granted := self._person(facts["granted"]):
            grant_access(case=case, user=granted, reason="behöver", actor=self.registrar)
        return case

    def searchers(self) -> list[User | AnonymousUser]:
        return [AnonymousUser(), self.registrar, *(fresh(person) for person in self.people)]


def fresh(person: User) -> User:
    """The person as the next request would load them."""
    return User.objects.get(pk=person.pk)


class AccessProperty:
    """The property; each engine's test case below runs it."""

    def make_backend(self) -> SearchBackend:
        raise NotImplementedError

    def drop_backend(self, backend: SearchBackend) -> None:
        """Leave nothing behind."""

    def check(self, facts: dict[str, Any]) -> None:
        engine = SearchEngine(self.make_backend())
        try:
            with (
                mock.patch("search.services.engine", return_value=engine),
                mock.patch("search.engine.LEXICON_SECONDS", 0.0),
            ):
                self._check(World(facts), facts, engine)
        finally:
            self.drop_backend(engine.backend)

    def _check(self, world: World, facts: dict[str, Any], engine: SearchEngine) -> None:
        drainer = worker.Drainer()
        while drainer.drain():
            pass
        for index in ("internal", "public"):
            engine.backend.refresh(index)
        self._check_searches(world, exact=True)
        # Cases become secret; the index has not heard of it, and must not tell.
        for case, each in zip(world.cases, facts["cases"], strict=True):
            if each["later"] == "secret" and not case.is_secret:
                mark_secret(case=case, provision="OSL 18:8", actor=world.registrar)
        self._check_searches(world, exact=False)

    def _check_searches(self, world: World, *, exact: bool) -> None:
        decisions = EarlierDecision.objects.count()
        for searcher in world.searchers():
            visible = {case.pk: case for case in Case.objects.visible_to(searcher)}
            for text in [*SEARCHES, *(case.dnr for case in world.cases)]:
                result = search_internal(searcher, text, size=50)
                self._only_visible(result, visible, searcher)
                assert result.total <= len(visible) + decisions
                assert len(result.hits) == result.total
            if exact:
                self._all_visible(search_internal(searcher, "", size=50), visible, decisions)
            for case in world.cases[:2]:
                assert set(similar_cases(case.title, case.dnr, searcher)) <= set(visible)
                if case.pk in visible:
                    shown = {
                        hit.pk for hit in similar_decisions(case, searcher) if hit.kind == "case"
                    }
                    assert shown <= set(visible) - {case.pk}
        published = {case.pk: case for case in PublicCase.objects.all()}
        for text in [*SEARCHES, *(case.dnr for case in world.cases)]:
            result = search_public(text, size=50)
            assert result.total == len(result.hits)
            self._counts_fit(result)
            self._repairs_are_open(result, (case.title for case in published.values()))
            for hit in result.hits:
                if hit.kind == "case":
                    assert hit.title == published[hit.pk].title

    def _only_visible(
        self, result: SearchResult, visible: dict[int, Case], searcher: User | AnonymousUser
    ) -> None:
        seen = [hit.pk for hit in result.hits if hit.kind == "case"]
        assert len(seen) == len(set(seen)), "both faces of a case"
        for hit in result.hits:
            if hit.kind != "case":
                continue
            assert hit.pk in visible
            face = visible[hit.pk].face_for(searcher)
            assert hit.title == visible[hit.pk].title_for(face)
            assert hit.id.startswith("case" if face is Face.INTERNAL else "twin")
        self._counts_fit(result)
        self._repairs_are_open(
            result, (f"{case.title} {case.title_public}" for case in visible.values())
        )

    def _counts_fit(self, result: SearchResult) -> None:
        """Facets count the hits, no more and no less."""
        for name, values in result.facets.items():
            counted = {value.value: value.count for value in values}
            assert counted == Counter(
                getattr(hit, name) for hit in result.hits if getattr(hit, name)
            )

    def _repairs_are_open(self, result: SearchResult, titles: Iterable[str]) -> None:
        """No spelling is proposed from a document that this searcher may not see."""
        decisions = EarlierDecision.objects.values_list("title", flat=True)
        known = set(stems_of(" ".join([*titles, *decisions])))
        for read in result.repairs.values():
            assert set(stems_of(read)) <= known

    def _all_visible(self, result: SearchResult, visible: dict[int, Case], decisions: int) -> None:
        assert {hit.pk for hit in result.hits if hit.kind == "case"} == set(visible)
        assert result.total == len(visible) + decisions


class TestAccessWithTantivy(AccessProperty, TestCase):
    """On the embedded engine."""

    def make_backend(self) -> SearchBackend:
        self._directory = tempfile.TemporaryDirectory()
        return TantivyBackend(Path(self._directory.name))

    def drop_backend(self, backend: SearchBackend) -> None:
        self._directory.cleanup()

    @settings(
        max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "10")), deadline=None, phases=PHASES
    )
    @given(worlds)
    def test_search_shows_what_sql_shows(self, facts: dict[str, Any]) -> None:
        self.check(facts)


@pytest.mark.service("elasticsearch")
class TestAccessWithElasticsearch(AccessProperty, TestCase):
    """On Elasticsearch."""

    def make_backend(self) -> SearchBackend:
        from search.backends.elasticsearch import ElasticsearchBackend
        from tests.conftest import ELASTICSEARCH_URL

        return ElasticsearchBackend(ELASTICSEARCH_URL, f"access-{uuid.uuid4().hex[:8]}")

    def drop_backend(self, backend: Any) -> None:
        for name in backend.client.indices.get(index=f"{backend.prefix}*"):
            backend.client.indices.delete(index=name)

    @settings(max_examples=4, deadline=None, phases=PHASES)
    @given(worlds)
    def test_search_shows_what_sql_shows(self, facts: dict[str, Any]) -> None:
        self.check(facts)
