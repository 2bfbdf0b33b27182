# SPDX-License-Identifier: EUPL-1.2
"""The shipped way of working: the 2008 model as data, loaded by the demo and by a new city."""
