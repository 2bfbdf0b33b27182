# SPDX-License-Identifier: EUPL-1.2
"""The methods of ranking as plain arithmetic: no models, no web, no words, no clock.

They take what is known and answer with what follows from it, the same for the same input. What
they mean for people is told in docs/mechanisms/ranking.md; rooms above give them rows to work on.
"""
