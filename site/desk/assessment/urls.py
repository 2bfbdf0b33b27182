# SPDX-License-Identifier: EUPL-1.2
"""The addresses of a group's judgements, beside its list's."""

from django.urls import path

from desk.assessment.views import judging, opened, sureness

urlpatterns = [
    path(
        "omgang/<slug:round>/grupp/<slug:area>/min-bedomning/",
        judging.JudgeView.as_view(),
        name="desk_judge",
    ),
    path(
        "omgang/<slug:round>/grupp/<slug:area>/bedomningar/",
        opened.OpenedView.as_view(),
        name="desk_opened",
    ),
    path(
        "omgang/<slug:round>/grupp/<slug:area>/hur-sakert/",
        sureness.SurenessView.as_view(),
        name="desk_sureness",
    ),
]
