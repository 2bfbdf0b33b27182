# SPDX-License-Identifier: EUPL-1.2
"""Showing a stored file page by page, as pictures made in a child process.

The file itself is only ever served as an attachment (:mod:`ui.downloads`): a browser opens nothing
that a stranger made, and still nobody has to fetch a letter to read it.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, Protocol

import structlog
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from casework.reading.jail import Broken, kept
from casework.reading.pages import COUNT_ONLY, READERS
from ui.base import DeskView

log = structlog.get_logger(__name__)

SECONDS = 10
MOST_SHOWN = 200
"""So many pages stand on one page of ours; the rest are read in the file."""


class StoredFile(Protocol):
    """A file of a room: what it is called, and what it holds."""

    pk: Any
    file: FieldFile
    original_name: str


def is_showable(name: str) -> bool:
    """Whether a file of this name has pages that can be shown."""
    return PurePath(name).suffix.lower() in READERS


def draw(file: StoredFile, number: int) -> tuple[int, bytes]:
    """How many pages a file has, and one of them as WebP; none where it cannot be shown."""
    question = {"suffix": PurePath(file.original_name).suffix.lower(), "number": number}
    try:
        with file.file.open("rb") as stored:
            told, picture = kept("casework.reading.pages", SECONDS).ask(question, stored.read())
    except (Broken, OSError) as error:
        log.warning("pages_unshown", file=file.pk, reason=type(error).__name__)
        return 0, b""
    return int(told.get("pages", 0)), picture


class PagesView(DeskView):
    """The pages of one file, and each of them as a picture.

    Attributes:
        url_name: of this view, with the file's key, and with a page's number.
        file_url_name: where the file is fetched.
    """

    template_name = "desk/pages.html"
    url_name = ""
    file_url_name = ""
    file: StoredFile

    def find(self, pk: int) -> StoredFile:
        """The file, if the person may read it.

        Raises:
            Http404: there is none, or none for this person.
        """
        raise NotImplementedError

    def text(self) -> str:
        """What it says, for those who do not read pictures, where that is known."""
        return ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the file, or answer as if it did not exist."""
        super().setup(request, *args, **kwargs)
        self.file = self.find(kwargs["pk"])
        if not is_showable(self.file.original_name):
            raise Http404

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, its list of pictures alone, or one picture."""
        number = kwargs.get("number")
        if number is None:
            return super().get(request, *args, **kwargs)
        _count, picture = draw(self.file, number)
        if not picture:
            raise Http404
        return HttpResponse(picture, content_type="image/webp")

    def get_template_names(self) -> list[str]:
        """The list alone where another page holds it."""
        is_part = bool(getattr(self.request, "htmx", False))
        return ["desk/page_pictures.html" if is_part else self.template_name]

    def get_page_title(self) -> str:
        """The file's name."""
        return self.file.original_name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Where each picture is."""
        count, _picture = draw(self.file, COUNT_ONLY)
        shown = range(1, min(count, MOST_SHOWN) + 1)
        return super().get_context_data(
            file=self.file,
            file_url=reverse(self.file_url_name, args=[self.file.pk]),
            count=count,
            pages=[(n, reverse(self.url_name, args=[self.file.pk, n])) for n in shown],
            text=self.text(),
            **kwargs,
        )
