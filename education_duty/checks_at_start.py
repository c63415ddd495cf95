"""What settings.py asks before it lets the application start."""

import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from django.core.exceptions import ImproperlyConfigured

SHORTEST_SECRET = 50


def refuse_unsafe(*, secret: str, debug: bool, hosts: list[str]) -> None:
    """Production stops here, with one sentence, instead of running open."""
    if (
        len(secret) < SHORTEST_SECRET
        or len(set(secret)) < 5
        or secret.startswith("django-insecure")
    ):
        raise ImproperlyConfigured(
            "EDUCATION_DUTY_SECRET_KEY must be a secret of your own with at least "
            f"{SHORTEST_SECRET} characters in production "
            '(python3 -c "import secrets; print(secrets.token_urlsafe(50))" makes one).'
        )
    if debug:
        raise ImproperlyConfigured("EDUCATION_DUTY_DEBUG must not be on in production.")
    if not hosts or any(host.strip() in ("", "*", ".") for host in hosts):
        raise ImproperlyConfigured(
            "EDUCATION_DUTY_ALLOWED_HOSTS must name the hosts served in production, "
            'such as "duty.example.gov.cn"; "*" and nothing are refused.'
        )


def refuse_untranslated(folder: Path) -> None:
    """Without what is compiled from the folder's catalogues every page would be in English."""
    if any(not catalogue.with_suffix(".mo").exists() for catalogue in folder.rglob("*.po")):
        raise ImproperlyConfigured(
            "The translations are not compiled: without EDUCATION_DUTY_OWN_ENVIRONMENT manage.py "
            "does so, and with it `pybabel compile --use-fuzzy --directory indicators/locale`."
        )


def refuse_uncounted(*, proxy: bool, count: int) -> None:
    """All would share the proxy's address, where one person's mistakes lock the account for all."""
    if proxy and count == 0:
        raise ImproperlyConfigured(
            "EDUCATION_DUTY_PROXY_COUNT must say how many proxies stand in front, each of which "
            "adds to X-Forwarded-For, as EDUCATION_DUTY_PROXY_TELLS_HTTPS says that one does."
        )


def secret_kept_in(folder: Path) -> str:
    """The secret of development and demo: made once, readable by its owner alone.

    Written aside and linked into place, so that of two first starts at once both use the same.
    """
    folder.mkdir(exist_ok=True)
    kept = folder / "secret_key"
    if not kept.exists():
        fresh = folder / f"secret_key.{secrets.token_hex(8)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            kept.hardlink_to(fresh)
        fresh.unlink()
    return kept.read_text()


def in_url(path: Path) -> str:
    """A path as the path part of a database URL, whatever characters it has."""
    return quote(str(path))
