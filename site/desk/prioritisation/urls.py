# SPDX-License-Identifier: EUPL-1.2
"""The addresses of the groups and of the proposal."""

from django.urls import path

from desk.prioritisation.views import group, proposal

urlpatterns = [
    path("grupp/<slug:area>/", group.MeetingView.as_view(), name="desk_meeting"),
    path("grupp/<slug:area>/rangordning/", group.RankingView.as_view(), name="desk_ranking"),
    path("forslag/", proposal.ProposalView.as_view(), name="desk_proposal"),
]
