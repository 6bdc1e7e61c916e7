"""One installation: which apps, where the data lies, how pages are protected. All from the environment."""

import os
from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

django_stubs_ext.monkeypatch()

ROOT = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("GONGZHI_HOME", ROOT / ".gongzhi")).resolve()
DEBUG = os.environ.get("GONGZHI_DEBUG") == "1"
GONGZHI_DEMO = os.environ.get("GONGZHI_DEMO") == "1"  # shows the label "demonstration data" on every page
GONGZHI_CLOCK = os.environ.get("GONGZHI_CLOCK") == "1"  # for journeys: a demonstration follows HOME/clock


def _secret_key() -> str:
    """Return the key from the environment, else one made once and kept in the home folder."""
    if given := os.environ.get("SECRET_KEY"):
        return given
    kept = HOME / "secret-key"
    if not kept.exists():
        HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept.write_text(os.urandom(32).hex())
        kept.chmod(0o600)
    return kept.read_text().strip()


def database_from(url: str) -> dict[str, Any]:
    """Translate a PostgreSQL connection string into Django's words."""
    parts = conninfo_to_dict(url)
    options = {k: v for k, v in parts.items() if k not in {"host", "port", "user", "password", "dbname"}}
    return {
        "ENGINE": "gongzhi.kernel.lock",
        "NAME": parts.get("dbname", "gongzhi"),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": parts.get("port", ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,  # an answer is read within its transaction
        "OPTIONS": options,
    }


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("GONGZHI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
DATABASES = {"default": database_from(os.environ.get("DATABASE_URL", "postgresql:///gongzhi"))}
GONGZHI_PREPARE = (
    os.environ.get("GONGZHI_PREPARE") != "0"
)  # 0: a pooler in between cannot keep prepared statements
if replica := os.environ.get("REPLICA_DATABASE_URL"):
    DATABASES["replica"] = database_from(replica)
    DATABASES["replica"]["OPTIONS"].setdefault("connect_timeout", 2)  # then the primary is asked
    DATABASES["replica"]["TEST"] = {"MIRROR": "default"}
DATABASE_ROUTERS = ["gongzhi.kernel.replica.Router"]
REPLICA_BEHIND_SECONDS = int(os.environ.get("GONGZHI_REPLICA_BEHIND", "30"))  # an older one is not read from
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

KERNEL = [
    "organisations",
    "people",
    "audit",
    "registry",
    "lock",
    "access",
    "events",
    "documents",
    "cases",
    "notices",
    "retention",
    "delivery",
]
INSIGHT = ["integrity", "statistics", "triage"]
DOMAINS = ["hotline", "personal_information", "petitions", "mailbox"]
DESKS = ["citizen", "official", "cockpit", "log"]
INSTALLED_APPS = [
    "gongzhi.web",  # before the admin, whose frame it replaces
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_htmx",
    "lucide",
    *[f"gongzhi.kernel.{name}" for name in KERNEL],
    *[f"gongzhi.insight.{name}" for name in INSIGHT],
    *[f"gongzhi.domains.{name}" for name in DOMAINS],
    *[f"gongzhi.desks.{name}" for name in DESKS],
    "gongzhi.project",
]

AUTH_USER_MODEL = "people.Account"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "accounts:sign-in"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongzhi.web.middleware.Compressing",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gongzhi.web.middleware.actor",
    "gongzhi.web.middleware.display",  # the language comes from its cookie only: Chinese unless chosen
    "gongzhi.web.middleware.Declining",
]
ROOT_URLCONF = "gongzhi.project.urls"
WSGI_APPLICATION = "gongzhi.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongzhi.web.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "lucide.templatetags.lucide",
                "gongzhi.web.templatetags.web",
            ],
        },
    }
]

# The sealed log: its hash ("sm3" or "sha256", chosen once) and the Ed25519 key that signs its checkpoints.
LOG_HASH = os.environ.get("GONGZHI_LOG_HASH", "sm3")
LOG_KEY = os.environ.get("GONGZHI_LOG_KEY", str(HOME / "log-key.pem"))

# Keys of encrypted columns: a file, or its content in the environment. Kept apart from data and backups.
KEYS = os.environ.get("GONGZHI_KEYS", str(HOME / "keys.json"))
KEYRING = os.environ.get("GONGZHI_KEYRING", "")

# Configuration, no figures of law: how long a look may be held back, how many persons an export names, how long it opens.
LOOK_DELAY_DAYS, EXPORT_PERSONS, EXPORT_HOURS = 90, 500, 24

LOGGING = {  # everything worth knowing goes to standard error, where the service manager keeps it
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "gongzhi": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("English"))]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
DOCUMENTS_ROOT = HOME / "documents"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SESSION_ENGINE = "gongzhi.web.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "gongzhi.web.errors.csrf_failure"
HTTPS = os.environ.get("GONGZHI_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# The SMS gateway: "file" writes to the home folder for trying out; "http" posts to SMS_URL.
SMS_GATEWAY = os.environ.get("SMS_GATEWAY", "file")
SMS_URL = os.environ.get("SMS_URL", "")
SMS_TOKEN = os.environ.get("SMS_TOKEN", "")
SMS_URL_2 = os.environ.get("SMS_URL_2", "")  # a second carrier: each takes over when the other fails
SMS_TOKEN_2 = os.environ.get("SMS_TOKEN_2", "")
# Texts from people: the key with which the provider signs them (none: the door is shut), and the area of our number.
SMS_KEY = os.environ.get("SMS_KEY", "")
SMS_REGION = os.environ.get("SMS_REGION", "41")
# The official account: its token (none: the door is shut), app id and EncodingAESKey (none: plain mode), its area.
WECHAT_TOKEN = os.environ.get("WECHAT_TOKEN", "")
WECHAT_APP_ID = os.environ.get("WECHAT_APP_ID", "")
WECHAT_AES_KEY = os.environ.get("WECHAT_AES_KEY", "")
# Messages to followers: the account's secret (none: they go to a file), and the template with its field, as "ID:content".
WECHAT_SECRET = os.environ.get("WECHAT_SECRET", "")
WECHAT_TEMPLATE = os.environ.get("WECHAT_TEMPLATE", "")
WECHAT_API = os.environ.get("WECHAT_API", "https://api.weixin.qq.com")
WECHAT_REGION = os.environ.get("WECHAT_REGION", "41")
# Networks of offices, as "10.1.0.0/16,203.0.113.7": a rating from one is noted as such. Not those that guests use.
OFFICE_NETWORKS = [each for each in os.environ.get("GONGZHI_OFFICE_NETWORKS", "").split(",") if each]
# One switch for the suggestions of triage on all pages; 0 turns them off.
TRIAGE_SUGGESTIONS = os.environ.get("TRIAGE_SUGGESTIONS", "1") != "0"
TRIAGE_SHADOW = os.environ.get("TRIAGE_SHADOW") == "1"  # suggest and count, but show nothing
# The same for what a reply may lack alone: nothing comes back, it is only counted.
TRIAGE_REPLY_SHADOW = TRIAGE_SHADOW or os.environ.get("TRIAGE_REPLY_SHADOW") == "1"
TRIAGE_MODEL = os.environ.get("TRIAGE_MODEL", str(HOME / "triage.model"))
TRIAGE_SHELF = os.environ.get("TRIAGE_SHELF", str(HOME / "triage.shelf"))  # by which duplicates are found
TRUSTED_PROXIES = int(os.environ.get("GONGZHI_TRUSTED_PROXIES", "0"))
# Behind a proxy that encrypts, the proxy says so; without one, nobody may say so.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and TRUSTED_PROXIES else None
