"""Settings by environment: what is misspelt or unsafe stops the start with one sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from education_duty.bootstrap.places import ROOT
from education_duty.checks_at_start import refuse_untranslated

PRODUCTION = {
    "EDUCATION_DUTY_MODE": "production",
    "EDUCATION_DUTY_SECRET_KEY": "3kq9-Zt7xWm2_Lp8sVb4nRd6yHc1fJg5uTe0aQi-oKz3xMv7wYb9d",
    "EDUCATION_DUTY_ALLOWED_HOSTS": "duty.example.org",
    "DATABASE_URL": "postgresql://duty@127.0.0.1/duty",
}


def manage(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Started with these variables, and with none that the tests themselves have set."""
    ours = ("EDUCATION_DUTY_", "DATABASE_URL", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=kept | env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_when_all_is_given() -> None:
    found = manage("diffsettings", "--output=unified", **PRODUCTION)

    assert found.returncode == 0, found.stderr
    assert "+ SESSION_COOKIE_SECURE = True" in found.stdout


def test_check_deploy_is_clean_in_production() -> None:
    found = manage("check", "--deploy", "--fail-level=WARNING", **PRODUCTION)

    assert (found.returncode, found.stderr) == (0, "")


def test_production_does_not_start_without_its_translations(tmp_path: Path) -> None:
    catalogue = tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.touch()

    with pytest.raises(ImproperlyConfigured, match="translations are not compiled"):
        refuse_untranslated(tmp_path)

    catalogue.with_suffix(".mo").touch()
    refuse_untranslated(tmp_path)


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("EDUCATION_DUTY_SECRET_KEY", "", "EDUCATION_DUTY_SECRET_KEY must be a secret"),
        ("EDUCATION_DUTY_SECRET_KEY", "short", "EDUCATION_DUTY_SECRET_KEY must be a secret"),
        ("EDUCATION_DUTY_SECRET_KEY", "a" * 60, "EDUCATION_DUTY_SECRET_KEY must be a secret"),
        ("EDUCATION_DUTY_SECRET_KEY", "django-insecure-" + "x1" * 30, "must be a secret"),
        ("EDUCATION_DUTY_DEBUG", "1", "EDUCATION_DUTY_DEBUG must not be on"),
        ("EDUCATION_DUTY_ALLOWED_HOSTS", "*", "EDUCATION_DUTY_ALLOWED_HOSTS must name"),
        ("EDUCATION_DUTY_ALLOWED_HOSTS", "", "EDUCATION_DUTY_ALLOWED_HOSTS must name"),
        ("EDUCATION_DUTY_PROXY_TELLS_HTTPS", "1", "EDUCATION_DUTY_PROXY_COUNT must say"),
        ("EDUCATION_DUTY_PROXY_COUNT", "-1", 'EDUCATION_DUTY_PROXY_COUNT" invalid'),
        ("EDUCATION_DUTY_PROXY_COUNT", "one", 'EDUCATION_DUTY_PROXY_COUNT" invalid'),
        ("DATABASE_URL", "", "DATABASE_URL"),
        ("DATABASE_URL", "nonsense", "DATABASE_URL"),
        ("DATABASE_URL", "mysql://duty@127.0.0.1/duty", "DATABASE_URL must begin"),
        ("EDUCATION_DUTY_DEBUG", "ture", 'EDUCATION_DUTY_DEBUG" invalid'),
        ("EDUCATION_DUTY_MODE", "prod", 'EDUCATION_DUTY_MODE" invalid'),
        ("EDUCATION_DUTY_SECRET_KEY_FILE", "/nowhere", "EDUCATION_DUTY_SECRET_KEY"),
        ("EDUCATION_DUTY_LOG_LEVEL", "loud", 'EDUCATION_DUTY_LOG_LEVEL" invalid'),
    ],
)
def test_what_is_unsafe_or_unreadable_stops_the_start(variable: str, value: str, said: str) -> None:
    environment = PRODUCTION | {variable: value}
    if variable.endswith("_FILE"):
        del environment["EDUCATION_DUTY_SECRET_KEY"]

    found = manage("check", **environment)

    assert found.returncode == 1
    assert said in found.stderr
    assert len(found.stderr.splitlines()) == 1


def test_development_serves_loopback_alone_and_keeps_its_own_secret() -> None:
    found = manage("diffsettings", "--output=unified")

    assert "+ ALLOWED_HOSTS = ['localhost', '127.0.0.1', '[::1]']" in found.stdout
    assert "+ SECRET_KEY = ''" not in found.stdout


def test_a_pool_is_used_on_postgresql() -> None:
    found = manage("diffsettings", "--output=unified", **PRODUCTION)

    pool = "'pool': {'min_size': 1, 'max_size': 8, 'timeout': 3, 'reconnect_timeout': 1}"
    assert pool in found.stdout


@pytest.mark.parametrize(("mode", "seconds"), [("demo", 60), ("development", 900)])
def test_a_lock_is_short_where_everybody_knows_the_passwords(mode: str, seconds: int) -> None:
    found = manage("diffsettings", "--output=unified", EDUCATION_DUTY_MODE=mode)

    assert f"+ AXES_COOLOFF_TIME = datetime.timedelta(seconds={seconds})" in found.stdout
