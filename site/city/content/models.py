# SPDX-License-Identifier: EUPL-1.2
"""Page types that editors work with."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock, TextBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from casework.organisation.models import ServiceArea
from ui.public_diary import city_numbers

RICH_TEXT = ["bold", "link", "ol", "ul", "h3", "document-link"]


class CityPage(Page):
    """What all page types share: no database search. Menus list those that editors choose."""

    class Meta:
        abstract = True


class StartPage(CityPage):
    """The city's first page: one search box, the latest decisions, the areas, how it works."""

    heading = models.CharField(_("rubrik"), max_length=120)
    introduction = models.TextField(_("ingress"), max_length=400)
    search_hint = models.CharField(_("text under sökrutan"), max_length=200, blank=True)
    how_heading = models.CharField(_("rubrik för ”så går det till”"), max_length=120)
    how = StreamField(
        [
            (
                "step",
                StructBlock(
                    [
                        ("title", CharBlock(label=_("rubrik"), max_length=60)),
                        ("text", TextBlock(label=_("två meningar"), max_length=300)),
                    ],
                    label=_("steg"),
                ),
            )
        ],
        verbose_name=_("så går det till"),
        max_num=5,
        blank=True,
    )

    template = "city/content/start_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("heading"),
        FieldPanel("introduction"),
        FieldPanel("search_hint"),
        FieldPanel("how_heading"),
        FieldPanel("how"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        verbose_name = _("startsida")
        verbose_name_plural = _("startsidor")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the latest decisions, the areas, and which round takes in ideas today."""
        from city.content import selectors

        context = super().get_context(request, *args, **kwargs)
        context["decisions"] = selectors.latest_decisions(6)
        context["areas"] = selectors.areas_with_counts()
        context["numbers"] = city_numbers()
        context["intake"] = selectors.round_taking_ideas()
        context["model_page"] = ModelPage.objects.live().first()
        return context


class AreaPage(CityPage):
    """One tjänsteområde: what it is, what has been decided, what is on its way."""

    service_area = models.ForeignKey(
        ServiceArea, models.PROTECT, related_name="pages", verbose_name=_("tjänsteområde")
    )
    introduction = RichTextField(_("ingress"), features=RICH_TEXT, blank=True)

    template = "city/content/area_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("service_area"),
        FieldPanel("introduction"),
    ]
    parent_page_types = ["content.StartPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("områdessida")
        verbose_name_plural = _("områdessidor")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the area has decided and what it is working on."""
        from city.content import selectors

        context = super().get_context(request, *args, **kwargs)
        context.update(selectors.area_overview(self.service_area, request.GET.get("sida")))
        context["model_page"] = ModelPage.objects.live().first()
        return context


class ModelPage(CityPage):
    """How an idea becomes a decision, with the picture that is drawn from the state machine."""

    introduction = models.TextField(_("ingress"), max_length=500)
    body = StreamField(
        [
            (
                "section",
                StructBlock(
                    [
                        ("heading", CharBlock(label=_("rubrik"), max_length=120)),
                        ("text", RichTextBlock(label=_("text"), features=RICH_TEXT)),
                    ],
                    label=_("avsnitt"),
                ),
            )
        ],
        verbose_name=_("text"),
        blank=True,
    )

    template = "city/content/model_page.html"
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    parent_page_types = ["content.StartPage"]
    subpage_types: list[str] = []
    max_count = 1

    class Meta:
        verbose_name = _("sida om modellen")
        verbose_name_plural = _("sidor om modellen")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the transitions in words, who prepares and decides, and the rounds in motion."""
        from city.content import selectors

        context = super().get_context(request, *args, **kwargs)
        context["machines"] = selectors.machines()
        context["bodies"] = selectors.bodies_in_force()
        context["rounds"] = selectors.rounds()
        return context


class TextPage(CityPage):
    """A page of text: the accessibility statement, personal data, help."""

    introduction = models.TextField(_("ingress"), max_length=500, blank=True)
    body = RichTextField(_("text"), features=["h2", *RICH_TEXT], blank=True)

    template = "city/content/text_page.html"
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    parent_page_types = ["content.StartPage", "content.TextPage"]

    class Meta:
        verbose_name = _("textsida")
        verbose_name_plural = _("textsidor")
