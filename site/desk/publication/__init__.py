# SPDX-License-Identifier: EUPL-1.2
"""Publishing a case in the web diary: chosen, previewed, confirmed."""
