# SPDX-License-Identifier: EUPL-1.2
"""Who decides a whole list finds the way there also from a case's public face (issue 6)."""

from __future__ import annotations

import pytest

from casework.prioritisation.services import reopen_ranking
from casework.register.models import Case
from desk.process.panels import acts_on_list, has_process, list_context
from tests import small_city as small
from tests.small_city import SmallCity
from ui.case_file import CaseFile

pytestmark = pytest.mark.django_db


def _public_face(city: SmallCity, who: str, case: Case) -> CaseFile:
    row = Case.objects.shown_to(city.people[who]).get(pk=case.pk)
    row.is_internal = False
    return CaseFile(row, case.initiative)


def test_6_a_list_is_reached_from_the_public_face(city: SmallCity) -> None:
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="En till.")
    initiative = small.admitted(city, "Nya lampor")
    small.fix_list(city, initiative)
    case = initiative.case
    assert case is not None
    file = _public_face(city, "slk", case)
    assert not has_process(city.people["slk"], file), "the whole way is internal"
    assert acts_on_list(city.people["slk"], file)
    told = list_context(city.people["slk"], file)
    assert told["task"] == "Ta in i stadens förslag"
    assert not acts_on_list(city.people["larare"], _public_face(city, "larare", case))
