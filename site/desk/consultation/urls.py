# SPDX-License-Identifier: EUPL-1.2
"""The addresses of consultations."""

from django.urls import path

from desk.consultation import views

urlpatterns = [
    path("remissvar/<int:pk>/", views.ConsulteeView.as_view(), name="desk_consultee"),
    path("remissvar/<int:pk>/forlang/", views.ExtendView.as_view(), name="desk_extend"),
    path("remiss/<int:pk>/sammanstallning/", views.SynthesisView.as_view(), name="desk_synthesis"),
    path("remiss/<int:pk>/avsluta/", views.CloseView.as_view(), name="desk_close_consultation"),
    path("sakkunnig/<int:pk>/", views.ExpertView.as_view(), name="desk_expert"),
    path(
        "sakkunnig/<int:pk>/aterta/",
        views.WithdrawExpertView.as_view(),
        name="desk_withdraw_expert",
    ),
]
