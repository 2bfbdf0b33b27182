# SPDX-License-Identifier: EUPL-1.2
"""Orders of records at the desk: each record tried for itself, and the answer."""
