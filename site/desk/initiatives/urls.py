# SPDX-License-Identifier: EUPL-1.2
"""The contact person's addresses under the admin's."""

from django.urls import path

from desk.initiatives import table_views, views

urlpatterns = [
    path("initiativ/<int:pk>/forbered/", views.PrepareView.as_view(), name="desk_prepare"),
    path("initiativ/<int:pk>/folj/", views.FollowView.as_view(), name="desk_follow"),
    path(
        "initiativ/<int:pk>/folj/<int:follower>/sluta/",
        views.UnfollowView.as_view(),
        name="desk_unfollow",
    ),
    path(
        "initiativ/<int:pk>/sammanfor/",
        table_views.JoinView.as_view(),
        name="desk_join",
    ),
    path("skicka/", views.BatchView.as_view(), name="desk_batch"),
    path(
        "forvaltningens-initiativ/underlag/",
        table_views.PrepareAllView.as_view(),
        name="desk_prepare_all",
    ),
    path("skriv-at-nagon/", table_views.WriteForView.as_view(), name="desk_write_for"),
    path("forvaltningens-initiativ/", views.SentView.as_view(), name="desk_sent"),
]
