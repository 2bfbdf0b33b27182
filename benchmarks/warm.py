# SPDX-License-Identifier: EUPL-1.2
"""The web application, loaded and asked once, so that a worker that is born works at once."""

from django.contrib.auth import get_user_model
from django.db import connections
from django.test import Client

from portal.wsgi import application

__all__ = ["application"]

_client = Client(headers={"host": "localhost"})
_client.force_login(get_user_model().objects.get(username="registrator"))
_client.get("/admin/registrera/")
connections.close_all()  # the workers open their own
