# SPDX-License-Identifier: EUPL-1.2
"""What reaches the demo city from outside: letters of all ends, and orders of records."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils.text import slugify

from casework.disclosure import services as disclosure
from casework.disclosure.models import DisclosureItem, DisclosureRequest
from casework.dispatch.enums import Way
from casework.dispatch.services import Receiver, dispatch_record
from casework.initiatives.models import Initiative
from casework.register import services as register
from casework.register.enums import CaseType, Direction, LinkKind, RecordKind
from casework.register.importing import import_decisions
from casework.register.models import Case, NumberSeries
from demo.cast import Cast
from demo.clock import Timeline
from demo.papers import letter_pdf, show
from demo.people import read

Day = dt.date


def load_earlier_decisions() -> None:
    """What the city decided before the diary, to be found and compared with."""
    lines = [json.dumps(row).encode() for row in read("earlier")]
    report = import_decisions(lines)
    assert not report.faults


class Post:
    """Plans the letters and the orders of the story."""

    def __init__(self, cast: Cast, timeline: Timeline) -> None:
        self.cast, self.timeline = cast, timeline
        self.series = NumberSeries.objects.get(authority__code="KS", is_historic=False)
        self.named: dict[str, Case] = {}

    def plan(self) -> None:
        """Plan everything that comes in."""
        content = read("letters")
        for row in content["letters"]:
            self._on(row["day"], 8, partial(self._receive, row))
        for row in content["orders"]:
            self._on(row["day"], 12, partial(self._order, row))

    def _on(self, day: str, hour: int, action: Callable[[], None]) -> None:
        self.timeline.plan(Day.fromisoformat(day), hour, action)

    def _receive(self, row: dict[str, Any]) -> None:
        registrar = self.cast.by("registrator")
        name = f"{slugify(row['title'])[:40]}.pdf"
        case, record = register.register_letter(
            series=self.series,
            actor=registrar,
            title=row["title"],
            title_public=row.get("title_public", ""),
            received_date=Day.fromisoformat(row["day"]),
            case_type=row.get("type", CaseType.LETTER),
            officer=self.cast.by(row["officer"]) if "officer" in row else None,
            party=row["party"],
            party_public=row.get("party_public", ""),
            secrecy_provision=row.get("secret", ""),
            files=[letter_pdf(name, row["title"], row["text"])],
        )
        if row.get("published"):
            register.publish(case=case, actor=registrar, summary="")
            if row.get("files"):
                show(record, registrar)
        if "name" in row:
            self.named[row["name"]] = case
        if "link" in row:
            self._link(case, row["link"])
        for key, hour, action in (
            ("correct", 10, self._correct),
            ("answer", 14, self._answer),
            ("merge", 13, self._merge),
            ("void", 13, self._void),
        ):
            if key in row:
                day = row["correct"]["on"] if key == "correct" else row.get("answered", row["day"])
                self._on(day, hour, partial(action, case.pk, row))

    def _link(self, case: Case, title: str) -> None:
        other = Initiative.objects.filter(title=title).select_related("case").first()
        if other is not None and other.case is not None:
            register.link_cases(
                case=case, kind=LinkKind.RELATED, number=other.case.dnr,
                actor=self.cast.by("registrator"),
            )  # fmt: skip

    def _correct(self, pk: int, row: dict[str, Any]) -> None:
        told = row["correct"]
        register.correct(
            obj=Case.objects.get(pk=pk),
            field=told["field"],
            value=told["value"],
            reason=told["reason"],
            actor=self.cast.by("registrator"),
        )

    def _answer(self, pk: int, row: dict[str, Any]) -> None:
        """The officer answers, and the case is closed."""
        case, officer = Case.objects.get(pk=pk), self.cast.by(row["officer"])
        day = Day.fromisoformat(row["answered"])
        record = register.register_record(
            case=case,
            actor=officer,
            kind=RecordKind.LETTER,
            direction=Direction.OUTGOING,
            title=f"Svar: {row['title']}",
            title_public="Svar",
            received_date=day,
            party=row["party"],
            party_public=row.get("party_public", ""),
            files=[letter_pdf("svar.pdf", "Svar", row["answer"])],
        )
        if row.get("files"):
            show(record, self.cast.by("registrator"))
        dispatch_record(
            record=record,
            receivers=[Receiver(row["party"])],
            way=Way.POST,
            sent_on=day,
            actor=officer,
        )
        register.close_case(case=case, outcome=row["outcome"], decided_on=day, actor=officer)

    def _merge(self, pk: int, row: dict[str, Any]) -> None:
        register.merge_cases(
            case=Case.objects.get(pk=pk),
            into=self.named[row["merge"]],
            reason="Gäller samma avbrott.",
            actor=self.cast.by("registrator"),
        )

    def _void(self, pk: int, row: dict[str, Any]) -> None:
        register.void_case(
            case=Case.objects.get(pk=pk), reason=row["void"], actor=self.cast.by("registrator")
        )

    def _order(self, row: dict[str, Any]) -> None:
        """Somebody orders a record; nobody asks who (TF 2:18)."""
        about = Initiative.objects.filter(title=row.get("about", "")).first()
        case = about.case if about else None
        order = disclosure.request_disclosure(
            number=case.dnr if case else "", text=row["text"], contact=row.get("contact", "")
        )
        for key, action in (
            ("answered", self._answer_order),
            ("wants", self._want),
            ("decided", self._decide),
        ):
            if key in row:
                self._on(row[key], 15, partial(action, order.pk, row))
        if case is not None and row.get("listed"):
            self._list(order, case, row["listed"])

    def _list(self, order: DisclosureRequest, case: Case, count: int) -> list[DisclosureItem]:
        records = case.records.select_related("case").filter(voided_at=None)
        return disclosure.list_records(
            request=order, records=records.order_by("pk")[:count], actor=self.cast.by("registrator")
        )

    def _try(self, order: DisclosureRequest, told: dict[str, Any]) -> None:
        """Each record of the order is tried for itself."""
        # Who wrote no number is helped: the registrar finds the case.
        found = Case.objects.filter(title=told.get("found", "")).first()
        case, rows = found or Case.objects.by_number(order.number).get(), told["tried"]
        for item, row in zip(self._list(order, case, len(rows)), rows, strict=False):
            assert item.record is not None
            words = row.get("masked")
            masked = [letter_pdf("maskad.pdf", str(item), words)] if words else []
            disclosure.review_item(
                item=item, outcome=row["outcome"], provision=row.get("provision", ""),
                reason=row.get("reason", ""), masked=masked,
                own=[] if masked else item.record.files.all(),
                actor=self.cast.by("registrator"),
            )  # fmt: skip

    def _answer_order(self, pk: int, row: dict[str, Any]) -> None:
        order = DisclosureRequest.objects.get(pk=pk)
        if "tried" in row:
            self._try(order, row)
        disclosure.answer_disclosure(
            request=order,
            outcome=row["outcome"],
            answer=row["answer"],
            actor=self.cast.by("registrator"),
        )

    def _want(self, pk: int, row: dict[str, Any]) -> None:
        disclosure.want_decision(code=DisclosureRequest.objects.get(pk=pk).code)

    def _decide(self, pk: int, row: dict[str, Any]) -> None:
        """The written decision is a matter of its own."""
        registrar = self.cast.by("registrator")
        case, _record = register.register_letter(
            series=self.series,
            actor=registrar,
            title="Beslut att inte lämna ut en handling",
            received_date=Day.fromisoformat(row["decided"]),
            case_type=CaseType.OTHER,
            officer=self.cast.by("handlaggare"),
            party="Privatperson",
            files=[letter_pdf("beslut.pdf", "Beslut", row["answer"])],
        )
        register.close_case(
            case=case, outcome="answered", decided_on=Day.fromisoformat(row["decided"]),
            actor=registrar,
        )  # fmt: skip
        disclosure.note_decision(
            request=DisclosureRequest.objects.get(pk=pk), number=case.dnr, actor=registrar
        )
