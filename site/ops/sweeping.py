# SPDX-License-Identifier: EUPL-1.2
"""Files that no row knows: left behind when a process or a disk died in the middle of a letter.

They hold what somebody sent, take room, and belong to nobody; TF and the archive speak of what was
received, and that has its row. A file younger than a day may belong to a transaction still open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.files.storage import Storage, storages
from django.db.models import FileField, Model, QuerySet
from django.utils import timezone

from casework.inbox.models import InboxFile
from casework.register.models import RecordFile

YOUNG = dt.timedelta(days=1)


def sweep(*, dry_run: bool = False) -> list[str]:
    """Delete the files of nobody and return their names; ``dry_run`` only names them."""
    storage = storages["records"]
    orphans = list(_orphans(storage))
    if not dry_run:
        for name in orphans:
            storage.delete(name)
    return orphans


def _orphans(storage: Storage) -> Iterator[str]:
    known = _known(storage)
    before = timezone.now() - YOUNG
    for name in _files(storage, ""):
        if name not in known and storage.get_modified_time(name) < before:
            yield name


def _known(storage: Storage) -> set[str]:
    """Every name that a row of any room holds."""
    return {
        name
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, FileField) and field.storage == storage
        for name in _rows_of(model).values_list(field.name, flat=True).iterator()
    }


def _rows_of(model: type[Model]) -> QuerySet[Any]:
    """The rows whose files are kept; those of what is disposed of are nobody's."""
    rows = model._default_manager.all()
    if model is RecordFile:
        return rows.filter(record__disposed_at=None)
    if model is InboxFile:
        return rows.filter(item__record__disposed_at=None, item__disposed_at=None)
    return rows


def _files(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return  # Nothing has been received yet.
    for name in files:
        yield f"{folder}{name}"
    for name in folders:
        yield from _files(storage, f"{folder}{name}/")
