# SPDX-License-Identifier: EUPL-1.2
"""The closed lists of the diary."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseType(models.TextChoices):
    """What kind of matter a case is."""

    INITIATIVE = "initiative", _("Initiativ")
    LETTER = "letter", _("Skrivelse")
    CONSULTATION = "consultation", _("Remiss")
    MOTION = "motion", _("Motion")
    REPORT = "report", _("Utlåtande")
    OTHER = "other", _("Övrigt ärende")


class Direction(models.TextChoices):
    """Which way a record went."""

    INCOMING = "in", _("Inkommen")
    OUTGOING = "out", _("Utgående")
    ESTABLISHED = "internal", _("Upprättad")


class Retention(models.TextChoices):
    """What becomes of a closed case (arkivlagen 10 §)."""

    KEEP = "keep", _("Bevaras")
    WEED = "weed", _("Gallras")


class LinkKind(models.TextChoices):
    """How two cases hang together (R67)."""

    RELATED = "related", _("Hör ihop med")
    DEPENDS_ON = "depends_on", _("Kräver")
    EXCLUDES = "excludes", _("Utesluter")
    CONTINUES = "continues", _("Bygger på")
    ANSWERS = "answers", _("Besvarar")


DEPENDENCIES = (LinkKind.DEPENDS_ON, LinkKind.EXCLUDES, LinkKind.CONTINUES)
"""The links that say something of which initiatives can be done, and in what order."""


class AmendmentKind(models.TextChoices):
    """What may happen to an entry after it was made; the entry itself never changes."""

    CORRECTION = "correction", _("Rättelse")
    VOID = "void", _("Makulering")


class RecordKind(models.TextChoices):
    """What a record of a case is."""

    INITIATIVE = "initiative", _("Initiativ")
    BATCH = "batch", _("Följebrev")
    RECEIPT = "receipt", _("Mottagningsbevis")
    REMISS_OUT = "remiss_out", _("Remiss")
    REMISS_ANSWER = "remiss_answer", _("Remissvar")
    EXPERT_ANSWER = "expert_answer", _("Sakkunnigs yttrande")
    REPORT = "report", _("Tjänsteutlåtande")
    MINUTES_EXTRACT = "minutes_extract", _("Protokollsutdrag")
    LETTER = "letter", _("Skrivelse")
    OTHER = "other", _("Övrig handling")


class Outcome(models.TextChoices):
    """How a case ended. The code is stored, published and indexed; the word is for people."""

    OUT_OF_SCOPE = "out_of_scope", _("Omfattas inte")
    REJECTED = "rejected", _("Avslaget")
    APPROVED = "approved", _("Bifallet")
    APPROVED_IN_PART = "approved_in_part", _("Bifallet delvis")
    DECLINED = "declined", _("Ej i budget")
    DECLINED_T1 = "declined_t1", _("Fick inte medel i tertialrapport 1")
    DECLINED_T2 = "declined_t2", _("Fick inte medel i tertialrapport 2")
    IMPLEMENTED = "implemented", _("Genomfört")
    WITHDRAWN = "withdrawn", _("Återkallat")
    ANSWERED = "answered", _("Besvarat")
    FILED = "filed", _("Lagt till handlingarna")
    MERGED = "merged", _("Sammanfört med ett annat ärende")
    HANDED_OVER = "handed_over", _("Överlämnat till en annan myndighet")
    OTHER = "other", _("Avslutat på annat sätt")


NEGATIVE_OUTCOMES = frozenset(
    {
        Outcome.OUT_OF_SCOPE,
        Outcome.REJECTED,
        Outcome.DECLINED,
        Outcome.DECLINED_T1,
        Outcome.DECLINED_T2,
        Outcome.WITHDRAWN,
    }
)
"""Those that end a case without giving what it asked for."""


CLOSING_OUTCOMES = frozenset({Outcome.ANSWERED, Outcome.FILED, Outcome.HANDED_OVER, Outcome.OTHER})
"""Those that only say how a case was closed, so that they go when it is opened again."""


class TextKind(models.TextChoices):
    """What a searchable text is, and so to whom it is shown at most."""

    ANSWER = "answer", _("Svar i formuläret")
    REASON = "reason", _("Skäl")
    REPORT = "report", _("Tjänsteutlåtande")
    FILE = "file", _("Text ur fil")
    SUMMARY = "summary", _("Sammanfattning")
    REMISS = "remiss", _("Remiss")


class ReadingState(models.TextChoices):
    """How the reading of a file's text went."""

    READ = "read", _("Texten går att söka i")
    GIVEN = "given", _("Texten fanns redan")
    EMPTY = "empty", _("Ingen text att söka i")
    UNREADABLE = "unreadable", _("Texten kan inte läsas")


class DayPrecision(models.TextChoices):
    """How much of a day is known."""

    DAY = "day", _("dag")
    MONTH = "month", _("månad")
    YEAR = "year", _("år")
