# SPDX-License-Identifier: EUPL-1.2
"""The desk's addresses under the admin's."""

from django.urls import path

from pages.desk import (
    caretaking,
    city,
    decisions,
    files,
    group,
    guide,
    liaison,
    matter,
    registering,
    search,
)

urlpatterns = [
    path("arende/<int:pk>/", matter.CaseView.as_view(), name="desk_case"),
    path("initiativ/<int:pk>/", matter.InitiativeView.as_view(), name="desk_initiative"),
    path("initiativ/<int:pk>/forbered/", liaison.PrepareView.as_view(), name="desk_prepare"),
    path(
        "initiativ/<int:pk>/beslut/<str:name>/", decisions.DecideView.as_view(), name="desk_decide"
    ),
    path(
        "initiativ/<int:pk>/registrera/",
        registering.RegisterInitiativeView.as_view(),
        name="desk_register_initiative",
    ),
    path("skicka/", liaison.BatchView.as_view(), name="desk_batch"),
    path("inkorg/", registering.InboxView.as_view(), name="desk_inbox"),
    path("registrera/", registering.RegisterLetterView.as_view(), name="desk_register"),
    path(
        "arende/<int:pk>/handling/",
        registering.RegisterRecordView.as_view(),
        name="desk_register_record",
    ),
    path(
        "arende/<int:pk>/gor/<str:name>/", caretaking.CaretakingView.as_view(), name="desk_caretake"
    ),
    path(
        "handling/<int:pk>/<str:name>/",
        caretaking.RecordActionView.as_view(),
        name="desk_record_action",
    ),
    path("remissvar/<int:pk>/", caretaking.ConsulteeView.as_view(), name="desk_consultee"),
    path(
        "utlamnande/<int:pk>/",
        registering.AnswerDisclosureView.as_view(),
        name="desk_disclosure",
    ),
    path("fil/<int:pk>/", files.download, name="desk_file"),
    path("grupp/<slug:area>/", group.MeetingView.as_view(), name="desk_meeting"),
    path("grupp/<slug:area>/rangordning/", group.RankingView.as_view(), name="desk_ranking"),
    path("forslag/", city.ProposalView.as_view(), name="desk_proposal"),
    path("sok/", search.DeskSearchView.as_view(), name="desk_search"),
    path("sa-gar-det-till/", guide.GuideView.as_view(), name="desk_guide"),
]
