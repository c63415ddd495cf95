"""What manage.py does first, and the one line it says where something is missing."""

import ast
import sys
import threading
import time
from pathlib import Path

import pytest

import manage
from education_duty.bootstrap import environment, start, tools, translations
from education_duty.bootstrap.places import ROOT, Refusal


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The set-up log, away from the real one."""
    monkeypatch.setattr(tools, "ROOT", tmp_path)
    monkeypatch.setattr(tools, "SETUP_LOG", tmp_path / "setup.log")
    return tmp_path / "setup.log"


def python(code: str) -> list[str | Path]:
    return [sys.executable, "-c", code]


def test_manage_can_be_read_by_an_old_python() -> None:
    assert ast.parse((ROOT / "manage.py").read_text(), feature_version=(3, 4))


def test_an_old_python_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))

    with pytest.raises(SystemExit, match=r"3\.11 or newer is needed, this is 3\.9"):
        manage.main()


def test_a_python_without_venv_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    with pytest.raises(Refusal, match=r"apt-get install python3\.\d+-venv"):
        environment.make()


def test_no_network_is_one_line_with_the_mend(log: Path) -> None:
    pip = python("print('Retrying: Temporary failure in name resolution'); raise SystemExit(1)")

    with pytest.raises(Refusal, match="no network") as refusal:
        tools.run(pip, what="Installing locked packages")

    assert len(str(refusal.value).splitlines()) == 1
    assert "setup.log" in str(refusal.value)
    assert "Temporary failure" in log.read_text()


def test_another_failure_is_told_in_the_programs_own_words(log: Path) -> None:
    pip = python("print('fine'); print('ERROR: disk is full'); print('bye'); raise SystemExit(1)")

    with pytest.raises(Refusal, match="Installing failed: ERROR: disk is full"):
        tools.run(pip, what="Installing")


def test_what_tools_print_stays_in_the_log(log: Path, capfd: pytest.CaptureFixture[str]) -> None:
    tools.run(
        python("print('Collecting django (from x)'); print('chatter')"), what="x", show="Coll"
    )

    assert capfd.readouterr() == ("", "  ecting django\n")
    assert "chatter" in log.read_text()


def test_a_folder_that_cannot_be_written_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def set_up(for_tests: bool) -> None:
        raise PermissionError(13, "Permission denied", "/srv/duty/var")

    monkeypatch.setattr(start, "ready", lambda for_tests: False)
    monkeypatch.setattr(start, "set_up", set_up)

    with pytest.raises(SystemExit) as stop:
        start.enter(["manage.py", "check"])

    assert stop.value.code == (
        "manage.py: set-up stopped: Permission denied (/srv/duty/var); mend that and call again."
    )


def test_who_keeps_an_environment_of_their_own_is_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(start, "ready", lambda for_tests: pytest.fail("looked all the same"))
    monkeypatch.setenv(start.OWN_ENVIRONMENT, "yes")

    assert start.enter(["manage.py", "check"]) is None


def test_a_misspelt_switch_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(start.OWN_ENVIRONMENT, "ye")

    with pytest.raises(SystemExit, match='EDUCATION_DUTY_OWN_ENVIRONMENT is "ye": write 1 or 0'):
        start.enter(["manage.py", "check"])


def test_tests_need_their_own_packages_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "installed", lambda lock: lock == environment.RUNTIME)
    monkeypatch.setattr(environment, "made", lambda: True)
    monkeypatch.setattr(translations, "stale", list)
    monkeypatch.setattr("education_duty.bootstrap.assets.in_place", lambda: True)

    assert start.ready(for_tests=False)
    assert not start.ready(for_tests=True)


def test_two_starts_at_once_take_turns(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    order: list[str] = []

    def second() -> None:
        with tools.one_at_a_time(tmp_path / "lock", "waiting"):
            order.append("second")

    with tools.one_at_a_time(tmp_path / "lock", "waiting"):
        other = threading.Thread(target=second)
        other.start()
        while "waiting" not in capfd.readouterr().err:
            time.sleep(0.01)
        order.append("first")
    other.join()

    assert order == ["first", "second"]
