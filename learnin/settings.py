"""All settings. Each comes from a LEARNIN_* variable, is safe when unset, and stands in docs/admin/configure.md."""

import os
from pathlib import Path

import environ
from csp.constants import SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

from learnin.people.sign_in import organisations

env = environ.Env()
ROOT = Path(__file__).resolve().parent.parent

# Where it keeps things, and whether this is somebody's own machine.
DATA_DIR = Path(env.str("LEARNIN_DATA_DIR", default=str(ROOT / "var")))
DEBUG = env.bool("LEARNIN_DEBUG", default=False)
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)  # secrets, sessions and people's files: for the owner only


def _kept_secret() -> str:
    """The secret key, made on the first start and kept readable by its owner only."""
    path = DATA_DIR / "secret_key"
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(file, "w") as fresh:
        fresh.write(get_random_secret_key())
    return path.read_text().strip()


SECRET_KEY = env.str("LEARNIN_SECRET_KEY", default="") or _kept_secret()
SITE_URL = env.str("LEARNIN_SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
IS_HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.list("LEARNIN_ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "learnin.demo",
    "learnin.home",
    "learnin.assessment",
    "learnin.initiatives",
    "learnin.taskforce",
    "learnin.journal",
    "learnin.people",
    "learnin.programme",
    "learnin.kit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_q",
    "django_vite",
    "anymail",
    "csp",
    "template_partials.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "learnin.kit.middleware.NothingUnreadable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "learnin.kit.middleware.NothingKept",
    "learnin.kit.middleware.ReaderLanguage",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
# A GET never writes: here a middleware refuses the query. In production it would only cost time.
FORBID_WRITES_ON_GET = env.bool("LEARNIN_FORBID_WRITES_ON_GET", default=DEBUG)
# Two pages of the sign-in library may: the way back from an organisation's own sign-in (it notes the moment of
# signing in), and the recovery codes (they note that they were seen).
MAY_WRITE_ON_GET = {"openid_connect_callback", "mfa_view_recovery_codes", "mfa_download_recovery_codes"}
# And the API notes the day on which a token was last used, once a day, whatever is asked.
MAY_BE_WRITTEN_ON_GET = ('UPDATE "people_apitoken" SET "last_used_on"',)
if FORBID_WRITES_ON_GET:
    MIDDLEWARE.append("learnin.kit.middleware.GetNeverWrites")

ROOT_URLCONF = "learnin.urls"
WSGI_APPLICATION = "learnin.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "template_partials.templatetags.partials",
                "learnin.kit.templatetags.kit",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "learnin.kit.pages.shell",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# Database: SQLite unless told otherwise.
DATABASES = {"default": env.db_url("LEARNIN_DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    if env.bool("LEARNIN_DATABASE_PREPARE", default=True):  # planning SQL took a quarter of a page's time
        prepare = {"server_side_binding": True, "prepare_threshold": 5}
        DATABASES["default"]["OPTIONS"] = prepare | DATABASES["default"].get("OPTIONS", {})
# Each thread keeps its connection: opening SQLite anew for every page cost more than all its queries.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("LEARNIN_DATABASE_SECONDS", default=600)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("LEARNIN_REDIS_URL", default="")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": DATA_DIR / "cache",
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    )
}
JOB_SECONDS = env.int("LEARNIN_JOB_SECONDS", default=600)
JOB_WORKERS = env.int("LEARNIN_JOB_WORKERS", default=2)
Q_CLUSTER = {
    "name": "learnin",
    "workers": JOB_WORKERS,
    "timeout": JOB_SECONDS,
    "retry": JOB_SECONDS + 60,
    "max_attempts": 1,  # our own Job rows count the tries
    "ack_failures": True,
    "catch_up": False,
    "poll": 0.2,
    "label": "LearnIn",
    "save_limit": -1,  # our Job rows are the record
    **({"redis": REDIS_URL} if REDIS_URL else {"orm": "default"}),
}

# People and signing in.
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "learnin.people.sign_in.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "learnin.people.sign_in.passwords.NotCommon"},
    {"NAME": "learnin.people.sign_in.passwords.NotAboutYou"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:start"
ACCOUNT_ADAPTER = "learnin.people.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "learnin.people.adapters.SocialAccountAdapter"
MFA_ADAPTER = "learnin.people.adapters.MFAAdapter"
USERSESSIONS_ADAPTER = "learnin.people.adapters.UserSessionsAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
# Digits: everybody's phone has them, whatever the script. Eight, with three tries and few letters: hard to guess.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/m/key,10/h/key",
    "reset_password": "20/m/ip,3/m/key,10/h/key",
    "login_failed": "20/m/ip,5/5m/key,30/d/key",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this device stays, all others are signed out
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_HTTPS else "http"
ACCOUNT_FORMS = {
    "add_email": "learnin.people.sign_in.forms.ChangeAddressForm",
    "change_password": "learnin.people.sign_in.forms.ChangePasswordForm",
    "confirm_email_verification_code": "learnin.people.sign_in.forms.ConfirmAddressForm",
    "confirm_login_code": "learnin.people.sign_in.forms.ConfirmCodeForm",
    "confirm_password_reset_code": "learnin.people.sign_in.forms.ConfirmResetForm",
    "login": "learnin.people.sign_in.forms.AddressForm",
    "reauthenticate": "learnin.people.sign_in.forms.ReauthenticateForm",
    "request_login_code": "learnin.people.sign_in.forms.RequestCodeForm",
    "reset_password": "learnin.people.sign_in.forms.ResetPasswordForm",
    "reset_password_from_key": "learnin.people.sign_in.forms.NewPasswordForm",
    "set_password": "learnin.people.sign_in.forms.SetPasswordForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "LearnIn"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_FORMS = {
    "activate_totp": "learnin.people.sign_in.forms.ActivateAppForm",
    "add_webauthn": "learnin.people.sign_in.forms.AddPasskeyForm",
    "authenticate": "learnin.people.sign_in.forms.AppCodeForm",
    "authenticate_webauthn": "learnin.people.sign_in.forms.SecondStepPasskeyForm",
    "edit_webauthn": "learnin.people.sign_in.forms.RenamePasskeyForm",
    "login_webauthn": "learnin.people.sign_in.forms.LoginPasskeyForm",
    "reauthenticate": "learnin.people.sign_in.forms.ReauthenticateByCodeForm",
    "reauthenticate_webauthn": "learnin.people.sign_in.forms.ReauthenticatePasskeyForm",
}
USERSESSIONS_TRACK_ACTIVITY = False  # it would write on every page that is read
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = False  # nothing is kept: the address decides each time
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
# Ministries and UNICEF bring their own sign-in: a JSON list of objects, described in docs/admin/configure.md.
OIDC_PROVIDERS = env.json("LEARNIN_OIDC", default=[])
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [organisations.app(one) for one in OIDC_PROVIDERS]}
}
INVITATION_DAYS = env.int("LEARNIN_INVITATION_DAYS", default=14)

# Languages of the interface. Serbian Latin is made from Serbian Cyrillic.
LANGUAGE_CODE = "en"
_LANGUAGES = {
    "en": _("English"),
    "ru": _("Russian"),
    "ro": _("Romanian"),
    "sr": _("Serbian (Cyrillic)"),
    "sr-latn": _("Serbian (Latin)"),
    "tr": _("Turkish"),
    "ka": _("Georgian"),
}
_CHOSEN = env.list("LEARNIN_LANGUAGES", default=list(_LANGUAGES))
if "en" not in _CHOSEN or not set(_CHOSEN) <= set(_LANGUAGES):
    raise ImproperlyConfigured(
        f"LEARNIN_LANGUAGES is {','.join(_CHOSEN)}: it must hold en, and only these: {','.join(_LANGUAGES)}"
    )
LANGUAGES = [(code, _LANGUAGES[code]) for code in _CHOSEN]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = IS_HTTPS
LOCALE_PATHS = [ROOT / "learnin" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

PROGRAMME_FILE = env.str("LEARNIN_PROGRAMME_FILE", default="")

# Files: scripts and styles by whitenoise; people's files only through the gate.
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
FILE_LIMIT_MB = env.int("LEARNIN_FILE_LIMIT_MB", default=20)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# An answer with its pictures. Phones learn the limit and cut what they send; a post holds an answer and 100 files.
ANSWER_LIMIT_MB = env.int("LEARNIN_ANSWER_LIMIT_MB", default=100)
DATA_UPLOAD_MAX_NUMBER_FILES = 120
S3_BUCKET = env.str("LEARNIN_S3_BUCKET", default="")
STORAGES = {
    "default": (
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": S3_BUCKET,
                "endpoint_url": env.str("LEARNIN_S3_URL", default="") or None,
                "region_name": env.str("LEARNIN_S3_REGION", default="") or None,
                "access_key": env.str("LEARNIN_S3_KEY", default="") or None,
                "secret_key": env.str("LEARNIN_S3_SECRET", default="") or None,
                "default_acl": "private",
                "file_overwrite": False,
            },
        }
        if S3_BUCKET
        else {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": MEDIA_ROOT}}
    ),
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
_BUILD = ROOT / "learnin" / "kit" / "static" / "kit" / "build"
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "manifest_path": _BUILD / "manifest.json",
        "static_url_prefix": "kit/build",
    }
}

# Mail: every letter goes through the outbox; this is how it leaves the house.
EMAIL_BACKEND = "learnin.journal.outbox.OutboxBackend"
DEFAULT_FROM_EMAIL = env.str("LEARNIN_EMAIL_FROM", default="LearnIn <learnin@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_URL = env.str("LEARNIN_EMAIL_URL", default="")
EMAIL_PROVIDER = env.str("LEARNIN_EMAIL_PROVIDER", default="")
ANYMAIL = env.json("LEARNIN_EMAIL_PROVIDER_SETTINGS", default={})
MAIL_DIR = DATA_DIR / "mail"
MAIL_DELIVERY_BACKEND = "learnin.journal.outbox.ConsoleBackend"
if EMAIL_PROVIDER:
    MAIL_DELIVERY_BACKEND = f"anymail.backends.{EMAIL_PROVIDER}.EmailBackend"
elif EMAIL_URL:
    _mail = env.email_url("LEARNIN_EMAIL_URL")
    MAIL_DELIVERY_BACKEND = _mail["EMAIL_BACKEND"]
    EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20

# Security. What a browser can hold against an attacker, it holds.
SESSION_ENGINE = "learnin.kit.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = env.int("LEARNIN_SESSION_DAYS", default=30) * 86_400
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "learnin.kit.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = IS_HTTPS and env.bool("LEARNIN_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.int("LEARNIN_HSTS_SECONDS", default=31_536_000) if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
if env.bool("LEARNIN_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
        "img-src": [SELF, "data:"],
        "object-src": ["'none'"],
        "script-src": [SELF],
        "style-src": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LEARNIN_LOG_LEVEL", default="INFO")},
    "loggers": {"weasyprint": {"level": "ERROR"}, "fontTools": {"level": "ERROR"}},
}
