# SPDX-License-Identifier: EUPL-1.2
"""The register's addresses under the admin's."""

from django.urls import path

from desk.register.views import case, case_actions, files, record_actions, registering

urlpatterns = [
    path("arende/<int:pk>/", case.CaseView.as_view(), name="desk_case"),
    path("initiativ/<int:pk>/", case.InitiativeView.as_view(), name="desk_initiative"),
    path(
        "initiativ/<int:pk>/registrera/",
        registering.RegisterInitiativeView.as_view(),
        name="desk_register_initiative",
    ),
    path("registrera/", registering.RegisterLetterView.as_view(), name="desk_register"),
    path(
        "arende/<int:pk>/handling/",
        registering.RegisterRecordView.as_view(),
        name="desk_register_record",
    ),
    path(
        "arende/<int:pk>/gor/<str:name>/",
        case_actions.CaseActionView.as_view(),
        name="desk_caretake",
    ),
    path(
        "handling/<int:pk>/publicera/",
        record_actions.ShowRecordView.as_view(),
        name="desk_show_record",
    ),
    path(
        "handling/<int:pk>/dolj/",
        record_actions.ShowRecordView.as_view(is_shown=False),
        name="desk_hide_record",
    ),
    path(
        "handling/<int:pk>/<str:name>/",
        record_actions.RecordActionView.as_view(),
        name="desk_record_action",
    ),
    path(
        "utlamnande/<int:pk>/", registering.AnswerDisclosureView.as_view(), name="desk_disclosure"
    ),
    path(
        "utlamnande/<int:pk>/beslut/",
        registering.DisclosureDecisionView.as_view(),
        name="desk_disclosure_decision",
    ),
    path("arende/<int:pk>/handlingar/", case.RecordsView.as_view(), name="desk_records"),
    path(
        "handling/<int:pk>/filer/webbdiariet/",
        record_actions.PublicFilesView.as_view(),
        name="desk_public_files",
    ),
    path(
        "handling/<int:pk>/fil/lagg-till/", record_actions.AttachView.as_view(), name="desk_attach"
    ),
    path(
        "behorighet/<int:pk>/avsluta/", case_actions.EndGrantView.as_view(), name="desk_end_grant"
    ),
    path("fil/<int:pk>/", files.download, name="desk_file"),
]
