# SPDX-License-Identifier: EUPL-1.2
"""What happens to remisser and expert requests, as the journal knows it."""

from django.utils.translation import gettext_lazy as _

from casework.journal.events import register

OPENED = register("consultation.opened", _("Ärendet skickades på remiss, svar senast %(by)s"))
CONSULTEE_ADDED = register("consultation.consultee_added", _("%(who)s fick också remissen"))
EXTENDED = register("consultation.extended", _("Svarstiden för %(who)s förlängdes till %(by)s"))
ANSWERED = register("consultation.answered", _("%(who)s svarade på remissen"))
DECLINED = register("consultation.declined", _("%(who)s avstod från att svara på remissen"))
NO_ANSWER = register("consultation.no_answer", _("%(who)s svarade inte på remissen"))
CLOSED = register("consultation.closed", _("Remissen avslutades"))
NONE_HELD = register("consultation.none", _("Skälet till att ingen remiss hålls antecknades"))
EXPERT_ASKED = register("consultation.expert_asked", _("%(who)s tillfrågades som sakkunnig"))
EXPERT_ANSWERED = register("consultation.expert_answered", _("%(who)s svarade som sakkunnig"))
EXPERT_WITHDRAWN = register("consultation.expert_withdrawn", _("Frågan till %(who)s togs tillbaka"))
