# SPDX-License-Identifier: EUPL-1.2
"""Search: outbox, documents, text analysis, two engines, ranking."""
