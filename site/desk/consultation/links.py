# SPDX-License-Identifier: EUPL-1.2
"""Where the desk shows a remiss."""

from casework.consultation.models import Consultation
from ui.links import link, url_for


@link(Consultation, "desk")
def consultation(found: Consultation) -> str:
    """Among the remisser of its case, where it is answered and closed."""
    return f"{url_for(found.case, 'desk')}#remiss"
