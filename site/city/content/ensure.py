# SPDX-License-Identifier: EUPL-1.2
"""The city's pages as they are on the first day; editors take over from there."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site, Task, Workflow

from casework.organisation.models import ServiceArea
from city.content.models import AreaPage, ModelPage, StartPage, TextPage
from city.content.texts import (
    ACCESSIBILITY,
    ACCESSIBILITY_TITLE,
    APPROVAL,
    HOW,
    MODEL,
    MODEL_SECTIONS,
    PERSONAL_DATA,
    PERSONAL_DATA_TITLE,
    START,
)

WAGTAILS_APPROVAL = "Moderators approval"
"""What Wagtail's own migrations call the way to a published page."""


@transaction.atomic
def ensure_pages() -> StartPage:
    """Create the pages that are missing; what editors have changed is left alone."""
    Locale.objects.get_or_create(language_code="sv")
    for row in (Workflow, Task):
        row.objects.filter(name=WAGTAILS_APPROVAL).update(name=APPROVAL)
    start = StartPage.objects.first() or _make_start()
    _place_site(start)
    for area in ServiceArea.objects.in_force():
        if not AreaPage.objects.filter(service_area=area).exists():
            _add(start, AreaPage(title=area.name, slug=area.slug, service_area=area))
    if not ModelPage.objects.exists():
        _add(
            start,
            ModelPage(
                title=MODEL["title"],
                slug="om-modellen",
                show_in_menus=True,
                introduction=MODEL["introduction"],
                body=json.dumps(
                    [
                        {"type": "section", "value": {"heading": heading, "text": text}}
                        for heading, text in MODEL_SECTIONS
                    ]
                ),
            ),
        )
    for slug, title, introduction, body in (
        ("tillganglighetstext", ACCESSIBILITY_TITLE, *ACCESSIBILITY),
        ("personuppgifter", PERSONAL_DATA_TITLE, *PERSONAL_DATA),
    ):
        if not TextPage.objects.filter(slug=slug).exists():
            page = TextPage(
                title=title,
                slug=slug,
                introduction=introduction.replace("{city}", settings.CITY_NAME),
                body=body.replace("{city}", settings.CITY_NAME),
            )
            _add(start, page)
    return start


def _make_start() -> StartPage:
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    # Wagtail's own first page would keep our slug and the default site.
    welcome = Page.objects.filter(depth=2, slug="home").exclude(pk__in=_ours()).first()
    start = StartPage(
        title=settings.CITY_NAME,
        slug="start",
        **START,
        how=json.dumps(
            [{"type": "step", "value": {"title": title, "text": text}} for title, text in HOW]
        ),
    )
    root.add_child(instance=start)
    if welcome:
        Site.objects.filter(root_page=welcome).update(root_page=start)
        welcome.delete()
    return start


def _ours() -> Any:
    return StartPage.objects.values("pk")


def _place_site(start: StartPage) -> None:
    address = urlsplit(settings.BASE_URL)
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(
            hostname=address.hostname or "localhost",
            port=address.port or 80,
            root_page=start,
            is_default_site=True,
            site_name=settings.CITY_NAME,
        )
    elif site.root_page_id != start.pk:
        site.root_page = start
        site.site_name = settings.CITY_NAME
        site.save()


def _add(parent: Page, page: Page) -> None:
    parent.refresh_from_db()
    parent.add_child(instance=page)
