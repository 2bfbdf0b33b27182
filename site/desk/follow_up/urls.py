# SPDX-License-Identifier: EUPL-1.2
"""The addresses of reminders, new records and stand-ins under the admin's."""

from django.urls import path

from desk.follow_up import views

urlpatterns = [
    path(
        "bevakning/<int:pk>/klar/",
        views.CompleteReminderView.as_view(),
        name="desk_complete_reminder",
    ),
    path("bevakning/<int:pk>/flytta/", views.MoveReminderView.as_view(), name="desk_move_reminder"),
    path("ny-handling/<int:pk>/sedd/", views.TickRecordView.as_view(), name="desk_tick_record"),
    path("ersattare/", views.StandInsView.as_view(), name="desk_stand_ins"),
    path("ersattare/<int:pk>/avsluta/", views.EndStandInView.as_view(), name="desk_end_stand_in"),
]
