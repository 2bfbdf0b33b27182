# SPDX-License-Identifier: EUPL-1.2
"""The register's addresses under the admin's."""

from django.urls import path

from desk.register.views import (
    case,
    case_actions,
    files,
    letters,
    lists,
    record_actions,
    registering,
    undoing,
)

urlpatterns = [
    path("arende/<int:pk>/", case.CaseView.as_view(), name="desk_case"),
    path("initiativ/<int:pk>/", case.InitiativeView.as_view(), name="desk_initiative"),
    path(
        "initiativ/<int:pk>/registrera/",
        registering.RegisterInitiativeView.as_view(),
        name="desk_register_initiative",
    ),
    path("registrera/", letters.RegisterLetterView.as_view(), name="desk_register"),
    path("registrera/svar/", letters.LookView.as_view(), name="desk_register_look"),
    path(
        "arende/<int:pk>/handling/",
        letters.RegisterRecordView.as_view(),
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
    path("fil/<int:pk>/sidor/", files.FilePagesView.as_view(), name="desk_file_pages"),
    path("fil/<int:pk>/sidor/<int:number>/", files.FilePagesView.as_view(), name="desk_file_page"),
    path("arende/<int:pk>/plats/", case.PlaceView.as_view(), name="desk_place"),
    path("arenden/urval/", lists.SavedListsView.as_view(), name="desk_saved_lists"),
    path("arenden/urval/spara/", lists.SaveListView.as_view(), name="desk_save_list"),
    path("arenden/urval/<int:pk>/", lists.ChangeListView.as_view(), name="desk_change_list"),
    path(
        "arenden/urval/<int:pk>/ta-bort/", lists.RemoveListView.as_view(), name="desk_remove_list"
    ),
    path("arenden/angra/", undoing.UndoableView.as_view(), name="desk_undoable"),
    path("arenden/angra/<int:pk>/", undoing.UndoView.as_view(), name="desk_undo"),
    path("arenden/kolumner/", lists.ColumnsView.as_view(), name="desk_list_columns"),
]
