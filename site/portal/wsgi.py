# SPDX-License-Identifier: EUPL-1.2
"""WSGI entry point (gunicorn portal.wsgi)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
os.umask(0o077)  # database, index and uploads are for this user alone
application = get_wsgi_application()
