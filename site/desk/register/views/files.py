# SPDX-License-Identifier: EUPL-1.2
"""A record's file, for those let in to the record: as an attachment, or its pages as pictures.

A file has no public variant: it and its name hold what the record's public face leaves out (OSL
5:2). Whom publicity alone lets in reads the files that a registrar shows to everybody.
"""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest

from casework.register.models import Record, RecordFile
from casework.register.selectors import text_of_file
from ui.downloads import attachment
from ui.links import url_for
from ui.pages import PagesView


def download(request: HttpRequest, pk: int) -> FileResponse:
    """The file, or nothing there."""
    file = _file(request, pk)
    return attachment(file.file, name=file.original_name, content_type=file.content_type)


class FilePagesView(PagesView):
    """The file's pages, read beside its case."""

    url_name = "desk_file_page"
    file_url_name = "desk_file"
    file: RecordFile

    def find(self, pk: int) -> RecordFile:
        """The file, or nothing there."""
        return _file(self.request, pk)

    def text(self) -> str:
        """What was read of it for search."""
        return text_of_file(self.file)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the way back to the case."""
        case = self.file.record.case
        return super().get_context_data(back=url_for(case, "desk"), where=case.dnr, **kwargs)


def _file(request: HttpRequest, pk: int) -> RecordFile:
    file = RecordFile.objects.select_related("record__case").filter(pk=pk).first()
    shown = Record.objects.shown_to(request.user).filter(is_internal=True, disposed_at=None)
    if file is None or not shown.filter(pk=file.record_id).exists():
        raise Http404
    return file
