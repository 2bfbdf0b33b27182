# SPDX-License-Identifier: EUPL-1.2
"""A trivial model in Wagtail's own views: what registering a letter is compared with."""
