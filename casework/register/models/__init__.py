# SPDX-License-Identifier: EUPL-1.2
"""The diary: number series, entries, cases, records and earlier decisions.

An :class:`DiaryEntry` is the legal fact (OSL 5:2) and never changes; database triggers refuse it.
What may change later, by a service and with a journal entry, stands on :class:`Case` and
:class:`Record`. A correction keeps the old value as an :class:`Amendment` (JO 4639-2007).
"""

from casework.register.models.audits import NumberAudit
from casework.register.models.case_links import CaseLink
from casework.register.models.cases import (
    Case,
    CaseAudience,
    CaseFollower,
    CaseNumber,
    CaseQuerySet,
    TwoFaced,
)
from casework.register.models.earlier_decisions import EarlierDecision
from casework.register.models.entries import (
    Amendment,
    DiaryEntry,
    NumberSeries,
    SeriesCounter,
)
from casework.register.models.file_readings import FileReading
from casework.register.models.public_diary import PublicCase
from casework.register.models.public_events import PublicEvent
from casework.register.models.records import (
    READ_HERE,
    Record,
    RecordAudience,
    RecordFile,
    RecordQuerySet,
    RegistrationToken,
    record_storage,
    stored_name,
)
from casework.register.models.terms import ClassCode, LetterTemplate, Party, SecrecyProvision
from casework.register.models.texts import TextPart

__all__ = [
    "READ_HERE",
    "Amendment",
    "Case",
    "CaseAudience",
    "CaseFollower",
    "CaseLink",
    "CaseNumber",
    "CaseQuerySet",
    "ClassCode",
    "DiaryEntry",
    "EarlierDecision",
    "FileReading",
    "LetterTemplate",
    "NumberAudit",
    "NumberSeries",
    "Party",
    "PublicCase",
    "PublicEvent",
    "Record",
    "RecordAudience",
    "RecordFile",
    "RecordQuerySet",
    "RegistrationToken",
    "SecrecyProvision",
    "SeriesCounter",
    "TextPart",
    "TwoFaced",
    "record_storage",
    "stored_name",
]
