# SPDX-License-Identifier: EUPL-1.2
"""The city's pages: Wagtail page types, public views, the originator's pages, the desk's frame."""
