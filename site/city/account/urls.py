# SPDX-License-Identifier: EUPL-1.2
"""Addresses for signing in and out and for what keeps an account safe.

The names are the ones that the library asks for; only what is used here has an address, so
nobody signs up, resets a password by mail or keeps several mail addresses.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as key
from allauth.socialaccount.providers.openid_connect import views as directory
from django.urls import path

from city.account import views

urlpatterns = [
    path("logga-in/", views.LoginView.as_view(), name="account_login"),
    path("logga-ut/", account.logout, name="account_logout"),
    path("nytt-losenord/", views.new_password, name="new_password"),
    path("efter-inloggning/", views.after_login, name="after_login"),
    path("logga-in/avstangt/", account.account_inactive, name="account_inactive"),
    path("logga-in/kod/", second_factor.authenticate, name="mfa_authenticate"),
    path("logga-in/nyckel/", key.login_webauthn, name="mfa_login_webauthn"),
    path("logga-in/bekrafta/", account.reauthenticate, name="account_reauthenticate"),
    path("logga-in/bekrafta/kod/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path(
        "logga-in/bekrafta/nyckel/", key.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"
    ),
    path("logga-in/staden/<str:provider_id>/", directory.login, name="openid_connect_login"),
    path(
        "logga-in/staden/<str:provider_id>/svar/",
        directory.callback,
        name="openid_connect_callback",
    ),
    path("logga-in/staden-avbrutet/", views.city_login_failed, name="socialaccount_login_error"),
    path(
        "logga-in/staden-avbruten/", views.city_login_failed, name="socialaccount_login_cancelled"
    ),
    path("konto/", views.AccountView.as_view(), name="mfa_index"),
    path("kalender/<str:key>.ics", views.calendar_feed, name="calendar_feed"),
    path("konto/losenord/", views.ChangePasswordView.as_view(), name="account_change_password"),
    path("konto/app/", app.activate_totp, name="mfa_activate_totp"),
    path("konto/app/ta-bort/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("konto/koder/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("konto/koder/nya/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("konto/koder/fil/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("konto/nycklar/", key.list_webauthn, name="mfa_list_webauthn"),
    path("konto/nycklar/ny/", key.add_webauthn, name="mfa_add_webauthn"),
    path("konto/nycklar/<int:pk>/", key.edit_webauthn, name="mfa_edit_webauthn"),
    path("konto/nycklar/<int:pk>/ta-bort/", key.remove_webauthn, name="mfa_remove_webauthn"),
]
