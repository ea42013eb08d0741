"""Settings of the tests: a place of their own, quick passwords, and the guards of development."""

import os
import tempfile

os.environ.setdefault("LEARNIN_DATA_DIR", tempfile.mkdtemp(prefix="learnin-tests-"))
os.environ.setdefault("LEARNIN_FORBID_WRITES_ON_GET", "true")

from learnin.settings import *  # noqa: F403
from learnin.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
