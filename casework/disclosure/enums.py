# SPDX-License-Identifier: EUPL-1.2
"""What a request to see a record may come to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DisclosureOutcome(models.TextChoices):
    """What became of a request, or of one record of it (TF 2:15–2:19)."""

    GRANTED = "granted", _("Lämnades ut")
    PARTLY = "partly", _("Lämnades ut, delar är maskade")
    REFUSED = "refused", _("Lämnades inte ut")
    MISSING = "missing", _("Handlingen finns inte hos oss")


#: Here the one who asked has the right to a written decision that can be appealed (OSL 6:3).
APPEALABLE = frozenset({DisclosureOutcome.PARTLY, DisclosureOutcome.REFUSED})

#: What is held back is held back by a provision of the secrecy act.
BY_PROVISION = APPEALABLE

#: With these somebody gets files.
WITH_FILES = frozenset({DisclosureOutcome.GRANTED, DisclosureOutcome.PARTLY})
