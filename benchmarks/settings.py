# SPDX-License-Identifier: EUPL-1.2
"""The house as `make run` has it, with a plain model of Wagtail's beside it to compare with."""

from portal.settings.dev import *  # noqa: F403
from portal.settings.dev import INSTALLED_APPS as _APPS

DEBUG = False
WHITENOISE_AUTOREFRESH = False
SECRET_KEY = "only-for-benchmarks-" + "0" * 40
INSTALLED_APPS = [*_APPS, "benchmarks.plain"]
