# SPDX-License-Identifier: EUPL-1.2
"""What the editors' pages show beside their text, read from the public diary's own table."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.urls import reverse

from casework.organisation.models import Body, ServiceArea
from casework.process.catalogue import TRANSITIONS
from casework.process.enums import Stage
from casework.process.graph import edges
from casework.process.models import Cycle
from city.content.models import AreaPage
from ui.links import url_for
from ui.present import outcome_tag
from ui.public_diary import public_cases


def latest_decisions(count: int) -> list[dict[str, Any]]:
    """The newest decisions."""
    return [
        {
            "title": case.title,
            "url": url_for(case, "public"),
            "date": case.decided_on,
            "tag": outcome_tag(case),
            "meta": case.dnr,
        }
        for case in public_cases().exclude(decided_on=None).order_by("-decided_on")[:count]
    ]


def areas_with_counts() -> list[dict[str, Any]]:
    """The areas in force, each with its page and how much it holds."""
    areas = ServiceArea.objects.in_force().annotate(
        total=Count("public_cases"),
        decided=Count("public_cases", filter=Q(public_cases__decided_on__isnull=False)),
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
    decided = own.exclude(decided_on=None).order_by("-decided_on")
    under_way = own.filter(decided_on=None).order_by("-received_date")
    return {
        "area": area,
        "decided": Paginator(decided, 20).get_page(page_number),
        "decided_rows": [],
        "under_way": list(under_way[:30]),
        "under_way_count": under_way.count(),
        "groups": Body.objects.in_force().filter(service_area=area),
    }


def bodies_in_force() -> list[Body]:
    """Who prepares and who decides, for the page about the model."""
    return list(Body.objects.in_force().select_related("service_area").order_by("pk"))


def current_cycle() -> Cycle | None:
    """The yearly round that is running."""
    return Cycle.objects.order_by("-budget_year").first()


def ways() -> list[dict[str, Any]]:
    """The transitions in words, as the text beside the process picture."""
    found: dict[str, dict[str, Any]] = {}
    for name, source, target in edges():
        row = found.setdefault(
            name,
            {"label": TRANSITIONS[name].label, "sources": [], "target": Stage(target).label},
        )
        row["sources"].append(str(Stage(source).label))
    return list(found.values())
