# SPDX-License-Identifier: EUPL-1.2
"""What is new for a person, at the desk."""
