# SPDX-License-Identifier: EUPL-1.2
"""Load a preset into an empty or an older city; run again it changes only what differs."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from casework.initiatives.models import FormVersion
from casework.organisation.models import Administration, Authority, Body, ServiceArea
from casework.process.models import Cycle, GroupRound
from casework.register.services import ensure_series

FOLDER = Path(__file__).parent


@cache
def read(name: str) -> dict[str, Any]:
    """The content of ``name``.json in this folder."""
    content: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return content


@transaction.atomic
def load_preset(name: str = "model_2008") -> None:
    """Make sure that the preset's authorities, series, areas, bodies and form exist (R51).

    A form version that is in use stays as it is; a new wording is a new version.
    """
    preset = read(name)
    for row in preset["authorities"]:
        authority, _created = Authority.objects.update_or_create(
            code=row["code"], defaults={"name": row["name"]}
        )
        for series in row["series"]:
            ensure_series(authority, series["code"], series["name"])
    for position, row in enumerate(preset["service_areas"], start=1):
        ServiceArea.objects.update_or_create(
            slug=row["slug"],
            defaults={
                "name": row["name"],
                "description": row["description"],
                "is_support": row.get("is_support", False),
                "position": position,
            },
        )
    for row in preset["bodies"]:
        _body(row)
    form = preset["form"]
    FormVersion.objects.get_or_create(
        version=form["version"],
        defaults={
            "name": form["name"],
            "fields": form["fields"],
            "valid_from": dt.date.fromisoformat(form["valid_from"]),
        },
    )


@transaction.atomic
def open_cycle(budget_year: int, name: str = "model_2008") -> Cycle:
    """Open a budget year's round for every area in force, with the preset's dates (R53)."""
    dates = {
        field: dt.date.fromisoformat(f"{budget_year - 1}-{day}")
        for field, day in read(name)["cycle"].items()
    }
    cycle, _created = Cycle.objects.get_or_create(budget_year=budget_year, defaults=dates)
    for area in ServiceArea.objects.in_force(cycle.groups_until):
        GroupRound.objects.get_or_create(cycle=cycle, service_area=area)
    return cycle


def ensure_administration(name: str, short_name: str, slug: str, authority: str) -> Administration:
    """The förvaltning with that address name."""
    administration, _created = Administration.objects.update_or_create(
        slug=slug,
        defaults={
            "name": name,
            "short_name": short_name,
            "authority": Authority.objects.get(code=authority),
        },
    )
    return administration


def _body(row: dict[str, Any]) -> None:
    area, predecessor = row.get("service_area"), row.get("predecessor")
    defaults: dict[str, Any] = {
        "kind": row["kind"],
        "name": row["name"],
        "authority": Authority.objects.get(code=row["authority"]),
        "service_area": ServiceArea.objects.get(slug=area) if area else None,
        "predecessor": Body.objects.get(slug=predecessor) if predecessor else None,
    }
    for field in ("valid_from", "valid_until"):
        if field in row:
            defaults[field] = dt.date.fromisoformat(row[field])
    Body.objects.update_or_create(slug=row["slug"], defaults=defaults)
