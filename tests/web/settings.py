"""The workbench's settings for tests: a home that goes with the run, and passwords that are quick to check."""

import os
import tempfile
from pathlib import Path

_HOME = Path(tempfile.mkdtemp(prefix="hengji-tests-"))
os.environ["HENGJI_HOME"] = str(_HOME)
(_HOME / "static").mkdir()

from hengji.web.settings import *  # noqa: E402, F403  the environment comes first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"]["TEST"] = {"NAME": _HOME / "test.sqlite3"} if "sqlite" in DATABASES["default"]["ENGINE"] else {}  # noqa: F405
