# SPDX-License-Identifier: EUPL-1.2
"""Styles and lists of the shipped template.

Type sizes and spacing are the template's only look: documents carry style names, so a city that
edits these styles in Word changes every document made afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass

from docgen.engine.ooxml import W

SERIF = "Times New Roman"
SANS = "Arial"
ACCENT = "0F4C5C"
LANGUAGE = "sv-SE"


@dataclass(frozen=True, slots=True)
class _Style:
    """One paragraph style; measures in twips, size in half points."""

    id: str
    name: str
    based: str = "Normal"
    following: str = ""
    font: str = ""
    size: int = 0
    bold: bool = False
    italic: bool = False
    color: str = ""
    before: int | None = None
    after: int | None = None
    line: int | None = None
    left: int | None = None
    hanging: int = 0
    outline: int | None = None
    keep_next: bool = False
    keep_lines: bool = False
    contextual: bool = False
    number: int = 0
    tabs: str = ""
    quick: bool = True
    priority: int = 1


PARAGRAPHS = (
    _Style("BodyText", "Body Text", before=120, after=60, line=264),
    _Style(
        "Title",
        "Title",
        following="BodyText",
        font=SANS,
        size=34,
        bold=True,
        before=360,
        after=60,
        line=252,
        keep_next=True,
        keep_lines=True,
    ),
    _Style(
        "Subtitle",
        "Subtitle",
        following="BodyText",
        font=SANS,
        size=22,
        color="404A4D",
        before=0,
        after=60,
        keep_next=True,
        keep_lines=True,
    ),
    _Style(
        "Heading1",
        "heading 1",
        following="BodyText",
        font=SANS,
        size=26,
        bold=True,
        before=300,
        after=60,
        outline=0,
        keep_next=True,
        keep_lines=True,
    ),
    _Style(
        "Heading2",
        "heading 2",
        following="BodyText",
        font=SANS,
        size=22,
        bold=True,
        before=220,
        after=40,
        outline=1,
        keep_next=True,
        keep_lines=True,
    ),
    _Style(
        "Heading3",
        "heading 3",
        following="BodyText",
        font=SANS,
        size=21,
        italic=True,
        before=160,
        after=0,
        outline=2,
        keep_next=True,
        keep_lines=True,
    ),
    _Style(
        "ListNumber", "List Number", "BodyText", before=0, after=60, left=454, hanging=454, number=1
    ),
    _Style(
        "ListBullet", "List Bullet", "BodyText", before=0, after=60, left=454, hanging=454, number=2
    ),
    _Style(
        "Beslutsled",
        "Beslutsled",
        "BodyText",
        following="ListNumber",
        before=160,
        after=60,
        keep_next=True,
        keep_lines=True,
    ),
    _Style("Beslutspunkt", "Beslutspunkt", "ListNumber", keep_lines=True),
    _Style(
        "Signature",
        "Signature",
        before=80,
        font=SANS,
        size=20,
        bold=True,
        keep_next=True,
    ),
    _Style("Underskriftsrum", "Underskrift rum", before=500, size=8, keep_next=True),
    _Style("Underskriftstitel", "Underskriftstitel", font=SANS, size=18, keep_lines=True),
    _Style(
        "Etikett", "Etikett", font=SANS, size=18, bold=True, color=ACCENT, after=20, keep_next=True
    ),
    _Style("Uppgift", "Uppgift", font=SANS, size=19, line=252),
    _Style("Uppgiftsnamn", "Uppgift namn", "Uppgift", before=60),
    _Style("Tabellinledning", "Tabellinledning", "BodyText", after=120, keep_next=True),
    _Style("Huvudstart", "Huvud avsändare", font=SANS, size=19, line=252),
    _Style("Huvudavsandare", "Huvud förvaltning", "Huvudstart", bold=True),
    _Style("Huvudtyp", "Huvud dokumenttyp", font=SANS, size=21, bold=True, color=ACCENT, after=20),
    _Style("Tabelltext", "Tabelltext", font=SANS, size=18, before=30, after=30),
    _Style("Tabellhuvud", "Tabellhuvud", "Tabelltext", bold=True, keep_next=True),
    _Style("Header", "header", font=SANS, size=18, quick=False, priority=99),
    _Style("Footer", "footer", font=SANS, size=16, quick=False, priority=99),
)

_CHARACTERS = f"""
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
  <w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/>
  <w:uiPriority w:val="22"/><w:qFormat/><w:rPr><w:b/><w:bCs/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Emphasis"><w:name w:val="Emphasis"/>
  <w:uiPriority w:val="20"/><w:qFormat/><w:rPr><w:i/><w:iCs/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>
  <w:uiPriority w:val="99"/><w:rPr><w:color w:val="{ACCENT}"/><w:u w:val="single"/></w:rPr>
</w:style>
<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/>
  <w:uiPriority w:val="99"/><w:semiHidden/><w:rPr><w:color w:val="666666"/></w:rPr></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
  <w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0"
  w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>
  <w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>
</w:style>
<w:style w:type="table" w:styleId="Tabell"><w:name w:val="Tabell"/><w:basedOn
  w:val="TableNormal"/><w:uiPriority w:val="59"/><w:tblPr><w:tblBorders>
  <w:top w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>
  <w:bottom w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>
  <w:insideH w:val="single" w:sz="4" w:space="0" w:color="B8C2C4"/></w:tblBorders></w:tblPr>
</w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>
  <w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>
"""


def _paragraph(style: _Style) -> str:
    parts = [
        f'<w:style w:type="paragraph" w:styleId="{style.id}"'
        + ("" if style.name[0].islower() or style.name in _BUILT_IN else ' w:customStyle="1"')
        + f'><w:name w:val="{style.name}"/><w:basedOn w:val="{style.based}"/>'
    ]
    if style.following:
        parts.append(f'<w:next w:val="{style.following}"/>')
    parts.append(f'<w:uiPriority w:val="{style.priority}"/>')
    if style.quick:
        parts.append("<w:qFormat/>")
    parts.append(f"<w:pPr>{''.join(_paragraph_properties(style))}</w:pPr>")
    parts.append(f"<w:rPr>{''.join(_run_properties(style))}</w:rPr></w:style>")
    return "".join(parts)


_BUILT_IN = {"Body Text", "Title", "Subtitle", "List Number", "List Bullet", "Signature"}


def _paragraph_properties(style: _Style) -> list[str]:
    parts = []
    if style.keep_next:
        parts.append("<w:keepNext/>")
    if style.keep_lines:
        parts.append("<w:keepLines/>")
    if style.number:
        parts.append(f'<w:numPr><w:numId w:val="{style.number}"/></w:numPr>')
    if style.tabs:
        parts.append(f"<w:tabs>{style.tabs}</w:tabs>")
    spacing = "".join(
        f' w:{name}="{value}"'
        for name, value in (("before", style.before), ("after", style.after), ("line", style.line))
        if value is not None
    )
    if spacing:
        rule = ' w:lineRule="auto"' if style.line is not None else ""
        parts.append(f"<w:spacing{spacing}{rule}/>")
    if style.left is not None:
        parts.append(f'<w:ind w:left="{style.left}" w:hanging="{style.hanging}"/>')
    if style.contextual:
        parts.append("<w:contextualSpacing/>")
    if style.outline is not None:
        parts.append(f'<w:outlineLvl w:val="{style.outline}"/>')
    return parts


def _run_properties(style: _Style) -> list[str]:
    parts = []
    if style.font:
        parts.append(
            f'<w:rFonts w:ascii="{style.font}" w:hAnsi="{style.font}" w:cs="{style.font}"/>'
        )
    if style.bold:
        parts.append("<w:b/><w:bCs/>")
    if style.italic:
        parts.append("<w:i/><w:iCs/>")
    if style.color:
        parts.append(f'<w:color w:val="{style.color}"/>')
    if style.size:
        parts.append(f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>')
    return parts


def styles_xml() -> str:
    """The styles part."""
    fonts = f'w:ascii="{SERIF}" w:hAnsi="{SERIF}" w:eastAsia="{SERIF}" w:cs="{SERIF}"'
    return (
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/>'
        '<w:sz w:val="23"/><w:szCs w:val="23"/>'
        f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/></w:rPr>'
        '</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr>'
        "</w:pPrDefault>"
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl/></w:pPr></w:style>'
        + "".join(_paragraph(style) for style in PARAGRAPHS)
        + _CHARACTERS
        + "</w:styles>"
    )


def numbering_xml() -> str:
    """Two list shapes: decisions and other numbered lists, and bullets."""
    numbers = ("decimal", "lowerLetter", "lowerRoman") * 3
    bullets = ("•", "–") * 5
    levels_n = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{numbers[level]}"/>'
        + ('<w:pStyle w:val="ListNumber"/>' if level == 0 else "")
        + f'<w:lvlText w:val="%{level + 1}."/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{454 * (level + 1)}" w:hanging="454"/></w:pPr></w:lvl>'
        for level in range(9)
    )
    levels_b = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        + ('<w:pStyle w:val="ListBullet"/>' if level == 0 else "")
        + f'<w:lvlText w:val="{bullets[level]}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{454 * (level + 1)}" w:hanging="454"/></w:pPr></w:lvl>'
        for level in range(9)
    )
    return (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="1"><w:multiLevelType '
        f'w:val="multilevel"/>{levels_n}</w:abstractNum><w:abstractNum w:abstractNumId="2">'
        f'<w:multiLevelType w:val="multilevel"/>{levels_b}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>'
    )
