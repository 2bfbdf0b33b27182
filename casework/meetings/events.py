# SPDX-License-Identifier: EUPL-1.2
"""What happens in meetings, as the journal knows it."""

from django.utils.translation import gettext_lazy as _

from casework.journal.events import register

PLANNED = register("meetings.planned", _("Ett möte planerades den %(day)s"))
AGENDA_SET = register("meetings.agenda_set", _("Dagordningen bestämdes"))
CALLED = register("meetings.called", _("Kallelsen skickades"))
CANCELLED = register("meetings.cancelled", _("Mötet ställdes in"))
OPENED = register("meetings.opened", _("Mötet öppnades"))
ATTENDANCE = register("meetings.attendance", _("Närvaron antecknades"))
DISQUALIFIED = register("meetings.disqualified", _("Jäv antecknades"))
NOTED = register("meetings.noted", _("Ett utfall antecknades på mötet"), quiet=True)
UNNOTED = register("meetings.unnoted", _("Det antecknade utfallet togs bort"), quiet=True)
DECIDED = register("meetings.decided", _("%(body)s beslutade"))
HISTORIC = register("meetings.historic", _("Ett äldre beslut av %(body)s fördes in"))
DISSENTED = register("meetings.dissented", _("%(kind)s anmäldes av %(who)s"))
STATEMENT = register("meetings.statement", _("Motiveringen till en avvikande mening lämnades"))
CORRECTED = register("meetings.corrected", _("Beslutets %(field)s rättades"))
DAY_CORRECTED = register("meetings.day_corrected", _("Mötets dag rättades till den %(day)s"))
MINUTES = register("meetings.minutes", _("Anteckningarna till protokollet sparades"), quiet=True)
CLOSED = register("meetings.closed", _("Mötet avslutades"))
APPROVED = register("meetings.approved", _("Protokollet justerades den %(day)s"))
ANNOUNCED = register("meetings.announced", _("Protokollet anslogs den %(day)s"))
