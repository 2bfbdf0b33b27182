# SPDX-License-Identifier: EUPL-1.2
"""The members' own judgements at the desk: sealed, opened, agreed on."""
