"""Settings of the tests: a place of their own, quick passwords, and the guards of development."""

import os
import tempfile

os.environ.setdefault("LEARNIN_DATA_DIR", tempfile.mkdtemp(prefix="learnin-tests-"))
os.environ.setdefault("LEARNIN_FORBID_WRITES_ON_GET", "true")

from learnin.settings import *  # noqa: F403
from learnin.settings import CACHES, DATA_DIR, STORAGES

if "REDIS" not in CACHES["default"]["BACKEND"].upper():  # each test process counts its own tries to sign in
    _corner = DATA_DIR / "cache" / os.environ.get("PYTEST_XDIST_WORKER", "alone")
    CACHES = {"default": {**CACHES["default"], "LOCATION": _corner}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # static files straight from the sources, without collectstatic
