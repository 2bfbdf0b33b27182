# SPDX-License-Identifier: EUPL-1.2
"""The documents' small city."""

from tests.docgen.conftest import *  # noqa: F403  fixtures are taken over by name
