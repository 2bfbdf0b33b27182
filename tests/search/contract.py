# SPDX-License-Identifier: EUPL-1.2
"""What every search engine must do. Each engine's test module inherits this suite."""

from __future__ import annotations

import time
from collections.abc import Iterable

import pytest

from search.backends.base import Document, ItemResult, Outcome, SearchBackend, Write
from search.engine import SearchEngine
from search.indexing import Indexer, rebuild
from search.results import SearchResult
from search.text.query import Why

INDEX = "internal"
PUBLIC = frozenset({"public"})
STAFF = frozenset({"public", "authority:KS"})
REGISTRAR = frozenset({"public", "authority:KS", "registrar:KS"})


def document(number: int, title: str, body: str = "", **fields: object) -> Document:
    """A document with sensible values in what a test does not care for."""
    values: dict[str, object] = {
        "id": f"case:{number}",
        "version": 1,
        "tokens": PUBLIC,
        "title": title,
        "body": body,
        "dnr": f"KS 2026/{number}",
        "numbers": (f"KS 2026/{number}",),
        "date": f"2026-01-{number % 28 + 1:02}",
        "year": "2026",
        "type": "Initiativ",
    }
    return Document(**{**values, **fields})  # type: ignore[arg-type]


class SearchContract:
    """The suite. Subclasses provide the fixture ``backend``."""

    backend: SearchBackend
    engine: SearchEngine

    @pytest.fixture(autouse=True)
    def _prepare(self, backend: SearchBackend) -> None:
        self.backend = backend
        self.engine = SearchEngine(backend)
        backend.ensure(INDEX)

    # --- helpers

    def write(self, *documents: Document) -> list[ItemResult]:
        return self.apply(*(Write.upsert(each) for each in documents))

    def apply(self, *writes: Write) -> list[ItemResult]:
        indexer = Indexer(self.backend, INDEX)
        results = indexer.write(list(writes))
        indexer.save_lexicon(now=True)
        self.backend.refresh(INDEX)
        self.engine.forget_lexicons()
        return results

    def search(self, text: str, tokens: Iterable[str] = PUBLIC, **options: object) -> SearchResult:
        return self.engine.search(INDEX, text, frozenset(tokens), **options)  # type: ignore[arg-type]

    def found(self, text: str, tokens: Iterable[str] = PUBLIC, **options: object) -> list[str]:
        return [hit.id for hit in self.search(text, tokens, **options).hits]

    # --- finding

    def test_words_are_found_in_every_inflection(self) -> None:
        self.write(document(1, "Ärendet om tjänsterna i skolan"), document(2, "Gator och parker"))
        for text in ("ärenden", "TJÄNST", "skolor", "ärende tjänsten"):
            assert self.found(text) == ["case:1"], text

    def test_swedish_letters_are_letters(self) -> None:
        self.write(document(1, "Lån av böcker"), document(2, "Län och kommuner"))
        assert self.found("län") == ["case:2"]
        assert self.found("lån") == ["case:1"]

    @pytest.mark.parametrize(
        "text", ["KS 2026/12", "ks2026-12", "dnr KS 26/12", "Dnr: KS 2026 / 12", "2026/12"]
    )
    def test_numbers_are_found_in_every_spelling(self, text: str) -> None:
        self.write(document(12, "Gemensam kartplattform"), document(13, "Ny växel"))
        assert self.found(text) == ["case:12"]

    def test_citations_are_found_as_own_number_first(self) -> None:
        inquiry = document(1, "Vägen till arbete", dnr="SOU 2007:34", numbers=("SOU 2007:34",))
        self.write(inquiry, document(2, "Remiss av SOU 2007:34"), document(3, "Annat"))
        for text in ("SOU 2007:34", "sou 2007 : 34", "sou 2007 34", "2007:34"):
            assert self.found(text) == ["case:1", "case:2"], text

    def test_unknown_words_are_repaired_and_it_is_told(self) -> None:
        self.write(document(1, "Trängselskatt i innerstaden"), document(2, "Förskolor"))
        for text in ("trangselskatt", "trängselskat", "trängsel skatt"):
            assert self.found(text) == ["case:1"], text
        assert self.search("trangselskatt").repairs == {"trangselskatt": "trängselskatt"}

    def test_parts_of_compounds_are_found(self) -> None:
        self.write(document(1, "Verksamhetssystemen byts ut"), document(2, "Ny gata"))
        result = self.search("system")
        assert [hit.id for hit in result.hits] == ["case:1"]
        assert result.hits[0].why is Why.PART

    def test_it_is_said_why_where_it_is_not_obvious(self) -> None:
        self.write(document(7, "Förslag om bredband", "Bredbandet byggs ut."))
        assert self.search("bredband").hits[0].why is None
        assert self.search("förslagen").hits[0].why is None  # the marked word says it
        assert self.search("KS 2026/7").hits[0].why is Why.NUMBER
        assert self.search("bredbond").hits[0].why is Why.SPELLING

    def test_snippets_mark_hits_and_escape_the_rest(self) -> None:
        filler = "utfyllnad " * 200
        self.write(document(1, "<b>Titel</b> & kartor", f"{filler}<script> kartan & läget"))
        hit = self.search("karta").hits[0]
        assert hit.title_html == "&lt;b&gt;Titel&lt;/b&gt; &amp; <mark>kartor</mark>"
        assert "&lt;script&gt; <mark>kartan</mark> &amp; läget" in hit.snippet
        assert hit.snippet.startswith("… ")
        assert len(hit.snippet) < 400

    def test_nothing_typed_lists_the_newest_first(self) -> None:
        self.write(*(document(n, f"Ärende {n}", date=f"2026-0{n}-01") for n in (2, 5, 3)))
        assert self.found("") == ["case:5", "case:3", "case:2"]

    def test_pages_are_disjoint_and_complete(self) -> None:
        self.write(*(document(n, f"Gemensam plattform {n}") for n in range(1, 24)))
        pages = [self.search("plattform", page=page, size=10) for page in (1, 2, 3)]
        ids = [hit.id for page in pages for hit in page.hits]
        assert len(ids) == len(set(ids)) == 23
        assert {page.total for page in pages} == {23}
        assert (pages[0].pages, pages[0].has_next, pages[2].has_next) == (3, True, False)

    @pytest.mark.parametrize(
        "text",
        ['"( AND', "*", "title:x", "a" * 5_000, "\x00", "/", "OR NOT", "åäö–—§", "1" * 500, "\\"],
    )
    def test_no_query_breaks_the_search(self, text: str) -> None:
        self.write(document(1, "Något"))
        assert self.search(text).total >= 0

    # --- counting

    def test_facets_are_counted_under_the_filters_of_the_others(self) -> None:
        self.write(
            document(1, "Karta a", year="2025", type="Remiss"),
            document(2, "Karta b", year="2025", type="Initiativ", outcome="Bifall"),
            document(3, "Karta c", year="2026", type="Initiativ", area="Tekniska"),
        )
        result = self.search("karta", filters={"year": ["2025"]})
        assert result.total == 2
        facets = {
            name: {v.value: v.count for v in values} for name, values in result.facets.items()
        }
        assert facets["year"] == {"2026": 1, "2025": 2}
        assert facets["type"] == {"Initiativ": 1, "Remiss": 1}
        assert facets["area"] == {}
        assert facets["outcome"] == {"Bifall": 1}
        assert [v.value for v in result.facets["year"] if v.chosen] == ["2025"]
        several = self.search("karta", filters={"year": ["2025", "2026"], "type": ["Initiativ"]})
        assert several.total == 2

    def test_an_empty_result_tells_what_a_filter_left_out(self) -> None:
        self.write(document(1, "Karta"))
        result = self.search("karta", filters={"year": ["1999"]})
        assert (result.total, result.unfiltered_total) == (0, 1)

    def test_unknown_filters_are_refused(self) -> None:
        with pytest.raises(ValueError, match="unknown filters"):
            self.search("karta", filters={"tokens": ["registrar:KS"]})

    # --- access

    def secret_and_open(self) -> None:
        self.write(
            document(1, "Kartplattform för alla", year="2026"),
            document(2, "Kartplattform hemlig zebrafisk", tokens=frozenset({"registrar:KS"}),
                     year="2025", area="Hemlig nämnd", type="Skrivelse"),
            document(3, "Kartplattform internt", tokens=frozenset({"authority:KS"}), year="2024"),
        )  # fmt: skip

    def test_what_tokens_do_not_open_does_not_exist(self) -> None:
        self.secret_and_open()
        for tokens, ids in ((PUBLIC, {1}), (STAFF, {1, 3}), (REGISTRAR, {1, 2, 3}), ((), set())):
            result = self.search("kartplattform", tokens)
            assert {hit.id for hit in result.hits} == {f"case:{n}" for n in ids}
            assert result.total == len(ids)
            for values in result.facets.values():
                assert sum(value.count for value in values) <= len(ids)
        assert not self.search("kartplattform", STAFF).facets["area"]
        assert self.search("", PUBLIC).total == 1
        assert self.search("KS 2026/2", STAFF).total == 0
        bare = self.search("kartplattform", STAFF, filters={"year": ["2025"]})
        assert (bare.total, bare.unfiltered_total) == (0, 2)

    def test_words_of_closed_documents_are_not_proposed(self) -> None:
        self.secret_and_open()
        for tokens in (PUBLIC, STAFF, REGISTRAR):
            assert self.search("zebrafsk", tokens).repairs == {}
        assert self.found("zebrafisk", REGISTRAR) == ["case:2"]

    def test_a_spelling_goes_when_its_document_is_closed(self) -> None:
        self.write(document(1, "Zebrafisk i akvariet"), document(2, "Gata"))
        assert self.search("zebrafsk").repairs
        self.write(document(1, "Zebrafisk i akvariet", version=2, tokens=frozenset({"user:1"})))
        assert self.search("zebrafsk").repairs == {}

    def test_fetching_by_id_asks_for_tokens(self) -> None:
        self.secret_and_open()
        assert self.backend.fetch(INDEX, ["case:2"], STAFF) == {}
        assert set(self.backend.fetch(INDEX, ["case:2"], REGISTRAR)) == {"case:2"}

    def test_each_searcher_is_shown_one_face(self) -> None:
        inside = frozenset({"authority:KS"})
        self.write(
            document(1, "Klagomål från Anna Andersson", tokens=inside),
            document(1, "Klagomål från privatperson", id="twin:1", hidden_from=inside),
        )
        assert self.found("klagomål", PUBLIC) == ["twin:1"]
        assert self.found("klagomål", STAFF) == ["case:1"]
        assert self.found("Andersson", PUBLIC) == []

    # --- likeness

    def test_similar_documents_are_like_and_open(self) -> None:
        self.write(
            document(1, "E-legitimation för vårdnadshavare i förskolan"),
            document(2, "Vårdnadshavares e-legitimation i skolan", tokens=frozenset({"user:9"})),
            document(3, "E-legitimation och vårdnadshavare", "Förskolan berörs."),
            document(4, "Snöröjning av gångbanor"),
        )
        assert [h.id for h in self.engine.similar(INDEX, "case:1", PUBLIC, 3)] == ["case:3"]
        assert self.engine.similar(INDEX, "case:2", PUBLIC, 3) == []
        assert self.engine.similar(INDEX, "case:99", PUBLIC, 3) == []
        hits = self.engine.similar_to_text(
            INDEX, "Legitimation för vårdnadshavare", "", PUBLIC, 3, frozenset({"case:1"})
        )
        assert [hit.id for hit in hits] == ["case:3"]

    def test_s22_nothing_is_like_what_shares_only_common_words(self) -> None:
        """An empty list beats "mjölmängd i pizzor" beside a complaint about noise."""
        self.write(
            document(1, "Mjölmängd i pizzor", "Klagomål kom in om pizzor. Kontroll gjordes."),
            document(2, "Premiepensionsrätt", "Frågan gäller rätten till premiepension."),
            document(3, "Skola i förändring", "En utredning om skolans organisation."),
            document(4, "Buller från fläktar på natten", "Klagomål på fläkt som bullrar."),
        )
        title, body = "Klagomål på buller", "Fläkten på grannhuset bullrar hela natten."
        hits = self.engine.similar_to_text(INDEX, title, body, PUBLIC, 5)
        assert [hit.id for hit in hits] == ["case:4"]
        hits = self.engine.similar_to_text(
            INDEX, "Skolmat utan avfall", "Matsvinnet i skolans kök ska minska.", PUBLIC, 5
        )
        assert hits == []

    # --- versions

    def test_a_newer_version_replaces_an_older_one(self) -> None:
        self.write(document(1, "Gammal titel"))
        assert self.write(document(1, "Ny titel", version=2))[0].outcome is Outcome.OK
        assert self.found("gammal") == []
        assert self.found("titel") == ["case:1"]
        assert self.search("").total == 1

    @pytest.mark.parametrize("version", [1, 2])
    def test_an_older_or_equal_version_changes_nothing(self, version: int) -> None:
        self.write(document(1, "Nyare", version=2))
        assert self.write(document(1, "Äldre", version=version))[0].outcome is Outcome.CONFLICT
        assert self.found("nyare") == ["case:1"]
        assert self.found("äldre") == []

    def test_nothing_deleted_comes_back(self) -> None:
        self.write(document(1, "Borttagen"))
        assert self.apply(Write.delete("case:1", 3))[0].outcome is Outcome.OK
        assert self.write(document(1, "Borttagen", version=2))[0].outcome is Outcome.CONFLICT
        assert self.apply(Write.delete("case:1", 3))[0].outcome is Outcome.CONFLICT
        assert self.search("").total == 0
        assert self.backend.fetch(INDEX, ["case:1"], None) == {}
        assert list(self.backend.versions(INDEX)) == []
        assert self.write(document(1, "Återskapad", version=4))[0].outcome is Outcome.OK
        assert self.found("återskapad") == ["case:1"]

    def test_a_late_delete_does_not_remove_something_newer(self) -> None:
        self.write(document(1, "Kvar", version=5))
        assert self.apply(Write.delete("case:1", 4))[0].outcome is Outcome.CONFLICT
        assert self.found("kvar") == ["case:1"]

    def test_one_batch_may_hold_several_versions(self) -> None:
        results = self.write(
            document(1, "Först", version=1), document(1, "Sist", version=3),
            document(1, "Mitt", version=2), document(2, "Annan"),
        )  # fmt: skip
        assert [r.outcome for r in results] == [
            Outcome.OK, Outcome.OK, Outcome.CONFLICT, Outcome.OK,
        ]  # fmt: skip
        assert self.found("sist") == ["case:1"]
        assert self.search("").total == 2

    def test_versions_are_listed(self) -> None:
        self.write(document(1, "Ett", version=4), document(2, "Två", version=9))
        self.apply(Write.delete("case:2", 10))
        assert dict(self.backend.versions(INDEX)) == {"case:1": 4}

    # --- generations

    def test_a_rebuild_is_seen_only_when_it_is_whole(self) -> None:
        self.write(document(1, "Karta gammal"), document(2, "Karta överflödig"))
        seen: list[list[str]] = []

        def writes() -> Iterable[Write]:
            yield Write.upsert(document(1, "Karta ny", version=2))
            seen.append(self.found("karta gammal"))

        def settle(target: str) -> Iterable[Write]:
            assert dict(self.backend.versions(INDEX, target)) == {"case:1": 2}
            return [Write.upsert(document(3, "Karta sen", version=7))]

        assert rebuild(self.backend, INDEX, writes, settle=settle) == 1
        self.engine.forget_lexicons()
        assert "case:2" in seen[0] or "case:1" in seen[0]
        assert sorted(self.found("karta")) == ["case:1", "case:3"]
        assert self.found("gammal") == []
        assert self.write(document(1, "Karta nyast", version=3))[0].outcome is Outcome.OK

    def test_a_rebuild_that_breaks_leaves_the_old_index(self) -> None:
        self.write(document(1, "Karta"))

        def writes() -> Iterable[Write]:
            yield Write.upsert(document(2, "Halv karta"))
            raise RuntimeError("the database went away")

        with pytest.raises(RuntimeError):
            rebuild(self.backend, INDEX, writes)
        assert self.found("karta") == ["case:1"]

    def test_another_process_sees_writes_and_swaps(self, other: SearchBackend) -> None:
        reader = SearchEngine(other)
        self.write(document(1, "Karta ett"))
        assert reader.search(INDEX, "karta", PUBLIC).total == 1
        rebuild(self.backend, INDEX, lambda: [Write.upsert(document(2, "Karta två"))])
        assert [hit.id for hit in reader.search(INDEX, "karta", PUBLIC).hits] == ["case:2"]

    # --- state

    def test_state_is_kept_and_told_apart(self) -> None:
        assert self.backend.read_state("nowhere") is None
        self.backend.write_state(INDEX, b"one")
        first = self.backend.read_state(INDEX)
        assert first is not None
        assert first[1] == b"one"
        assert self.backend.read_state(INDEX, first[0]) is None
        time.sleep(0.01)
        self.backend.write_state(INDEX, b"two")
        second = self.backend.read_state(INDEX, first[0])
        assert second is not None
        assert second[1] == b"two"

    def test_health_and_size(self) -> None:
        self.write(document(1, "Karta"))
        health = self.backend.health()
        assert health.reachable
        assert health.engine == self.backend.name
        assert self.backend.size(INDEX) > 0
