# SPDX-License-Identifier: EUPL-1.2
"""Fill an empty city from a preset. What the city has already is its own and never overwritten."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from casework.initiatives.models import FormVersion, Goal
from casework.initiatives.services import (
    QuestionRow,
    draft_form,
    keep_goal,
    save_form,
    take_form_into_use,
)
from casework.organisation.models import Administration, Authority, Body, ServiceArea
from casework.organisation.services import keep
from casework.planning.models import CriteriaVersion
from casework.planning.services import CriterionRow, save_criteria, take_criteria_into_use
from casework.register.models import ClassCode, NumberSeries, SecrecyProvision
from casework.register.services import ensure_series, keep_term

FOLDER = Path(__file__).parent
SINCE_BEFORE = dt.date(2000, 1, 1)
"""From when what has always been there is in force."""


@dataclass(slots=True)
class Loaded:
    """What a preset added, and what it left alone because the city has it; in words."""

    added: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


@cache
def read(name: str) -> dict[str, Any]:
    """The content of ``name``.json in this folder."""
    content: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return content


@transaction.atomic
def load_preset(name: str = "model_2008") -> Loaded:
    """Add the preset's authorities, series, areas, bodies, goals, form and criteria (R51).

    Each is known by its code or address name; what exists stays as the city has made it and is
    named among the skipped. The form and the criteria come only to a city that has none.
    """
    preset, loaded = read(name), Loaded()
    for row in preset["authorities"]:
        _authority(row, loaded)
    for position, row in enumerate(preset["service_areas"], start=1):
        _area(row, position, loaded)
    for row in preset["bodies"]:
        _body(row, loaded)
    for row in preset["goals"]:
        _goal(row, loaded)
    _form(preset["form"], loaded)
    _criteria(name, loaded)
    _terms(ClassCode, preset["class_codes"], loaded)
    _terms(SecrecyProvision, preset["secrecy_provisions"], loaded)
    return loaded


def criteria_of(name: str = "model_2008") -> list[CriterionRow]:
    """The preset's criteria as data, for a new version that begins with them (R41, R51)."""
    return [CriterionRow(**row) for row in read(name)["criteria"]["rows"]]


def questions_of(name: str = "model_2008") -> list[QuestionRow]:
    """The preset's questions as data, for a new version that begins with them (R43, R51)."""
    return [QuestionRow(**row) for row in read(name)["form"]["questions"]]


def ensure_administration(
    *, name: str, short_name: str, slug: str, authority: str
) -> Administration:
    """The förvaltning with that address name, as the city has it, or added."""
    found = Administration.objects.filter(slug=slug).first()
    if found is not None:
        return found
    return keep(
        thing=Administration(),
        values={
            "name": name,
            "short_name": short_name,
            "slug": slug,
            "authority": Authority.objects.get(code=authority),
            "valid_from": SINCE_BEFORE,
        },
        actor=None,
    )


def _authority(row: Mapping[str, Any], loaded: Loaded) -> None:
    authority = Authority.objects.filter(code=row["code"]).first()
    if authority is None:
        authority = keep(
            thing=Authority(), values={"code": row["code"], "name": row["name"]}, actor=None
        )
        loaded.added.append(authority.name)
    else:
        loaded.skipped.append(authority.name)
    for series in row["series"]:
        if not NumberSeries.objects.filter(code=series["code"]).exists():
            ensure_series(authority=authority, code=series["code"], name=series["name"])
            loaded.added.append(series["name"])


def _area(row: Mapping[str, Any], position: int, loaded: Loaded) -> None:
    if _exists(ServiceArea, row, loaded):
        return
    keep(
        thing=ServiceArea(),
        values={
            "slug": row["slug"],
            "name": row["name"],
            "description": row["description"],
            "is_support": row.get("is_support", False),
            "position": position,
            **_period(row),
        },
        actor=None,
    )


def _body(row: Mapping[str, Any], loaded: Loaded) -> None:
    if _exists(Body, row, loaded):
        return
    area, predecessor = row.get("service_area"), row.get("predecessor")
    keep(
        thing=Body(),
        values={
            "slug": row["slug"],
            "kind": row["kind"],
            "name": row["name"],
            "authority": Authority.objects.get(code=row["authority"]),
            "service_area": ServiceArea.objects.get(slug=area) if area else None,
            "predecessor": Body.objects.filter(slug=predecessor).first() if predecessor else None,
            **_period(row),
        },
        actor=None,
    )


def _goal(row: Mapping[str, Any], loaded: Loaded) -> None:
    found = Goal.objects.filter(code=row["code"]).first()
    if found is not None:
        loaded.skipped.append(str(found))
        return
    goal = keep_goal(
        code=row["code"],
        title=row["title"],
        valid_from=dt.date.fromisoformat(row["valid_from"]),
        actor=None,
    )
    loaded.added.append(str(goal))


def _form(row: Mapping[str, Any], loaded: Loaded) -> None:
    if FormVersion.objects.exists():
        loaded.skipped.append(_("Formuläret"))
        return
    form = draft_form(actor=None)
    save_form(
        form_version=form,
        name=row["name"],
        large_budget_tkr=row["large_budget_tkr"],
        questions=[QuestionRow(**question) for question in row["questions"]],
        actor=None,
    )
    take_form_into_use(form_version=form, actor=None)
    loaded.added.append(_("Formuläret"))


def _criteria(name: str, loaded: Loaded) -> None:
    if CriteriaVersion.objects.exists():
        loaded.skipped.append(_("Kriterierna"))
        return
    version = save_criteria(name=read(name)["criteria"]["name"], rows=criteria_of(name), actor=None)
    take_criteria_into_use(version=version, actor=None)
    loaded.added.append(_("Kriterierna"))


Term = TypeVar("Term", ClassCode, SecrecyProvision)


def _terms(model: type[Term], rows: list[dict[str, Any]], loaded: Loaded) -> None:
    """Classes or provisions, for a city that has none of the kind."""
    words = str(model._meta.verbose_name_plural).capitalize()
    if model._default_manager.exists():
        loaded.skipped.append(words)
        return
    for row in rows:
        keep_term(thing=model(), values={"valid_from": SINCE_BEFORE, **row}, actor=None)
    loaded.added.append(words)


def _exists(model: type[ServiceArea | Body], row: Mapping[str, Any], loaded: Loaded) -> bool:
    """Whether the city has something by that address name; noted in words either way."""
    found = model._default_manager.filter(slug=row["slug"]).first()
    (loaded.skipped if found else loaded.added).append(found.name if found else row["name"])
    return found is not None


def _period(row: Mapping[str, Any]) -> dict[str, dt.date | None]:
    until = row.get("valid_until")
    return {
        "valid_from": dt.date.fromisoformat(row["valid_from"]),
        "valid_until": dt.date.fromisoformat(until) if until else None,
    }
