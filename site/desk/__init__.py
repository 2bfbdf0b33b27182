# SPDX-License-Identifier: EUPL-1.2
"""The desk: where registrars, officials, groups and the executive office work, in Wagtail's admin.

Views read and call services; they never save models.
"""
