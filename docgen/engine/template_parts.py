# SPDX-License-Identifier: EUPL-1.2
"""Pieces of WordprocessingML that the shipped template is put together from."""

from __future__ import annotations

from docgen.engine.binding import STORE_NAMESPACE

STORE_ID = "{6B1E2F0C-3A55-4C9D-9B7E-0C7C2A5D1F31}"
# Values that stand once in a document are bound to the store, so that Word keeps all places alike.
BOUND = ("administration", "department", "document_type", "dnr", "date", "title", "kind_line")


class Builder:
    """Pieces of WordprocessingML; counts control ids so that none is used twice."""

    def __init__(self, first_id: int) -> None:
        self._id = first_id

    def control(self, key: str, content: str, *, kind: str = "") -> str:
        """A content control with alias and tag alike."""
        self._id += 1
        binding = locked = ""
        if key in BOUND:
            # What stands once is not deleted by mistake, the register's number not even changed.
            # Items of a repeat are free: an official takes a point away as any other line.
            locked = f'<w:lock w:val="{"sdtContentLocked" if key == "dnr" else "sdtLocked"}"/>'
            binding = (
                f"<w:dataBinding w:prefixMappings=\"xmlns:i='{STORE_NAMESPACE}'\" "
                f'w:xpath="/i:report[1]/i:{key}[1]" w:storeItemID="{STORE_ID}"/>'
            )
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="{key}"/><w:tag w:val="{key}"/>'
            f'<w:id w:val="{self._id}"/>{locked}{binding}{kind}</w:sdtPr>'
            f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )

    def text(self, key: str, shown: str) -> str:
        """A control inside a line."""
        run = f'<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>[{shown}]</w:t></w:r>'
        return self.control(key, run, kind="<w:text/>")

    def rich(self, key: str, shown: str, style: str = "BodyText") -> str:
        """A control around paragraphs."""
        run = f'<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>[{shown}]</w:t></w:r>'
        return self.control(key, paragraph(style, run))

    def block(self, key: str, content: str) -> str:
        """A repeat or a group around whole paragraphs."""
        return self.control(key, content)


def paragraph(style: str, content: str, extra: str = "") -> str:
    """A paragraph in a style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{content}</w:p>'


def run(text: str) -> str:
    """A run of plain text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code: str, shown: str) -> str:
    """A complex field with a cached result."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{shown}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def cell(width: int, content: str, extra: str = "") -> str:
    """A table cell."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{extra}</w:tcPr>{content}</w:tc>'


def border(side: str, color: str) -> str:
    """A thin line along one side of a cell."""
    return (
        f'<w:tcBorders><w:{side} w:val="single" w:sz="4" w:space="0" w:color="{color}"/>'
        "</w:tcBorders>"
    )


def row(content: str, *, header: bool = False) -> str:
    """A table row that is never split over pages."""
    head = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{content}</w:tr>"


def table(
    widths: list[int],
    rows: str,
    *,
    style: str = "TableNormal",
    caption: str = "",
    margins: str = "",
) -> str:
    """A table of fixed widths, with a caption for those who listen to it."""
    grid = "".join(f'<w:gridCol w:w="{x}"/>' for x in widths)
    described = f'<w:tblCaption w:val="{caption}"/>' if caption else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{margins}<w:tblLook w:val="0020" w:firstRow="1" '
        'w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"{described}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


FLUSH = (
    '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="170" w:type="dxa"/></w:tblCellMar>'
)
