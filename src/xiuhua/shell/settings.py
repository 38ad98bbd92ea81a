"""Django's settings, made from the environment."""

import os
from pathlib import Path

from xiuhua.shell.environment import BadSetting, Environment, read

try:
    ENVIRONMENT: Environment = read(os.environ)
except BadSetting as wrong:
    raise SystemExit(str(wrong)) from None

PACKAGE = Path(__file__).resolve().parent.parent
XIUHUA_HOME = ENVIRONMENT.home  # the folder of all data; photos and seals lie there

DEBUG = False
SECRET_KEY = ENVIRONMENT.secret
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", ENVIRONMENT.host]
ROOT_URLCONF = "xiuhua.shell.urls"
WSGI_APPLICATION = "xiuhua.shell.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "xiuhua.store",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "xiuhua.shell.headers.guarded",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "xiuhua.api.problems.problems_only",
    "xiuhua.look.problems.readable",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

DATABASES = {"default": ENVIRONMENT.database}
AUTH_USER_MODEL = "store.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "look" / "templates", PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "xiuhua.look.tags"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Moments are UTC everywhere; a district's own zone is in its pack.
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "look" / "locale"]

# Files are served from where they lie: nothing to collect, and MapLibre finds its worker beside itself.
STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "look" / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 600
WHITENOISE_ALLOW_ALL_ORIGINS = False

# A page's form and a JSON body; photos are streamed and have a limit of their own.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# scrypt: memory-hard, in the standard library, and the password is asked for once a shift.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

SESSION_COOKIE_AGE = 12 * 3600  # ours: one shift and its handover
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
CSRF_FAILURE_VIEW = "xiuhua.look.problems.csrf_failed"
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.url]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ENVIRONMENT.https else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if ENVIRONMENT.https:
    # TLS ends at a proxy, which has to set this header and to drop the one a client sends.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django": {"level": "WARNING"},
        # A 404 or a 400 is the client's affair and is answered; it is no event of the centre.
        "django.request": {"level": "ERROR"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
}
