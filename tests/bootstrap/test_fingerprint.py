"""What counts as changed, and what is known after a write that went wrong."""

import os
from pathlib import Path

from education_duty.bootstrap import fingerprint


def test_contents_count_and_times_do_not(tmp_path: Path) -> None:
    file = tmp_path / "lock.txt"
    file.write_text("django==5.2")
    first = fingerprint.of_files([file])

    os.utime(file, (1, 1))
    assert fingerprint.of_files([file]) == first
    file.write_text("django==5.2.1")
    assert fingerprint.of_files([file]) != first


def test_a_folder_counts_by_names_and_contents(tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "a.csv").write_text("1")
    first = fingerprint.of_files([folder])

    (folder / "a.csv").rename(folder / "b.csv")
    assert fingerprint.of_files([folder]) != first


def test_what_is_missing_is_no_error(tmp_path: Path) -> None:
    assert fingerprint.of_files([tmp_path / "nowhere"]) == fingerprint.of_files([])


def test_facts_count(tmp_path: Path) -> None:
    assert fingerprint.of_files([], "3.11") != fingerprint.of_files([], "3.12")


def test_stamps_keep_what_was_set(tmp_path: Path) -> None:
    stamps = fingerprint.Stamps(tmp_path / "stamps.json")
    stamps.set("a", "1")
    stamps.set("b", "2")

    assert stamps.fits("a", "1")
    assert not stamps.fits("a", "2")


def test_a_broken_stamp_file_means_nothing_is_known(tmp_path: Path) -> None:
    stamps = fingerprint.Stamps(tmp_path / "stamps.json")
    stamps.path.write_text('{"a": ')

    assert not stamps.fits("a", "1")
