# SPDX-License-Identifier: EUPL-1.2
"""What is read of things from outside, in child processes with limits; plain Python, no Django."""
