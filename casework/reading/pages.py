# SPDX-License-Identifier: EUPL-1.2
"""Pages of a document as pictures, made by a child: ``python -m casework.reading.pages``.

What came in is looked at without a program of one's own, and without a browser opening what a
stranger made: what leaves the child is a picture of its pixels.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casework.reading.jail import Answer, limit_this_process, serve

if TYPE_CHECKING:
    from PIL.Image import Image

MEMORY_BYTES = 700 * 1024 * 1024
DATA_BYTES = 300 * 1024 * 1024
CPU_SECONDS = 6
COUNT_ONLY = 0
WIDTH = 1_000
"""Pixels: a page of A4 is read without a glass."""
MOST_PIXELS = 6_000_000
"""A page that is higher than wide by much is drawn narrower."""
_MOST_HIGH = 16_000
"""WebP knows no higher picture than 16,383."""
_MOST_IN_FILE = 60_000_000


class Unshown(Exception):
    """The file has no such page, or none that can be drawn."""


def _pdf(data: bytes, number: int) -> tuple[int, Image | None]:
    import pypdfium2  # only the child needs it

    document = pypdfium2.PdfDocument(data)
    count = len(document)
    if number == COUNT_ONLY:
        return count, None
    if not 1 <= number <= count:
        raise Unshown
    page = document[number - 1]
    width, height = page.get_size()
    if width <= 0 or height <= 0:
        raise Unshown
    return count, page.render(scale=_scale(width, height)).to_pil()


def _picture(data: bytes, number: int) -> tuple[int, Image | None]:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = _MOST_IN_FILE
    with Image.open(io.BytesIO(data), formats=("TIFF", "PNG", "JPEG")) as picture:
        count = getattr(picture, "n_frames", 1)
        if number == COUNT_ONLY:
            return count, None
        if not 1 <= number <= count:
            raise Unshown
        picture.seek(number - 1)
        if picture.width * picture.height > _MOST_IN_FILE:
            raise Unshown
        shown = ImageOps.exif_transpose(picture).convert("RGB")
    scale = min(1, _scale(shown.width, shown.height))
    size = (max(1, round(shown.width * scale)), max(1, round(shown.height * scale)))
    return count, shown.resize(size, Image.Resampling.LANCZOS) if scale < 1 else shown


def _scale(width: float, height: float) -> float:
    """By how much a page is drawn larger or smaller."""
    return min(WIDTH / width, _MOST_HIGH / height, (MOST_PIXELS / (width * height)) ** 0.5)


READERS: dict[str, Callable[[bytes, int], tuple[int, Image | None]]] = {
    ".pdf": _pdf,
    **dict.fromkeys((".tif", ".tiff", ".png", ".jpg", ".jpeg"), _picture),
}
"""By what a file's name ends in."""


def page_of(data: bytes, suffix: str, number: int) -> tuple[int, bytes]:
    """How many pages a file has, and one of them as WebP.

    Args:
        number: of the page, from one; ``COUNT_ONLY`` draws none.

    Raises:
        Unshown: there is no such page, or the file is broken, locked or of another kind.
    """
    reader = READERS.get(suffix)
    if reader is None:
        raise Unshown
    try:
        count, picture = reader(data, number)
        kept = io.BytesIO()
        if picture is not None:
            picture.save(kept, "WEBP", quality=80, method=2)
    except (MemoryError, RecursionError, Unshown):
        raise
    except Exception as error:  # a reader raises what a broken file makes it raise
        raise Unshown from error
    return count, kept.getvalue()


def answer(question: dict[str, Any], data: bytes) -> Answer:
    """One page of a file as bytes, and of how many."""
    try:
        count, picture = page_of(data, str(question["suffix"]), int(question["number"]))
    except Unshown:
        return {"pages": 0}, b""
    return {"pages": count}, picture


def main() -> None:
    """Answer about files on standard input."""
    limit_this_process(MEMORY_BYTES, DATA_BYTES)
    serve(answer, seconds=CPU_SECONDS)


if __name__ == "__main__":
    main()
