# SPDX-License-Identifier: EUPL-1.2
"""What the editors' pages show beside their text, read from the public diary's own table."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from casework.organisation.models import Body, ServiceArea
from casework.planning.enums import RoundState
from casework.planning.models import Round, RoundArea
from casework.planning.selectors import next_rounds, round_for, rounds_in_motion
from casework.process.enums import stage_words
from casework.process.graph import PICTURES, Picture
from casework.process.machine import ways_of
from city.content.models import AreaPage
from ui.links import url_for
from ui.present import tag_of
from ui.public_diary import public_cases


def latest_decisions(count: int) -> list[dict[str, Any]]:
    """The newest decisions."""
    decided = public_cases().exclude(decided_on=None).order_by("-decided_on", "-case_id")
    return [
        {
            "title": case.title,
            "url": url_for(case, "public"),
            "date": case.decided_on,
            "tag": tag_of(case),
            "meta": case.dnr,
        }
        for case in decided[:count]
    ]


def areas_with_counts() -> list[dict[str, Any]]:
    """The areas in force, each with its page and how much it holds."""
    shown = Q(public_cases__in=public_cases().order_by().values("pk"))
    areas = ServiceArea.objects.in_force().annotate(
        total=Count("public_cases", filter=shown),
        decided=Count("public_cases", filter=shown & Q(public_cases__decided_on__isnull=False)),
    )
    # Editors may give the pages other addresses; an area without a page leads to the diary.
    pages = {page.service_area_id: page.url for page in AreaPage.objects.live()}
    return [
        {
            "name": area.name,
            "description": area.description,
            "url": pages.get(area.pk) or reverse("public_diary"),
            "total": area.total,
            "decided": area.decided,
        }
        for area in areas
    ]


def area_overview(area: ServiceArea, page_number: str | None) -> dict[str, Any]:
    """What the area has decided, newest first, and what is under way there."""
    own = public_cases().filter(service_area=area)
    decided = own.exclude(decided_on=None).order_by("-decided_on", "-case_id")
    under_way = own.filter(decided_on=None).order_by("-received_date", "-case_id")
    page = Paginator(decided, 20).get_page(page_number)
    return {
        "area": area,
        "decided": page,
        "decided_rows": [(row, tag_of(row)) for row in page],
        "rounds": [part.round for part in _parts(area)],
        "under_way": list(under_way[:30]),
        "under_way_count": under_way.count(),
        "groups": Body.objects.in_force().filter(service_area=area),
    }


def _parts(area: ServiceArea) -> list[RoundArea]:
    """The open rounds in which the area takes part, the nearest decision first."""
    return list(
        RoundArea.objects.filter(service_area=area, round__state=RoundState.OPEN)
        .select_related("round__cycle")
        .order_by("round__decision_on", "pk")
    )


def bodies_in_force() -> list[Body]:
    """Who prepares and who decides, for the page about the model."""
    return list(Body.objects.in_force().select_related("service_area").order_by("pk"))


def rounds() -> list[Round]:
    """The rounds in motion, the nearest decision first: several run at once (R53).

    In a city where none is open yet, the one that comes first.
    """
    return rounds_in_motion() or next_rounds()[:1]


def round_taking_ideas() -> Round | None:
    """The round that an idea of today belongs to, if one takes ideas in."""
    return round_for(timezone.localdate())


def machines() -> list[dict[str, Any]]:
    """The transitions of both machines in words, as the text beside the process pictures."""
    return [{"title": picture.title, "ways": _ways(picture)} for picture in PICTURES]


def _ways(picture: Picture) -> list[dict[str, Any]]:
    """The transitions that people take, by the codes of their stages; carried ones follow."""
    return [
        {
            "label": way.spec.label,
            "sources": [stage_words(source) for source in picture.places if source in way.sources],
            "target": stage_words(way.target),
        }
        for way in ways_of(picture.model).values()
    ]
