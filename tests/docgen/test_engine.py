# SPDX-License-Identifier: EUPL-1.2
"""The engine: same bytes, every text survives, lists restart, nothing is left over."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import re
import zipfile
from datetime import date

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from docgen.content import (
    DecisionGroup,
    DecisionPoint,
    ReportContent,
    Section,
    Signatory,
    from_json,
    to_json,
)
from docgen.engine import ENGINE_VERSION, fields
from docgen.engine.controls import all_controls, full_key
from docgen.engine.errors import TemplateError
from docgen.engine.ooxml import MC, W15, attribute, clean_text, w
from docgen.engine.package import Package
from docgen.engine.pages import estimate
from docgen.engine.properties import read_provenance, read_title
from docgen.engine.render import story_parts
from docgen.engine.richtext import normalise_html, parse_html
from docgen.services.generation import SHIPPED
from docgen.trial import FULL
from tests.docgen.rendering import TEMPLATE, body, list_numbers, make, places, read, styled

CHARACTERS = "".join(map(chr, range(0x250))) + "åäöÅÄÖ€–”’😀👩‍🚒\u2028\ufffe\uffff\ud800"
texts = st.text(alphabet=st.sampled_from(CHARACTERS), max_size=60) | st.text(max_size=60)


def test_the_shipped_template_is_the_built_one():
    assert SHIPPED.read_bytes() == TEMPLATE


def test_equal_input_gives_equal_bytes_and_a_new_revision_does_not(rich_content):
    first = make(rich_content).data
    assert first == make(rich_content).data
    assert first != make(rich_content, revision="8").data
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {x.date_time for x in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert len(archive.namelist()) == len(set(archive.namelist()))


#: What the engine makes of two full reports, by its version. Another number means that
#: documents would come out otherwise than before: raise ENGINE_VERSION and write it here.
KNOWN = {"1.2": "5a4995e6df7a94cd4f4b879d37e24e6c407305f60b8d23825a75ad1f5f4ab30c"}


def test_the_same_bytes_as_ever_or_another_version_of_the_engine(rich_content):
    """Parts are compared, unpacked: another zlib packs the same text otherwise."""
    made = hashlib.sha256()
    for content in (FULL, rich_content):
        with zipfile.ZipFile(io.BytesIO(make(content).data)) as archive:
            for name in archive.namelist():
                if name != "docProps/custom.xml":  # names the version
                    made.update(name.encode() + archive.read(name))
    assert KNOWN.get(ENGINE_VERSION) == made.hexdigest()


def test_content_survives_json(rich_content, founding):
    for content in (rich_content, founding):
        assert from_json(ReportContent, to_json(content)) == content
    with pytest.raises(ValueError, match="okända nycklar"):
        from_json(ReportContent, to_json(rich_content) | {"titel": "x"})


def _one(title: str, point: str, html: str) -> ReportContent:
    return ReportContent(
        title=title,
        dnr=("KS 2026/1",),
        administration="SLK",
        date=date(2026, 1, 1),
        decisions=(DecisionGroup("g", "KS", (DecisionPoint("p", point),)),),
        signatories=(Signatory("s", "Namn"),),
        sections=(Section("a", "Rubrik", html),),
    )


@given(texts, texts)
def test_any_text_survives_and_reads_back(title, point):
    found = places(read(make(_one(title, point, "")).data))
    for key, text in ((("title", ""), title), (("decision.text", "p"), point)):
        if clean_text(text).strip():
            assert found[key] == clean_text(text).replace("\u2011", "-")
        else:
            assert key not in found


_runs = st.builds(
    lambda text, tag: f"<{tag}>{text}</{tag}>" if tag else text,
    st.sampled_from(["ord", "å & ä", "a < b", "😀", " luft ", "x" * 200]).map(
        lambda x: x.replace("&", "&amp;").replace("<", "&lt;")
    ),
    st.sampled_from(["", "b", "i", 'a href="https://example.org/?q=å&amp;r=1"']),
).map(lambda x: re.sub(r"</a [^>]*>", "</a>", x))
_inline = st.lists(_runs, min_size=1, max_size=4).map("".join)
_points = st.lists(_inline, min_size=1, max_size=3)
_blocks = st.one_of(
    _inline.map(lambda x: f"<p>{x}</p>"),
    _inline.map(lambda x: f"<h3>{x}</h3>"),
    st.tuples(st.sampled_from(["ul", "ol"]), _points).map(
        lambda x: f"<{x[0]}>" + "".join(f"<li>{y}</li>" for y in x[1]) + f"</{x[0]}>"
    ),
)


@given(st.lists(_blocks, min_size=1, max_size=6).map("".join))
def test_any_running_text_survives_and_reads_back(html):
    found = places(read(make(_one("T", "P", html)).data))
    assert found["section.body", "a"] == normalise_html(html)


@given(st.text(max_size=300))
def test_normalising_html_is_stable_and_safe(text):
    html = normalise_html(text)
    assert normalise_html(html) == html
    assert "javascript:" not in html or "href" not in html


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "file:///etc/passwd", "//x.example/a", "data:text/html,x", "/a"]
)
def test_only_web_and_mail_links_become_links(href):
    (block,) = parse_html(f'<p><a href="{href}">ord</a></p>')
    assert [(x.text, x.href) for x in block.runs] == [("ord", "")]


def test_every_list_starts_at_one(rich_content):
    package = Package.read(make(rich_content).data)
    decisions = list_numbers(package, "beslutspunkt")
    assert [n for n, _ in decisions[:2]] == [decisions[0][0]] * 2
    assert [n for n, _ in decisions[2:]] == [decisions[2][0]] * 3
    points = dict.fromkeys(n for n, _ in decisions + list_numbers(package, "list number"))
    numbering = package.xml("word/numbering.xml")
    made = {attribute(x, "numId"): x for x in numbering.iterfind(w("num"))}
    for number in points:
        start = made[number].find(f"{w('lvlOverride')}/{w('startOverride')}")
        assert attribute(start) == "1"
    # Two decision lists, two lists in the text, one of attachments.
    assert len(points) == 5


def test_headings_stand_in_order_and_are_real_styles(rich_content):
    package = Package.read(make(rich_content).data)
    found = [(name, text) for name, text in styled(package) if name.startswith(("heading", "tit"))]
    assert found == [
        ("title", rich_content.title),
        ("heading 1", "Förslag till beslut"),
        ("heading 1", "Sammanfattning"),
        ("heading 1", "Bakgrund"),
        ("heading 2", "Mellanrubrik"),
        ("heading 1", "Ärendet"),
        ("heading 2", "Underrubrik"),
        ("heading 1", "Ärendets beredning"),
        ("heading 1", "Anknytande ärenden"),
        ("heading 1", "Bilagor"),
    ]
    used = {name for name, _ in styled(package)}
    assert {"body text", "list number", "list bullet", "signature", "subtitle"} <= used


def test_signatures_come_between_decisions_and_text(rich_content):
    order = [text for _, text in styled(Package.read(make(rich_content).data))]
    assert (
        order.index("Punkt 5 & <mer>.")
        < order.index("Robin Berg")
        < order.index("Charlie Ström")
        < order.index("Sammanfattning")
    )


def test_the_runs_carry_no_direct_formatting(rich_content):
    allowed = {w("rStyle")}
    for run in body(Package.read(make(rich_content).data)).iter(w("rPr")):
        assert {x.tag for x in run} <= allowed


def test_word_shows_no_key_to_those_who_click_in_the_text(rich_content):
    """Each control showed ”decision.text#0e991dc9-0757-52de…” as its title."""
    package = Package.read(make(rich_content).data)
    for part in story_parts(package):
        root = package.xml(part)
        for control in all_controls(root):
            (shown,) = control.find(w("sdtPr")).findall(f"{{{W15}}}appearance")
            assert shown.get(f"{{{W15}}}val") == "hidden"
        assert "w15" in root.get(f"{{{MC}}}Ignorable", "").split()


def test_nothing_is_left_over(rich_content):
    minimal = _one("T", "P", "<p>x</p>")
    for content in (rich_content, minimal):
        package = Package.read(make(content).data)
        for part in story_parts(package):
            root = package.xml(part)
            shown = "".join(x.text or "" for x in root.iter(w("t")))
            assert "[" not in shown
            assert "PlaceholderText" not in {attribute(x) for x in root.iter(w("rStyle"))}
            assert root.find(f".//{w('showingPlcHdr')}") is None
            for entry in fields.find_fields(root):
                assert entry.ended
                assert entry.name in fields.SELF_UPDATING
        ids = [
            attribute(x.find(f"{w('sdtPr')}/{w('id')}"))
            for part in story_parts(package)
            for x in all_controls(package.xml(part))
        ]
        assert len(ids) == len(set(ids))
        assert all(len(full_key(x)) <= 64 for x in all_controls(body(package)))


def test_what_is_absent_takes_its_label_with_it():
    shown = " ".join(text for _, text in styled(Package.read(make(_one("T", "P", "")).data)))
    for label in ("Telefon", "Sammanträde", "Bilagor", "Anknytande", "Remissinstans"):
        assert label not in shown


def test_properties_language_and_provenance(rich_content):
    data = make(rich_content).data
    package = Package.read(data)
    assert read_title(package) == rich_content.title
    assert read_provenance(package) == {
        "InitiativDnr": "KS 2026/12, KS 2026/15",
        "InitiativReport": "3",
        "InitiativRevision": "7",
    }
    document = Document(io.BytesIO(data))
    assert document.core_properties.language == "sv-SE"
    assert document.core_properties.author == "Stadsledningskontoret"
    assert document.core_properties.last_modified_by == ""
    assert 'w:val="sv-SE"' in package.raw("word/styles.xml").decode()
    assert "Mall för" not in package.raw("docProps/core.xml").decode()


def test_bound_values_are_written_on_both_sides(rich_content):
    package = Package.read(make(rich_content).data)
    store = package.xml("customXml/item1.xml")
    values = {x.tag.rpartition("}")[2]: x.text for x in store}
    assert values["title"] == rich_content.title
    assert values["dnr"] == "KS\u00a02026/12, KS\u00a02026/15"
    header = "".join(x.text or "" for x in package.xml("word/header2.xml").iter(w("t")))
    assert rich_content.title in header
    plain = make(dataclasses.replace(rich_content, kind_line="")).data
    assert Package.read(plain).xml("customXml/item1.xml").findtext("{*}kind_line") in (None, "")


def test_page_numbers_are_right_before_word_counts(founding):
    rendering = make(founding)
    package = Package.read(rendering.data)
    shown = {}
    for part in ("word/header1.xml", "word/header2.xml"):
        text = "".join(x.text or "" for x in package.xml(part).iter(w("t")))
        found = re.search(r"Sida \d+ \(\d+\)", text)
        assert found
        shown[part] = found.group()
    assert shown == {
        "word/header1.xml": f"Sida 1 ({rendering.pages})",
        "word/header2.xml": f"Sida 2 ({rendering.pages})",
    }
    assert estimate(package).pages == rendering.pages


def test_late_signatures_are_noticed(founding):
    long = DecisionGroup("x", "KS", tuple(DecisionPoint(f"l{n}", "ord " * 60) for n in range(20)))
    assert make(founding).signature_page == 1
    late = make(dataclasses.replace(founding, decisions=(long,))).signature_page
    assert late is not None
    assert late > 1


def test_unknown_keys_stop_the_rendering(rich_content):
    package = Package.read(TEMPLATE)
    control = next(iter(body(package).iter(w("sdt"))))
    control.find(f"{w('sdtPr')}/{w('alias')}").set(w("val"), "handlagare")
    with pytest.raises(TemplateError, match="handlagare"):
        make(rich_content, package.save())


def test_tables_keep_their_rows_whole(rich_content):
    for row in body(Package.read(make(rich_content).data)).iter(w("tr")):
        assert row.find(f"{w('trPr')}/{w('cantSplit')}") is not None
