# SPDX-License-Identifier: EUPL-1.2
"""WSGI entry point (gunicorn portal.wsgi)."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
os.umask(0o077)  # database, index and uploads are for this user alone
application = get_wsgi_application()
# What is loaded by now stays for good. The collector need not go through it time and again, which
# takes a tenth of a second each time.
gc.collect()
gc.freeze()
