# SPDX-License-Identifier: EUPL-1.2
"""What every web server process of a city has in common; found by gunicorn in its folder."""

import re
from typing import Any

from gunicorn.glogging import Logger

# It would lie in the home directory, where two cities of one user would share it.
control_socket_disable = True

_CODE = re.compile(r"(/bestall/kvitto/)[^/?#\s]+")


class SilentLogger(Logger):
    """An access log, where somebody asks for one, that tells nothing of who came (TF 2:18).

    No address, browser or page before; no query, and no code of an order, which opens its answer.
    """

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        """What a line of the log may hold."""
        found: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        address = _CODE.sub(r"\1…", str(found.get("U") or ""))
        line = f"{found.get('m')} {address} {found.get('H')}"
        told = {"h": "-", "u": "-", "l": "-", "f": "-", "a": "-", "q": "", "U": address, "r": line}
        kept = {key: value for key, value in found.items() if not key.startswith("{")}
        return {**kept, **told}


logger_class = SilentLogger
access_log_format = '%(t)s "%(r)s" %(s)s %(B)s %(D)s'
