# SPDX-License-Identifier: EUPL-1.2
"""A developer's machine and the demo city of `make run`: works with an empty environment."""

from django.core.management.utils import get_random_secret_key

from portal.settings.base import *  # noqa: F403
from portal.settings.base import VAR_DIR, env

DEBUG = env.bool("DEBUG", True)
DEMO = env.bool("DEMO", True)


def _secret_key() -> str:
    """Return a key that outlives a restart, so that nobody is logged out by one."""
    path = VAR_DIR / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(get_random_secret_key(), encoding="utf-8")
        path.chmod(0o600)
    return path.read_text(encoding="utf-8")


SECRET_KEY = env.str("SECRET_KEY", "") or _secret_key()
ALLOWED_HOSTS: list[str] = env.list(
    "ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]", "testserver"]
)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

# Serve static files straight from where they lie: `make run` needs no collectstatic, and the folder
# that it would fill, which need not be there, is not looked for.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
