"""Models and migrations say the same."""

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_model_has_changed_without_its_migration(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        call_command("makemigrations", check=True, dry_run=True, interactive=False)
    except SystemExit:
        pytest.fail(capsys.readouterr().out)

    assert "No changes detected" in capsys.readouterr().out
