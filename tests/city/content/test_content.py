# SPDX-License-Identifier: EUPL-1.2
"""The editors' pages."""

from __future__ import annotations

from django.test import Client
from wagtail.models import Task, Workflow

from city.content.ensure import ensure_pages
from city.content.models import ModelPage
from tests.small_city import SmallCity


def test_start_page_takes_a_constant_number_of_queries(
    client: Client, city: SmallCity, django_assert_max_num_queries: object
) -> None:
    client.get("/")
    with django_assert_max_num_queries(17):  # type: ignore[operator]
        body = client.get("/").content.decode()
    assert body.count('class="tag tag--') >= 2
    assert body.count("<h3>") >= 5


def test_pages_send_a_strict_content_policy(client: Client, city: SmallCity) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    picture = client.get("/processen.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert "default-src 'none'" in picture["Content-Security-Policy"]


def test_the_menu_follows_the_pages_that_editors_move(client: Client, city: SmallCity) -> None:
    """Issue 6: no address of an editor's page stands in a template."""
    page = ModelPage.objects.get()
    page.slug, page.title = "sa-gar-det-till", "Så går det till"
    page.save()
    start = client.get("/").content.decode()
    assert '<a href="/sa-gar-det-till/">Så går det till</a>' in start
    page.show_in_menus = False
    page.save()
    assert "Så går det till</a>" not in client.get("/diarium/").content.decode()


def test_8_the_way_to_publication_has_a_swedish_name(city: SmallCity) -> None:
    Workflow.objects.create(name="Moderators approval")
    ensure_pages()
    for kind in (Workflow, Task):
        assert not kind.objects.filter(name="Moderators approval").exists()
