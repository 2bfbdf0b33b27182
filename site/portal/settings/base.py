# SPDX-License-Identifier: EUPL-1.2
"""What holds everywhere. Everything that a city changes comes from the environment."""

from __future__ import annotations

from email.utils import parseaddr
from pathlib import Path
from typing import Any

import structlog
from environs import Env

from portal.env import city_login, database_from_url, email_from_url
from portal.logs import logging_config

BASE_DIR = Path(__file__).resolve().parents[3]
SITE_DIR = BASE_DIR / "site"

env = Env()

# --- The city -----------------------------------------------------------------------------------
CITY_NAME = env.str("CITY_NAME", "Almstads stad")
CITY_SHORT_NAME = env.str("CITY_SHORT_NAME", "Almstad")
#: A file among the static files; the neutral crest stands in until the city puts its own there.
CITY_CREST = env.str("CITY_CREST", "img/crest.svg")
CITY_EMAIL = env.str("CITY_EMAIL", "kommunstyrelsen@almstad.example")
#: Shows the demo accounts on the log-in page. Never in production.
DEMO = False
#: Whether search engines may list the public diary (Domain: noindex is the city's choice).
PUBLIC_DIARY_NOINDEX = env.bool("PUBLIC_DIARY_NOINDEX", True)
#: The file outside the database in which ``verify_register --seal`` keeps the chains' heads; the
#: page of numbers compares with its last line.
SEAL_FILE = env.str("SEAL_FILE", "")
#: So many days the answer to an order of records, with its files, can be read by its code.
DISCLOSURE_DAYS = env.int("DISCLOSURE_DAYS", 60)
#: So many days a case is shown in the web diary unless the one who publishes says otherwise;
#: 0 for no end (dataskyddsförordningen art. 5.1 e: no longer than needed).
PUBLISHED_DAYS = env.int("PUBLISHED_DAYS", 365)

# --- Where things are ---------------------------------------------------------------------------
VAR_DIR = env.path("VAR_DIR", BASE_DIR / "var")
MEDIA_ROOT = env.path("MEDIA_ROOT", VAR_DIR / "media")
MEDIA_URL = "/media/"
STATIC_ROOT: Path | None = env.path("STATIC_ROOT", BASE_DIR / "staticfiles")
STATIC_URL = "/static/"
BASE_URL = env.str("BASE_URL", "http://localhost:{}".format(env.str("PORT", "8000")))

DATABASES = {
    "default": database_from_url(env.str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'initiativ.db'}"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

#: Empty: the embedded engine, its files in SEARCH_DIR. An http(s) address: Elasticsearch.
SEARCH_URL = env.str("SEARCH_URL", "")
SEARCH_DIR = env.path("SEARCH_DIR", VAR_DIR / "index")
SEARCH_INDEX_PREFIX = env.str("SEARCH_INDEX_PREFIX", "initiativ")

STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Files of records: never under MEDIA_URL, since only a view with the access rule serves them.
    "records": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": env.path("RECORDS_ROOT", VAR_DIR / "records"),
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# --- Applications -------------------------------------------------------------------------------
INSTALLED_APPS = [
    "portal",
    "desk.process",
    "desk.initiatives",
    "desk.consultation",
    "desk.documents",
    "desk.planning",
    "desk.meetings",
    "desk.assessment",
    "desk.prioritisation",
    "desk.inbox",
    "desk.register",
    "desk.disclosure",
    "desk.publication",
    "desk.lists",
    "desk.numbers",
    "desk.follow_up",
    "desk.search",
    "desk.journal",
    "desk.statistics",
    "desk.feedback",
    "desk.archive",
    "desk.dispatch",
    "desk.progress",
    "desk.organisation",
    "demo",
    "city.account",
    "city.content",
    "city.feedback",
    "city.meetings",
    "city.initiatives",
    "city.register",
    "city.disclosure",
    "city.search",
    "ops",
    "ui",
    "search",
    "docgen",
    "casework.saved_lists",
    "casework.inbox",
    "casework.feedback",
    "casework.prioritisation",
    "casework.assessment",
    "casework.process",
    "casework.archive",
    "casework.dispatch",
    "casework.consultation",
    "casework.planning",
    "casework.initiatives",
    "casework.meetings",
    "casework.disclosure",
    "casework.follow_up",
    "casework.register",
    "casework.journal",
    "casework.access",
    "casework.organisation",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_fsm",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "portal.middleware.RequestIdMiddleware",
    "portal.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.middleware.SignedInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "city.account.middleware.OneTimePasswordMiddleware",
    "city.account.middleware.SecondFactorMiddleware",
    "desk.organisation.middleware.EditorMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "portal.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE_DIR / "portal" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.city",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- People -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "organisation.User"
AUTHENTICATION_BACKENDS = ["desk.organisation.backends.DeskBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "after_login"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", 10) * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.errors.csrf_failure"

ACCOUNT_ADAPTER = "city.account.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "city.account.forms.LoginForm",
    "reauthenticate": "city.account.forms.ReauthenticateForm",
    "change_password": "city.account.forms.ChangePasswordForm",
}
#: Counted where all processes share it (portal.cache). Offices have one address for many
#: people, so the address is let through more often than the account.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "60/5m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
#: How many proxies stand in front of us, so that the address counted is the visitor's.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
MFA_ADAPTER = "city.account.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Mail addresses come from the administrator; nothing is proved by them.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "city.account.forms.AuthenticateForm",
    "reauthenticate": "city.account.forms.ReauthenticateByCodeForm",
    "activate_totp": "city.account.forms.ActivateAppForm",
    "add_webauthn": "city.account.forms.AddKeyForm",
    "edit_webauthn": "city.account.forms.EditKeyForm",
}
#: Those who decide or administer need more than a password; production switches it on.
SECOND_FACTOR_REQUIRED = False
#: The city's directory (OpenID Connect): empty for log-in with accounts of our own alone.
SOCIALACCOUNT_ADAPTER = "city.account.adapters.CityLoginAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False
CITY_LOGIN_CLAIM = env.str("CITY_LOGIN_CLAIM", "preferred_username")
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": city_login(env), "OAUTH_PKCE_ENABLED": True}}

# --- Cache --------------------------------------------------------------------------------------
CACHES = {
    "default": {"BACKEND": "portal.cache.PortalCache"},
    "shared": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}

# --- Language and time --------------------------------------------------------------------------
ORIGINATOR_PATH = "/initiativ/%s/"  # where an originator reads what happened
DESK_CASE_PATH = "/admin/arende/%s/"  # where those who handle a case read it
DESK_INITIATIVE_PATH = "/admin/initiativ/%s/"  # the same before it has a number
DESK_CONSULTEE_PATH = "/admin/remissvar/%s/"  # where those who are asked answer a remiss
NEWS_PATH = "/besked/"  # where everyone reads what is new for them
ORDER_PATH = "/bestall/kvitto/%s/"  # where whoever ordered a record reads the answer
MEETING_PATH = "/admin/moten/%s/"  # where those who are called find the agenda
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska")]
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
#: A few words of Wagtail's that mean something else to a registrar.
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["portal.formats"]

# --- Security -----------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Wagtail's preview shows pages in a frame of our own.
X_FRAME_OPTIONS = "SAMEORIGIN"

# --- Uploads ------------------------------------------------------------------------------------
#: One attachment; the whole request may be somewhat larger.
MAX_ATTACHMENT_BYTES = env.int("MAX_ATTACHMENT_MB", 25) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Mail and jobs ------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"{CITY_NAME} <{CITY_EMAIL}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
for _name, _value in email_from_url(env.str("EMAIL_URL", "console://")).items():
    globals()[_name] = _value

#: From where `fetch_mail` fetches: imaps://user:password@host/folder, maildir:///path or
#: folder:///path, several with commas. Empty: the city has no mailbox here.
MAIL_SOURCES: list[str] = env.list("MAIL_SOURCE", [])
#: The code of the authority whose registrars see what is fetched; empty: the only one, or the
#: one that keeps the diary of the model.
MAIL_AUTHORITY = env.str("MAIL_AUTHORITY", "")
#: Where IMAP mail is moved when it is taken in; empty: it is marked as read.
MAIL_DONE_FOLDER = env.str("MAIL_DONE_FOLDER", "")
#: The city's own addresses: what comes back from them is set aside and never answered.
MAIL_OWN_ADDRESSES: list[str] = [
    address.casefold()
    for address in env.list("MAIL_OWN_ADDRESSES", [CITY_EMAIL, parseaddr(DEFAULT_FROM_EMAIL)[1]])
]
#: A larger mail is kept, but not read.
MAX_MAIL_BYTES = env.int("MAX_MAIL_MB", 60) * 1024 * 1024

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default"],
    }
}
#: The desk says that the worker is down when its last sign of life is older than this.
WORKER_SILENT_SECONDS = 60

# --- Wagtail ------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = f"Initiativ – {CITY_NAME}"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("sv", "Svenska")]
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/logga-in/"
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # the city has one; the page for an account asks for none
WAGTAIL_DATE_FORMAT = "%Y-%m-%d"
WAGTAIL_DATETIME_FORMAT = "%Y-%m-%d %H:%M"
WAGTAIL_TIME_FORMAT = "%H:%M"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
# One's own password is changed under "Mitt konto", where it is journalled.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "pdf", "pptx", "rtf", "txt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = MAX_ATTACHMENT_BYTES
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_BLOCK_EMBEDDED_CONTENT = True
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # no page fetches anything from elsewhere
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# --- Log ----------------------------------------------------------------------------------------
LOG_LEVEL = env.str("LOG_LEVEL", "INFO")
LOGGING = logging_config(level=LOG_LEVEL, as_json=False)
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=False),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=False,
)
