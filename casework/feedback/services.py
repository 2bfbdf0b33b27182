# SPDX-License-Identifier: EUPL-1.2
"""The only writers of notices: a receipt at registration, feedback at each decision (R39, R64).

A notice tells that something was decided and where to read it. It carries no case content: mail is
not a safe place for it, and a case may be secret.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from casework.feedback.models import Notice
from casework.feedback.tasks import enqueue
from casework.process.catalogue import TRANSITIONS, Mandate
from casework.process.models import Step
from casework.register.models import Case


def notify_of_step(step: Step) -> Notice | None:
    """Tell the originator that a step was taken by somebody else; call it in the transaction."""
    initiative = step.process.initiative
    rule = TRANSITIONS[step.transition]
    person = initiative.originator
    if rule.mandate is Mandate.ORIGINATOR or step.transition == "register":
        return None
    case = initiative.case
    subject = (
        _("%(dnr)s: ditt initiativ %(told)s") % {"dnr": case.dnr, "told": rule.told}
        if case
        else _("Ditt initiativ %(told)s") % {"told": rule.told}
    )
    return _create(
        initiative=initiative,
        case=case,
        step=step,
        user=person,
        address=person.email,
        subject=subject,
        body=_(
            "Hej!\n\n"
            "Ditt initiativ %(told)s den %(date)s. Beslutet fattades av: %(mandate)s.\n\n"
            "Läs skälen och vad som händer nu: %(url)s\n\n"
            "Hälsningar\n%(city)s"
        )
        % {
            "told": rule.told,
            "date": step.decided_on.isoformat(),
            "mandate": step.mandate,
            "url": f"{settings.BASE_URL}/initiativ/{initiative.pk}/",
            "city": settings.CITY_NAME,
        },
    )


def acknowledge(case: Case, address: str = "") -> Notice | None:
    """Send a receipt with number, received date and officer, and no case content.

    Args:
        case: just registered.
        address: of the sender of a letter; for an initiative the originator's is used.
    """
    initiative = getattr(case, "initiative", None)
    person = initiative.originator if initiative else None
    address = address or (person.email if person else "")
    if not address:
        return None
    officer = str(case.officer) if case.officer else _("utses inom kort")
    return _create(
        initiative=initiative,
        case=case,
        user=person,
        address=address,
        subject=_("Mottaget: %(dnr)s") % {"dnr": case.dnr},
        body=_(
            "Hej!\n\n"
            "Vi har tagit emot din handling.\n\n"
            "Diarienummer: %(dnr)s\nInkom: %(received)s\nHandläggare: %(officer)s\n\n"
            "Ange diarienumret när du hör av dig.\n\n"
            "Hälsningar\n%(city)s"
        )
        % {
            "dnr": case.dnr,
            "received": case.received_date.isoformat(),
            "officer": officer,
            "city": settings.CITY_NAME,
        },
    )


def _create(**fields: object) -> Notice:
    notice = Notice.objects.create(**fields)
    transaction.on_commit(lambda: enqueue(notice.pk))
    return notice
