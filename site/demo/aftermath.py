# SPDX-License-Identifier: EUPL-1.2
"""What hangs together, what the groups judge, what is carried out: the story beside the stages."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.utils import timezone

from casework.assessment.selectors import criteria_of, to_judge
from casework.assessment.services import agree_scores, open_scores
from casework.planning.enums import FrameKind
from casework.planning.models import Cycle, RoundArea
from casework.planning.services import set_frame
from casework.prioritisation.selectors import group_order
from casework.prioritisation.services import keep_rehearsal
from casework.process.enums import Stage
from casework.process.progress import Tertial
from casework.process.services import report_progress, save_programme
from casework.register.enums import LinkKind
from casework.register.services import link_cases
from demo.cast import COMMITTEE, Cast
from demo.clock import Timeline
from demo.judging import judge, part_of
from demo.walk import Walk

LINKS = (
    ("Gemensam projektkarta för grävning och byggen", LinkKind.DEPENDS_ON,
     "Gemensam kartplattform"),
    ("Detaljplaner som data", LinkKind.CONTINUES, "Gemensam kartplattform"),
    ("Trädens register med skötselplan", LinkKind.DEPENDS_ON, "En anmälan för alla fel i staden"),
    ("Snöröjning i realtid", LinkKind.DEPENDS_ON, "En anmälan för alla fel i staden"),
    ("Bygglov: se var ansökan är", LinkKind.DEPENDS_ON, "Detaljplaner som data"),
    ("Ett nummer in till staden", LinkKind.CONTINUES, "Ett gemensamt ärendesystem för kundtjänst"),
    ("Ett nummer in till staden", LinkKind.DEPENDS_ON, "Telefonväxel i molnet"),
    ("Bidragsansökan för föreningar", LinkKind.DEPENDS_ON,
     "En inloggning för den som företräder flera"),
    ("Årsräkningen lämnas på webben", LinkKind.DEPENDS_ON,
     "En inloggning för den som företräder flera"),
    ("Boka korttidsplats på webben", LinkKind.DEPENDS_ON,
     "Samordnad individuell plan över förvaltningsgränser"),
    ("Trygghetskamera i stället för nattbesök", LinkKind.EXCLUDES,
     "Trygghetslarm över mobilnätet"),
    ("Signering av insatser i mobilen", LinkKind.CONTINUES, "Mobil dokumentation i hemtjänsten"),
    ("Gallring som sköter sig själv", LinkKind.CONTINUES, "Ett e-arkiv för hela staden"),
    ("Kulturskolans kö i e-tjänst", LinkKind.DEPENDS_ON,
     "Kvittens för allt som skickas till staden"),
    ("Mötesbokning och lokaler för hela staden", LinkKind.EXCLUDES,
     "Digitala nycklar till stadens lokaler"),
    ("Reservkraft för datahallen", LinkKind.EXCLUDES, "Säkerhetskopior på annan ort"),
)  # fmt: skip
"""What requires, excludes or goes on from what, by title."""

FRAMES = {
    "pedagogiska": 5_000, "sociala": 9_000, "tekniska": 11_000, "administrativa": 8_000,
    "infrastruktur": 12_000,
}  # fmt: skip
"""The areas' frames of the first year of the budget round under way."""

UNDER_WAY = "2028-budget"
OPENED, SEALED = "pedagogiska", "sociala"
"""The area whose judgements are open, and the one that still judges."""

FORGETFUL = "tekniska"
"""Its officer has not written the newest report."""

REPORTS = (
    (dt.date(2026, 5, 11), Tertial(2026, 1)),
    (dt.date(2026, 9, 14), Tertial(2026, 2)),
)
LIGHTS = {("sociala", 2): "yellow", ("infrastruktur", 1): "yellow", ("infrastruktur", 2): "red"}
SAID = {
    "green": "Går enligt plan. Nästa steg är utbildning av dem som ska arbeta med det.",
    "yellow": "Upphandlingen drog ut på tiden. Vi börjar med två enheter och når målet i höst.",
    "red": "Leverantören kan inte ta emot våra uppgifter. Vi behöver ett beslut om annan väg.",
}


class Aftermath:
    """Plans what stands beside the stages."""

    def __init__(self, walks: list[Walk], cast: Cast, timeline: Timeline) -> None:
        self.walks, self.cast, self.timeline = walks, cast, timeline

    def plan(self) -> None:
        """Let the officers report each tertial on what is carried out; one of them forgets."""
        for day, tertial in REPORTS:
            self.timeline.plan(day, 14, partial(self._report, tertial))

    def look_around(self) -> None:
        """What is there on the last day: links, frames, judgements, the programmes."""
        self._link()
        self._set_frames()
        sealed = part_of(self.cast, UNDER_WAY, SEALED)
        judge(self.cast, sealed, is_under_way=True)
        self._rehearse(sealed)
        opened = part_of(self.cast, UNDER_WAY, OPENED)
        judge(self.cast, opened)
        self._open(opened)
        self._write_programmes()

    def _report(self, tertial: Tertial) -> None:
        for walk in self.walks:
            if walk.initiative.pk is None:
                continue
            process = walk.initiative.process
            process.refresh_from_db()
            if process.stage != Stage.IMPLEMENTING:
                continue
            if tertial.number == 2 and walk.area == FORGETFUL:
                continue  # forgotten: it is late on everybody's list
            light = LIGHTS.get((walk.area, tertial.number), "green")
            cost = walk.row["cost"]
            benefits = dict.fromkeys(list(walk.row["benefits"])[:1], 1 + tertial.number)
            report_progress(
                initiative=walk.initiative,
                actor=walk.officer,
                tertial=tertial,
                light=light,
                words=SAID[light],
                spent_tkr=cost * (25 + 35 * (tertial.number - 1)) // 100,
                benefits=benefits if tertial.number == 2 else {},
            )

    def _link(self) -> None:
        by_title = {walk.row["title"]: walk for walk in self.walks}
        for title, kind, target in LINKS:
            walk, other = by_title[title], by_title[target].case()
            walk.initiative.refresh_from_db()
            case = walk.case()
            if case is None or other is None:
                raise LookupError(f"{title} → {target}: inget diarienummer")
            link_cases(case=case, kind=kind, number=other.dnr, actor=walk.officer)

    def _set_frames(self) -> None:
        office, round_ = self.cast.by("slk"), self.cast.round(UNDER_WAY)
        for area, tkr in FRAMES.items():
            for year, part in ((1, 100), (2, 60), (3, 40)):
                set_frame(
                    round=round_, tkr=tkr * part // 100, actor=office,
                    service_area=self.cast.areas[area], year=year,
                )  # fmt: skip
        for year, tkr in ((2, 22_000), (3, 15_000)):
            set_frame(round=round_, tkr=tkr, actor=office, year=year)
        set_frame(round=round_, tkr=9_000, actor=office, kind=FrameKind.RUNNING, year=2)

    def _rehearse(self, area: RoundArea) -> None:
        """The chair tries another order alone: the last one first."""
        chair = self.cast.chair(SEALED)
        order = group_order(area, chair)
        keep_rehearsal(
            area=area, name="Det som brådskar", order=[*order[-1:], *order[:-1]], actor=chair
        )

    def _open(self, part: RoundArea) -> None:
        """The chair breaks the seal, and the group agrees on the first of them."""
        chair = self.cast.chair(OPENED)
        first = to_judge(part, chair)[0]
        open_scores(area=part, actor=chair)
        agree_scores(
            area=part,
            candidacy=first,
            points=dict.fromkeys([criterion.pk for criterion in criteria_of(part)[:2]], 4),
            actor=chair,
            note="Två av oss hade räknat med en annan lösning. Nu räknar vi på samma.",
        )

    def _write_programmes(self) -> None:
        for year, said in PROGRAMMES.items():
            save_programme(
                cycle=Cycle.objects.get(budget_year=year), actor=self.cast.lead(COMMITTEE), **said
            )


PROGRAMMES: dict[int, dict[str, Any]] = {
    2027: {
        "goals": "Varje ärende som går att sköta på webben ska gå att följa där också.",
        "risks": "Inloggningen är en och samma för alla tjänster. Faller den, faller alla.",
        "resources": "Fyra utvecklare hos serviceförvaltningen, två till från hösten.",
    },
    2028: {
        "goals": "Tretton söker medel, och åtta ska bli klara. Ingen tjänst utan kvittens. Alla "
        "ska kunna användas med tangentbord och skärmläsare.",
        "risks": "Tre av årets tjänster väntar på inloggningen för den som företräder flera. Vi "
        "tar den först och flyttar en tjänst om den blir sen.",
        "resources": "Samma utvecklare som 2027. Två tjänster köps färdiga, resten byggs av "
        "gemensamma delar.",
    },
}
"""What the committee says of the e-services of each year."""


def last_days(days: int = 14) -> dt.datetime:
    """The moment from which the demo's people have not read their news."""
    return timezone.now() - dt.timedelta(days=days)
