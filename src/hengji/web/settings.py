"""Django's settings, all from the environment, so that one distribution serves a laptop and a bureau.

HENGJI_HOME            folder of the database and the key (default: .hengji in the user's home)
HENGJI_DATABASE_URL    postgres://user:password@host:port/name; SQLite in HENGJI_HOME without it
HENGJI_HOSTS           names under which the workbench is reached, separated by commas, beside this machine itself
HENGJI_LONE            1: one person on this machine, who needs no password there
HENGJI_TLS             1: reached by https only (cookies and redirects accordingly)
HENGJI_PROXY           1: a proxy in front ends TLS and sets X-Forwarded-Proto and X-Forwarded-For
"""

from __future__ import annotations

import os
from pathlib import Path

from hengji.web.environment import cache, database, flag, fragments, secret

HOME = Path(os.environ.get("HENGJI_HOME") or Path.home() / ".hengji")
LONE = flag("HENGJI_LONE")
TLS = flag("HENGJI_TLS")

SECRET_KEY = secret(HOME)
DEBUG = False
NAMES = [name.strip() for name in os.environ.get("HENGJI_HOSTS", "").split(",") if name.strip()]
ALLOWED_HOSTS = [*NAMES, "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in NAMES] if TLS else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "hengji.web.apps.Workbench",
]
MIDDLEWARE = [
    "hengji.web.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "hengji.web.headers.NoNul",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hengji.web.lone.LonePerson",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "hengji.web.urls"
WSGI_APPLICATION = "hengji.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hengji.web.navigation.working",
            ],
            "builtins": ["hengji.web.templatetags.words"],
        },
    }
]
DATABASES = {"default": database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": cache(), "template_fragments": fragments()}

AUTH_USER_MODEL = "web.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "hengji.web.accounts.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dossiers"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "hengji.web.accounts.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/300s/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if flag("HENGJI_PROXY") else 0
MFA_TOTP_ISSUER = "衡绩"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = TLS
SECURE_REDIRECT_EXEMPT = ["^health/$"]
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("HENGJI_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "hengji.web.logs.Json"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "hengji": {"level": "INFO"},
        "waitress.queue": {
            "level": "ERROR"
        },  # that a request waits for a thread is no fault, and a line for each is slow
    },
}
