"""What lies where, how long a file may grow, and what no file may name."""

import json
import re
from pathlib import Path

import pytest

from education_duty.bootstrap.places import FRONTEND, PROJECT, ROOT
from tests.house import tracked

AT_THE_TOP = {
    *("manage.py", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"),
    *("education_duty", "indicators", "seeds", "templates", "tests"),
}
LONGEST = 400
WRITTEN = {".py", ".html", ".js", ".css", ".sql"}
# Spelt in pieces, so that this file does not name them either.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("npmmirror", "com"),
        ("debian", "org"),
        ("tuna", "tsinghua", "edu", "cn"),
    )
]
# A path on somebody's machine: a home, or a workplace at the root.
MACHINE_PATH = re.compile(r"(?<![\w.}/-])/(?:root|home|Users|work)/[\w.-]+")


def test_the_top_holds_only_what_the_house_plan_says() -> None:
    tops = {file.parts[0] for file in tracked.files()}

    assert {top for top in tops if not top.startswith(".")} - AT_THE_TOP == set()


def test_no_file_is_two_rooms() -> None:
    long = {
        str(file): lines
        for file in tracked.files()
        if file.suffix in WRITTEN and "migrations" not in file.parts
        if (lines := len(tracked.text_of(file).splitlines())) > LONGEST
    }

    assert long == {}


def stands_for_a_module(test: Path) -> bool:
    """tests/entry/test_sheet.py for indicators/entry/sheet.py, or for a folder of that name."""
    name = Path(*test.parts[1:-1]) / test.stem.removeprefix("test_")
    return any(
        (ROOT / top / name).with_suffix(".py").exists() or (ROOT / top / name).is_dir()
        for top in ("indicators", "education_duty", "")
    )


def test_most_test_modules_have_the_name_of_what_they_test() -> None:
    """The others tell a promise that no one module keeps, as journeys and this room do."""
    tests = [
        file
        for file in tracked.files()
        if file.parts[0] == "tests" and file.name.startswith("test_")
        if file.parts[1] not in ("house", "journeys")
    ]
    named = [test for test in tests if stands_for_a_module(test)]

    assert len(named) / len(tests) >= 0.75, sorted(set(map(str, tests)) - set(map(str, named)))


def test_no_file_names_a_package_registry() -> None:
    found = {
        f"{file}: {host}"
        for file in tracked.files()
        for host in REGISTRIES
        if host in tracked.text_of(file)
    }

    assert found == set()


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    found = {
        f"{file}: {path}"
        for file in tracked.files()
        for path in MACHINE_PATH.findall(tracked.text_of(file))
    }

    assert found == set()


def test_a_machine_path_would_be_found() -> None:
    home = "/ho" + "me"

    assert MACHINE_PATH.findall(f"see {home}/somebody/notes") == [f"{home}/somebody"]
    assert MACHINE_PATH.findall(f"https://example.org{home}/somebody") == []


def test_the_npm_lock_holds_no_address() -> None:
    packages = json.loads((FRONTEND / "package-lock.json").read_text())["packages"]

    assert len(packages) > 1
    assert {name for name, package in packages.items() if "resolved" in package} == set()
    assert {
        name for name, package in packages.items() if name and "integrity" not in package
    } == set()


@pytest.mark.parametrize(
    "lock", sorted(PROJECT.glob("requirements*.txt")), ids=lambda lock: lock.name
)
def test_a_lock_names_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text()
    pinned = re.findall(r"^\S+==\S+.* \\\n +--hash=sha256:", text, re.MULTILINE)

    assert len(pinned) == len(re.findall(r"^\w", text, re.MULTILINE)) > 0
    assert "://" not in text
    assert "index-url" not in text


@pytest.mark.parametrize("suffix", [".mo", ".pyc", ".sqlite3"])
def test_nothing_generated_is_committed(suffix: str) -> None:
    assert [file for file in tracked.files() if file.suffix == suffix] == []
