"""Settings, read from the environment once at the start.

EDUCATION_DUTY_MODE chooses among four:

- development (nothing set): SQLite in var/, loopback hosts only, a secret made once into var/;
- demo: a database of its own, no DEBUG, static files as in production (`manage.py demo`);
- test: chosen by tests/settings.py;
- production: nothing is guessed; a missing or unsafe value stops the start.

What cannot be read stops the start with one sentence that names the variable. A variable may also
be given as a file: EDUCATION_DUTY_SECRET_KEY_FILE=/run/secrets/key.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import FileAwareEnv, validate

from education_duty import checks_at_start

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = FileAwareEnv()
with env.prefixed("EDUCATION_DUTY_"):
    MODE: str = env.str(
        "MODE",
        "development",
        validate=validate.OneOf(["development", "demo", "test", "production"]),
    )
PRODUCTION = MODE == "production"
LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

with env.prefixed("EDUCATION_DUTY_"):
    DEBUG: bool = env.bool("DEBUG", MODE == "development")
    ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", [] if PRODUCTION else LOOPBACK_HOSTS)
    CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
    SECRET_KEY: str = env.str("SECRET_KEY", "")
    LOG_LEVEL: str = env.str(
        "LOG_LEVEL", "INFO", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR"])
    )
    DEMO_DATABASE: str = env.str("DEMO_DATABASE", "")  # set by `manage.py demo --database`
    DATABASE_POOL_SIZE: int = env.int("DATABASE_POOL_SIZE", 8, validate=validate.Range(min=1))
    # Behind a proxy that ends TLS and sets this header itself; never on a server reached directly.
    PROXY_TELLS_HTTPS: bool = env.bool("PROXY_TELLS_HTTPS", False)
    # How many of ours a request comes through, each of which adds to X-Forwarded-For: else whoever
    # asks could choose the address by which failed sign-ins are counted.
    # Large files are left to `run_imports`, which then has to be running; else pages wait for them.
    IMPORTS_IN_BACKGROUND: bool = env.bool("IMPORTS_IN_BACKGROUND", MODE in ("demo", "production"))
    PROXY_COUNT: int = env.int("PROXY_COUNT", 0, validate=validate.Range(min=0, max=10))
    SECURE_SSL_REDIRECT: bool = env.bool("SSL_REDIRECT", PRODUCTION)
    SECURE_HSTS_SECONDS: int = env.int("HSTS_SECONDS", 31_536_000 if PRODUCTION else 0)

    # Where the application is reached, for e-mails; and who sends them.
    SITE_URL: str = env.str("SITE_URL", "")
    # Whom the sign-in page says to ring. Whoever sees that page is not signed in: it names nobody
    # of the accounts by itself.
    HELP_CONTACT: str = env.str(
        "HELP_CONTACT",
        "市教委信息中心 023-5550 0199" if MODE == "demo" else "",
        validate=validate.Length(max=200),
    )
    EMAIL_HOST: str = env.str("EMAIL_HOST", "")
    EMAIL_PORT: int = env.int("EMAIL_PORT", 25, validate=validate.Range(min=1, max=65535))
    EMAIL_HOST_USER: str = env.str("EMAIL_USER", "")
    EMAIL_HOST_PASSWORD: str = env.str("EMAIL_PASSWORD", "")
    EMAIL_USE_TLS: bool = env.bool("EMAIL_TLS", False)
    DEFAULT_FROM_EMAIL: str = env.str("EMAIL_FROM", "education-duty@localhost")
EMAIL_TIMEOUT = 20
PASSWORD_RESET_TIMEOUT = 2 * 60 * 60  # of the link in a mail
# Without a server, mails are written to the console, as in the demonstration.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"

if PRODUCTION:
    checks_at_start.refuse_unsafe(secret=SECRET_KEY, debug=DEBUG, hosts=ALLOWED_HOSTS)
    checks_at_start.refuse_untranslated(BASE_DIR / "indicators" / "locale")
    checks_at_start.refuse_uncounted(proxy=PROXY_TELLS_HTTPS, count=PROXY_COUNT)
elif not SECRET_KEY:
    SECRET_KEY = checks_at_start.secret_kept_in(VAR_DIR) if MODE != "test" else "tests only"

# --- Database -----------------------------------------------------------------------------------

database: dict[str, Any]
if MODE == "demo" and DEMO_DATABASE:
    with env.prefixed("EDUCATION_DUTY_"):
        database = env.dj_db_url("DEMO_DATABASE")
elif MODE == "demo":
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(VAR_DIR / "demo.sqlite3")}
elif PRODUCTION:
    database = env.dj_db_url("DATABASE_URL")
else:
    VAR_DIR.mkdir(exist_ok=True)
    own = VAR_DIR / "development.sqlite3"
    database = env.dj_db_url("DATABASE_URL", f"sqlite:///{checks_at_start.in_url(own)}")

options: dict[str, Any]
if database["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a transaction that reads and then writes waits for its turn at the start instead of
    # failing at its first write. Django itself turns foreign keys on.
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
elif database["ENGINE"] == "django.db.backends.postgresql":
    # Django's own, which answers at once where the database is away (its docstrings say how).
    database["ENGINE"] = "education_duty.postgresql"
    options = {
        "pool": {
            "min_size": 1,
            "max_size": DATABASE_POOL_SIZE,
            "timeout": 3,
            # Then it gives up a lost connection, and the next request makes one; the pool itself
            # would try again after minutes only.
            "reconnect_timeout": 1,
        },
        # Seconds. A server that vanished without a word is noticed within ten, by a connection that
        # waits in the pool as by one that waits for its answer.
        "connect_timeout": 2,
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 2,
        "tcp_user_timeout": 5_000,  # of what was sent and not confirmed; in milliseconds
        # To compile a question that asks what was released to a reader takes half a second, to
        # answer it a millisecond.
        "options": "-c jit=off",
    }
else:
    raise ImproperlyConfigured("DATABASE_URL must begin with postgresql:// or sqlite:///.")
database["OPTIONS"] = options | database.get("OPTIONS", {})
database["CONN_MAX_AGE"] = 0  # the pool keeps connections; Django refuses to do so as well
DATABASES = {"default": database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Application --------------------------------------------------------------------------------

INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    "indicators",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tables2",
    "csp",
    "axes",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "indicators.accounts.request_names.RequestNameMiddleware",
    "csp.middleware.CSPMiddleware",
    "indicators.accounts.caching.CachingMiddleware",
    # Before all that a page needs: who has it is told so, and asks for nothing else.
    "indicators.dashboards.unchanged.UnchangedMiddleware",
    "indicators.accounts.saved.SavedMiddleware",
    "indicators.recording.examination.ExaminationMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    # In place of Django's: Chinese unless the visitor chose otherwise, whatever the browser says.
    "indicators.accounts.language.LanguageMiddleware",
    "indicators.api.middleware.ApiMiddleware",
    "indicators.accounts.unreadable.UnreadableMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # The last: what it answers in place of a page is in the visitor's language.
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "education_duty.urls"
WSGI_APPLICATION = "education_duty.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "indicators.accounts.navigation.navigation",
            ],
        },
    }
]

# --- People and sessions ------------------------------------------------------------------------

AUTH_USER_MODEL = "indicators.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": given}
    for name, given in {
        "UserAttributeSimilarityValidator": {"user_attributes": ["username", "full_name", "email"]},
        "MinimumLengthValidator": {"min_length": 10},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day: office computers are shared
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

# Failed attempts lock the pair of account and address: indicators/accounts/sign_ins.py says why.
# The demonstration's accounts are known to everybody: whoever mistypes there waits a minute.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=1 if MODE == "demo" else 15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_HANDLER = "indicators.accounts.sign_ins.Handler"
AXES_USERNAME_CALLABLE = "indicators.accounts.sign_ins.account_of"
AXES_CLIENT_IP_CALLABLE = "indicators.accounts.client.network_of"
AXES_LOCKOUT_CALLABLE = "indicators.accounts.views.locked"
AXES_DISABLE_ACCESS_LOG = True  # records of our own take its place
AXES_ENABLE_ADMIN = AXES_VERBOSE = False

# --- What a browser may do ----------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_SECONDS > 0
# Entering the browsers' own HSTS lists is a step for whoever owns the whole domain, not for one
# application below it.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if PROXY_TELLS_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Whoever watches the process asks it directly, without the proxy that ends TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]

# --- Language and time --------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "indicators" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

# --- Static files -------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# Set-up copies here, out of npm's packages, exactly the files that pages use.
ASSETS_DIR = VAR_DIR / "assets"
STATICFILES_DIRS = [("vendor", ASSETS_DIR)]
HASHED_STATIC_FILES = MODE in ("demo", "production")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HASHED_STATIC_FILES
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not HASHED_STATIC_FILES

# --- Log ----------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    # Without this Django's own handlers stay, which keep silent or send mail outside DEBUG.
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        # Its lines, without names or addresses, say less than the records that are kept.
        "axes": {"level": "ERROR"},
    },
}
