# SPDX-License-Identifier: EUPL-1.2
"""The test suite: quick hashing, jobs run at once, mail in a list, files under var/test."""

import copy
import os

from portal.settings.base import *  # noqa: F403
from portal.settings.base import DATABASES, STORAGES, VAR_DIR, env
from portal.settings.base import LOGGING as _LOGGING

DEBUG = False
DEMO = True
SECRET_KEY = "only-for-tests-" + "0" * 40
ALLOWED_HOSTS = ["*"]

#: One run never meets another, also when two suites run side by side on one machine.
RUN = "{}-{}".format(env.str("PYTEST_XDIST_WORKER", "main"), os.getpid())
TEST_DIR = VAR_DIR / "test" / RUN
TEST_DIR.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = TEST_DIR / "media"
SEARCH_DIR = TEST_DIR / "index"
SEARCH_INDEX_PREFIX = f"test-{RUN}"
STORAGES = copy.deepcopy(STORAGES)
STORAGES["records"]["OPTIONS"]["location"] = env.path("RECORDS_ROOT", TEST_DIR / "records")

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the live server and other processes open connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": TEST_DIR / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"

else:
    DATABASES["default"]["TEST"] = {
        "NAME": f"test_initiativ_{os.getpid()}",
        # A cluster that was made in the C locale would otherwise hand down ASCII.
        "TEMPLATE": "template0",
        "CHARSET": "UTF8",
    }

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

LOGGING = copy.deepcopy(_LOGGING)
LOGGING["root"]["level"] = "ERROR"
LOGGING["loggers"]["django"]["level"] = "ERROR"
