# SPDX-License-Identifier: EUPL-1.2
"""The editors' pages."""

from __future__ import annotations

from django.test import Client

from tests.small_city import SmallCity


def test_start_page_takes_a_constant_number_of_queries(
    client: Client, city: SmallCity, django_assert_max_num_queries: object
) -> None:
    client.get("/")
    with django_assert_max_num_queries(14):  # type: ignore[operator]
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
