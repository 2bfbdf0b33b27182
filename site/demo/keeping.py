# SPDX-License-Identifier: EUPL-1.2
"""Who has what in the demo city: days for answers, reminders, units, a stand-in, saved lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from casework.follow_up.services import set_reminder, set_stand_in
from casework.organisation.models import Unit
from casework.register.enums import Direction, RecordKind
from casework.register.models import Case
from casework.register.services import assign_unit, register_record, set_due
from casework.saved_lists.services import save_list
from demo.cast import Cast
from demo.clock import Timeline
from demo.papers import letter_pdf

Day = dt.date
ANSWER_DAYS = 30

REMINDERS = (
    # when set, title of the case, day, person, what
    (Day(2026, 9, 10), "Motion om bredband i föreningslokaler", Day(2026, 12, 1), "handlaggare",
     "Hämta in kostnaderna från fastighetskontoret"),
    (Day(2026, 10, 7), "Önskemål om karta över laddplatser", Day(2026, 11, 20), "handlaggare-2",
     "Fråga trafikkontoret om läget"),
    (Day(2026, 11, 20), "Förslag om textning av fullmäktiges sändningar", Day(2026, 12, 8),
     "registrator", "Ge ärendet en handläggare när sändningarna är upphandlade"),
)  # fmt: skip


class Keeping:
    """Plans what people do to lose nothing out of sight."""

    def __init__(self, cast: Cast, timeline: Timeline) -> None:
        self.cast, self.timeline = cast, timeline

    def plan(self) -> None:
        """Plan it all, after the letters of the same day have come in."""
        for made, title, day, who, what in REMINDERS:
            self._on(made, 16, self._remind(title, day, who, what))
        self._on(Day(2026, 11, 23), 15, self._days_for_answers)
        self._on(Day(2026, 11, 23), 16, self._to_a_unit)
        self._on(Day(2026, 11, 23), 17, self._stand_in)
        self._on(Day(2026, 11, 24), 9, self._new_record)
        self._on(Day(2026, 11, 24), 10, self._lists)

    def _on(self, day: Day, hour: int, action: Callable[[], None]) -> None:
        self.timeline.plan(day, hour, action)

    def _remind(self, title: str, day: Day, who: str, what: str) -> Callable[[], None]:
        def act() -> None:
            set_reminder(
                case=Case.objects.get(title=title), day=day, what=what, user=self.cast.by(who),
                actor=self.cast.by("registrator"),
            )  # fmt: skip

        return act

    def _days_for_answers(self) -> None:
        """Each open letter has a day by which it should be answered."""
        waiting = Case.objects.filter(closed_at=None, voided_at=None, initiative=None)
        for case in waiting.filter(merged_into=None, secrecy_provision="").order_by("pk"):
            day = case.received_date + dt.timedelta(days=ANSWER_DAYS)
            set_due(case=case, due_on=day, actor=self.cast.by("registrator"))

    def _to_a_unit(self) -> None:
        assign_unit(
            case=Case.objects.get(title="Fråga om vem som ser uppgifter i lärplattformen"),
            unit=Unit.objects.get(name="Utvecklingsenheten"),
            note="Ni svarade på en liknande fråga i våras.",
            actor=self.cast.by("registrator"),
        )

    def _stand_in(self) -> None:
        officer = self.cast.by("handlaggare-2")
        set_stand_in(
            absent=officer, substitute=self.cast.by("handlaggare"),
            valid_from=Day(2026, 11, 23), valid_until=None, actor=officer,
        )  # fmt: skip

    def _new_record(self) -> None:
        text = "Fråga 7 gäller bara kostnader för egen personal. Svara med hela kronor."
        register_record(
            case=Case.objects.get(title="Enkät om kommunernas kostnader för IT"),
            kind=RecordKind.LETTER,
            direction=Direction.INCOMING,
            title="Förtydligande av fråga 7 i enkäten",
            received_date=Day(2026, 11, 24),
            party="En statlig myndighet",
            party_public="En statlig myndighet",
            files=[letter_pdf("fortydligande.pdf", "Förtydligande", text)],
            actor=self.cast.by("registrator"),
        )

    def _lists(self) -> None:
        registrar, officer = self.cast.by("registrator"), self.cast.by("handlaggare")
        for actor, name, query, columns in (
            (registrar, "Utan handläggare", "officer=ingen&is_open=true&ordering=received_date",
             ["title", "party", "unit", "received_date", "due_on"]),
            (registrar, "Snart för sent", "due=2026-12-15&is_open=true&ordering=due_on",
             ["title", "officer", "unit", "due_on", "stage"]),
            (officer, "Mina öppna", f"officer={officer.pk}&is_open=true&ordering=due_on",
             ["title", "party", "due_on", "stage"]),
        ):  # fmt: skip
            save_list(actor=actor, listing="cases", name=name, query=query, columns=columns)
