# SPDX-License-Identifier: EUPL-1.2
"""What the sections of a report are for: which is empty, which holds the remiss, the opinion."""

from __future__ import annotations

from docgen.content import ReportContent, Section
from docgen.engine.richtext import parse_html

# The section under which the remiss, or the reason for none, is printed.
PREPARATION = "preparation"
OPINION = "opinion"
_STANDARD = {"ärendets beredning": PREPARATION, "beredning": PREPARATION}


def empty_sections(content: ReportContent) -> tuple[Section, ...]:
    """Sections without text, subsections or remiss: they are left out of the document."""
    printed = with_remiss(content)
    empty = []
    for number, section in enumerate(content.sections):
        following = content.sections[number + 1 : number + 2]
        heads = any(x.level > section.level for x in following)
        if not (_has_words(section.html) or heads or section is printed):
            empty.append(section)
    return tuple(empty)


def is_preparation(section: Section) -> bool:
    """Whether the remiss belongs in a section: also in one that was deleted and typed anew."""
    return PREPARATION in (section.key, _STANDARD.get(section.heading.strip().casefold()))


def is_opinion(section: Section) -> bool:
    """Whether a section holds the sender's own view of the matter."""
    return section.key == OPINION or section.heading.strip().casefold().endswith("synpunkter")


def has_text(sections: tuple[Section, ...], section: Section) -> bool:
    """Whether there is text under a heading, in its own section or in those below it."""
    place = sections.index(section)
    for below in sections[place + 1 :]:
        if below.level <= section.level:
            break
        if _has_words(below.html):
            return True
    return _has_words(section.html)


def _has_words(html: str) -> bool:
    return any(block.text.strip() for block in parse_html(html))


def with_remiss(content: ReportContent) -> Section | None:
    """The one section in which the remiss, or the reason for none, is printed (R65)."""
    if content.consultation is None:
        return None
    return next((x for x in content.sections if is_preparation(x)), None)
