# SPDX-License-Identifier: EUPL-1.2
"""The addresses of a round's lists: the round stands in each."""

from django.urls import path

from desk.prioritisation.views import (
    basis,
    budget_line,
    council,
    group,
    proposal,
    rehearsal,
    room,
    whole,
)

urlpatterns = [
    path("omgang/<slug:round>/grupp/<slug:area>/", room.MeetingView.as_view(), name="desk_meeting"),
    path(
        "omgang/<slug:round>/grupp/<slug:area>/rangordning/",
        group.RankingView.as_view(),
        name="desk_ranking",
    ),
    path(
        "omgang/<slug:round>/grupp/<slug:area>/rangordning/<int:number>/",
        group.RankingView.as_view(),
        name="desk_ranking_version",
    ),
    path(
        "omgang/<slug:round>/grupp/<slug:area>/rangordning/prova/",
        rehearsal.RehearsalView.as_view(),
        name="desk_rehearsal",
    ),
    path(
        "omgang/<slug:round>/grupp/<slug:area>/underlag/",
        basis.TableView.as_view(),
        name="desk_table",
    ),
    path(
        "omgang/<slug:round>/grupp/<slug:area>/jamfor/",
        basis.CompareView.as_view(),
        name="desk_compare",
    ),
    path("omgang/<slug:round>/underlag/", basis.TableView.as_view(), name="desk_table_all"),
    path(
        "omgang/<slug:round>/budgetlinje/",
        budget_line.BudgetLineView.as_view(),
        name="desk_budget_line",
    ),
    path("omgang/<slug:round>/helheten/", whole.WholeView.as_view(), name="desk_whole"),
    path("omgang/<slug:round>/jamfor/", basis.CompareView.as_view(), name="desk_compare_all"),
    path("omgang/<slug:round>/forslag/", proposal.ProposalView.as_view(), name="desk_proposal"),
    path(
        "omgang/<slug:round>/forslag/<int:number>/",
        proposal.ProposalView.as_view(),
        name="desk_handed_proposal",
    ),
    path("omgang/<slug:round>/radet/", council.CouncilView.as_view(), name="desk_council"),
    path(
        "omgang/<slug:round>/fullmaktige/",
        council.CityCouncilView.as_view(),
        name="desk_city_council",
    ),
]
