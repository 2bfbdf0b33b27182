# SPDX-License-Identifier: EUPL-1.2
"""A city's own installation: refuses to start while something that it needs is missing."""

import copy

from django.core.exceptions import ImproperlyConfigured

from portal.logs import logging_config
from portal.settings.base import *  # noqa: F403
from portal.settings.base import LOG_LEVEL, env
from portal.settings.base import STORAGES as _STORAGES

NEEDED = ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "BASE_URL", "MEDIA_ROOT", "EMAIL_URL")
_missing = [name for name in NEEDED if not env.str(name, "")]
if _missing:
    raise ImproperlyConfigured(
        "Production needs these environment variables: " + ", ".join(_missing)
    )

DEBUG = False
DEMO = False
SECRET_KEY = env.str("SECRET_KEY")
if len(SECRET_KEY) < 40:
    raise ImproperlyConfigured("SECRET_KEY must be at least 40 characters of randomness")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

# TLS ends in front of us; the proxy says so with this header and strips it from outside.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", False)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", True)

STORAGES = copy.deepcopy(_STORAGES)
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}

LOGGING = logging_config(level=LOG_LEVEL, as_json=True)
