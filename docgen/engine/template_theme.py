# SPDX-License-Identifier: EUPL-1.2
"""The theme and font table that Word expects, as small as it accepts them."""

from __future__ import annotations

from docgen.engine.ooxml import A, W
from docgen.engine.template_styles import ACCENT, SANS, SERIF

_COLOURS = (
    ("dk1", "000000"),
    ("lt1", "FFFFFF"),
    ("dk2", "26363A"),
    ("lt2", "EEF2F2"),
    ("accent1", ACCENT),
    ("accent2", "9A4B12"),
    ("accent3", "5B6B70"),
    ("accent4", "3F6B3A"),
    ("accent5", "6A4C7D"),
    ("accent6", "8A1F2B"),
    ("hlink", ACCENT),
    ("folHlink", "6A4C7D"),
)


def theme_xml() -> str:
    """Our colours and fonts; the styles do not depend on it."""
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS
    )

    def fonts(name: str, face: str) -> str:
        return (
            f'<a:{name}><a:latin typeface="{face}"/><a:ea typeface=""/>'
            f'<a:cs typeface=""/></a:{name}>'
        )

    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme xmlns:a="{A}" name="Initiativ"><a:themeElements>'
        f'<a:clrScheme name="Initiativ">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Initiativ">{fonts("majorFont", SANS)}{fonts("minorFont", SERIF)}'
        f'</a:fontScheme><a:fmtScheme name="Initiativ"><a:fillStyleLst>{fill * 3}'
        f"</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}"
        f"</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


def fonts_xml() -> str:
    """The fonts used, with what a machine that lacks them may take instead."""

    def font(name: str, other: str, family: str) -> str:
        return (
            f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="00"/>'
            f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        )

    return (
        f'<w:fonts xmlns:w="{W}">{font(SANS, "Liberation Sans", "swiss")}'
        f"{font(SERIF, 'Liberation Serif', 'roman')}</w:fonts>"
    )
