# SPDX-License-Identifier: EUPL-1.2
"""The neutral placeholder crest: a plain shield with three waves, ours to give away.

Drawn once and kept as a file beside this one; redraw with ``python -m docgen.engine.crest``.
"""

from __future__ import annotations

import math
from pathlib import Path

FILE = Path(__file__).parent / "assets" / "crest.png"
ALT_TEXT = "Kommunens vapen (platshållare)"
_BLUE = (15, 76, 92, 255)
_WHITE = (255, 255, 255, 255)


def draw(scale: int = 4, width: int = 192, height: int = 232) -> None:
    """Draw large, scale down for smooth edges, save with a small palette."""
    from PIL import Image, ImageDraw

    image = Image.new("RGBA", (width * scale, height * scale), (255, 255, 255, 0))
    pen = ImageDraw.Draw(image)

    def shield(inset: float) -> list[tuple[float, float]]:
        left, right = inset, width - inset
        top, shoulder, point = inset, height * 0.52, height - inset * 1.35
        sides = []
        for step in range(61):
            angle = math.pi * step / 60
            # The lower half: an arch that narrows to the point.
            x = width / 2 + (right - left) / 2 * math.cos(angle)
            y = shoulder + (point - shoulder) * math.sin(angle) ** 0.8
            sides.append((x * scale, y * scale))
        return [(left * scale, top * scale), (right * scale, top * scale), *sides]

    pen.polygon(shield(4), fill=_BLUE)
    pen.polygon(shield(12), fill=_WHITE)
    pen.polygon(shield(18), fill=_BLUE)
    waves = Image.new("RGBA", image.size, _BLUE)
    pen = ImageDraw.Draw(waves)
    for row in range(3):
        base = height * (0.30 + 0.17 * row)
        upper, lower = [], []
        for x in range(0, width + 1, 2):
            wave = 7 * math.sin(x / width * 4 * math.pi)
            upper.append((x * scale, (base + wave) * scale))
            lower.append((x * scale, (base + wave + 13) * scale))
        pen.polygon([*upper, *reversed(lower)], fill=_WHITE)
    field = Image.new("L", image.size, 0)
    ImageDraw.Draw(field).polygon(shield(18), fill=255)
    image.paste(waves, mask=field)
    mask = Image.new("L", image.size, 0)
    ImageDraw.Draw(mask).polygon(shield(4), fill=255)
    image.putalpha(mask)
    small = image.resize((width, height), Image.Resampling.LANCZOS)
    FILE.parent.mkdir(exist_ok=True)
    small.quantize(64).save(FILE, optimize=True)


if __name__ == "__main__":
    draw()
