# SPDX-License-Identifier: EUPL-1.2
"""What became of decisions, at the desk: what is carried out, and the programme of e-services."""
