# SPDX-License-Identifier: EUPL-1.2
"""Forms of the public pages: none asks for more than it needs."""

from __future__ import annotations

from typing import Any

from django import forms


class DiaryFilter(forms.Form):
    """Narrow the diary by year and kind; bad values are simply no filter."""

    ar = forms.IntegerField(required=False, min_value=1900, max_value=2999)
    typ = forms.CharField(required=False, max_length=20)
    sida = forms.CharField(required=False)

    def chosen(self) -> dict[str, Any]:
        """The values that make sense."""
        self.is_valid()
        return {key: value for key, value in self.cleaned_data.items() if value}
