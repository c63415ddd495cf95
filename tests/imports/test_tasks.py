"""Large files are done by a process beside the web's: all of it or nothing, and never for ever."""

import datetime
import os
import re
import signal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import InterfaceError
from django.db.models import QuerySet
from django.utils import timezone

from indicators.collection import Refusal
from indicators.imports import services, tasks
from indicators.management.commands import run_imports
from indicators.models import Doubt, DueExamination, Import, ImportAct, ImportTask, YearlyValue
from indicators.recording import import_tasks
from indicators.recording.import_tasks import LEASE, TakenAway, finish, take
from indicators.recording.imports import confirm_import
from tests.cast import YEAR, enter
from tests.imports.workbooks import confirm, outcomes, table, upload


@pytest.fixture(autouse=True)
def large(settings, monkeypatch):
    """As if every file were a large one."""
    settings.IMPORTS_IN_BACKGROUND = True
    monkeypatch.setattr(services, "BYTES_AT_ONCE", 0)
    monkeypatch.setattr(services, "ROWS_AT_ONCE", 0)


@pytest.fixture
def read(at_work):
    """A file that was read: one figure waits to be confirmed."""
    upload(at_work, table(["children", "人", YEAR, 12480]))
    assert tasks.do_next()
    return Import.objects.get()


def page(client, of_import):
    return client.get(f"/imports/{of_import.pk}/").text


def plain(text):
    return " ".join(text.split())


def numbers():
    return list(YearlyValue.objects.values_list("number", flat=True))


def later(seconds=0):
    return timezone.now() + LEASE + datetime.timedelta(seconds=seconds)


def test_what_it_saved_is_looked_at_by_the_rules(usual_rules, at_work, children, north):
    enter(children, north, "1248", year=YEAR - 1)
    of_import = upload(at_work, table(["children", "人", YEAR, 12480]))
    assert tasks.do_next()
    of_import.refresh_from_db()
    confirm(at_work, of_import)
    assert tasks.do_next()

    assert [one.rule.code for one in Doubt.objects.all()] == ["unit_slip"]
    assert not DueExamination.objects.exists()


def test_a_file_is_read_saved_and_taken_back_beside_the_web(at_work):
    of_import = upload(at_work, table(["children", "人", YEAR, 12480]))
    assert (of_import.state, of_import.rows.count()) == ("reading", 0)
    assert "等待处理" in page(at_work, of_import)
    assert tasks.do_next()
    assert outcomes(of_import) == {"children": "new"}

    of_import.refresh_from_db()
    assert of_import.state == "waiting"
    confirm(at_work, of_import)
    assert numbers() == []
    assert 'http-equiv="refresh"' in page(at_work, of_import)
    assert tasks.do_next()
    assert numbers() == [12480]
    assert "导入 1 项数据。" in page(at_work, of_import)

    at_work.post(f"/imports/{of_import.pk}/undo/", {"reason": "误传"})
    assert numbers() == [12480]
    assert tasks.do_next()
    assert YearlyValue.objects.get().state == "blank"
    assert Import.objects.get().state == "undone"
    assert not tasks.do_next()


def test_what_is_wrong_with_a_file_is_told_and_the_file_can_be_forgotten(at_work):
    of_import = upload(at_work, SimpleUploadedFile("表.xlsx", b"PK\x03\x04"))
    tasks.do_next()
    assert Import.objects.get().state == "failed"
    assert Import.objects.get().fault in page(at_work, of_import)
    at_work.post(f"/imports/{of_import.pk}/cancel/")
    assert not Import.objects.exists()


@pytest.mark.parametrize("act", ["choose", "place", "confirm", "cancel"])
def test_nothing_else_is_done_with_an_import_meanwhile(at_work, read, act):
    confirm(at_work, read)
    answer = at_work.post(f"/imports/{read.pk}/{act}/", {"seen": read.list_digest, "act": "all"})
    assert answer.status_code == 409
    assert "正在处理" in answer.text
    assert Import.objects.get().state == "waiting"


def test_the_page_tells_how_much_there_is_to_do_and_what_comes_before(at_work, read):
    confirm(at_work, read)
    assert "保存数据：等待处理 · 共 1 项" in plain(page(at_work, read))
    later_file = upload(at_work, table(["children", "人", 2020, 5]))
    told = plain(page(at_work, later_file))
    assert re.search(r"比对：等待处理 · [0-9.]+\sKB · 前面还有 1 项任务", told)
    tasks.do_next()
    assert "前面还有" not in page(at_work, later_file)
    at_work.post(f"/imports/{read.pk}/undo/", {"reason": "误传"})
    assert "撤回导入：等待处理 · 共 1 项" in plain(page(at_work, read))


def test_what_was_forgotten_is_no_task_any_more(at_work, read):
    Import.objects.all().delete()
    with pytest.raises(Refusal, match="已经处理过"):
        import_tasks.ask(read, ImportAct.SAVE)
    assert not ImportTask.objects.exists()


def test_who_stops_the_reading_forgets_the_file(at_work):
    of_import = upload(at_work, table(["children", "人", YEAR, 5]))
    task = take(timezone.now())
    at_work.post(f"/imports/{of_import.pk}/cancel/", {"act": "stop"})
    with pytest.raises(TakenAway):
        finish(task)
    assert not Import.objects.exists()


def test_who_stops_the_saving_keeps_the_list_and_nothing_is_saved(at_work, read):
    confirm(at_work, read)
    task = take(timezone.now())
    at_work.post(f"/imports/{read.pk}/cancel/", {"act": "stop"})
    with pytest.raises(TakenAway):
        confirm_import(read, actor=read.actor, seen=read.list_digest, only_valid=False, task=task)
    assert numbers() == []
    assert "12\u2009480" in page(at_work, read)
    answer = at_work.post(f"/imports/{read.pk}/cancel/", {"act": "stop"})
    assert answer.status_code == 409  # nothing is under way any more


def test_a_task_that_is_stopped_while_it_is_taken_is_left(at_work, monkeypatch):
    of_import = upload(at_work, table(["children", "人", YEAR, 5]))
    update = QuerySet.update

    def then_stop(tasks_there, **fields):
        count = update(tasks_there, **fields)
        if "attempts" in fields:
            import_tasks.cancel(of_import)
        return count

    monkeypatch.setattr(QuerySet, "update", then_stop)
    assert not tasks.do_next()
    assert not Import.objects.exists()


def test_what_was_not_seen_is_not_saved_whatever_it_says(at_work, read):
    answer = at_work.post(f"/imports/{read.pk}/confirm/", {"seen": "\0", "act": "all"})
    assert answer.status_code == 302
    assert tasks.do_next()
    assert numbers() == []
    assert "请重新查看清单" in page(at_work, read)


def test_a_task_is_taken_by_one_until_its_lease_is_over(at_work):
    upload(at_work, table(["children", "人", YEAR, 5]))
    first = take(timezone.now())
    assert take(timezone.now()) is None
    import_tasks.renew(first, later())
    assert take(later(-1)) is None
    second = take(later(seconds=LEASE.total_seconds()))
    assert second.lease != first.lease
    assert not import_tasks.renew(first, timezone.now())
    with pytest.raises(TakenAway):
        finish(first)
    finish(second)


def test_what_ends_its_process_again_and_again_is_given_up(at_work, read):
    confirm(at_work, read)
    now = timezone.now()
    for _attempt in range(import_tasks.ATTEMPTS):
        now += LEASE + datetime.timedelta(seconds=1)
        assert take(now)
    ImportTask.objects.update(leased_until=timezone.now())
    assert tasks.do_next()
    assert "多次" in page(at_work, read)
    assert numbers() == []
    assert not tasks.do_next()


def test_an_error_of_ours_is_logged_tried_again_and_told(at_work, read, monkeypatch, caplog):
    def fail(*_args, **_options):
        raise ZeroDivisionError

    confirm(at_work, read)
    monkeypatch.setattr(tasks, "confirm_import", fail)
    for _attempt in range(import_tasks.ATTEMPTS):
        assert tasks.do_next()
    assert "ZeroDivisionError" in caplog.text
    assert not tasks.do_next()
    assert "多次" in page(at_work, read)


def test_a_list_that_moved_is_not_saved_and_comes_back(at_work, read, officer, north, children):
    confirm(at_work, read)
    enter(children, north, "7", actor=officer)
    tasks.do_next()
    assert numbers() == [7]
    assert outcomes(read) == {"children": "conflict"}
    assert "请重新查看清单" in page(at_work, read)


def test_who_has_left_imports_nothing(at_work, read, officer):
    confirm(at_work, read)
    officer.is_active = False
    officer.save()
    tasks.do_next()
    assert numbers() == []
    assert Import.objects.get().fault


def test_a_task_that_nobody_takes_up_says_so(at_work):
    of_import = upload(at_work, table(["children", "人", YEAR, 5]))
    assert "系统管理员" not in page(at_work, of_import)
    ImportTask.objects.update(asked_at=timezone.now() - datetime.timedelta(minutes=2))
    assert "系统管理员" in page(at_work, of_import)


def test_the_command_does_what_waits_and_ends(at_work):
    of_import = upload(at_work, table(["children", "人", YEAR, 12480]))
    call_command("run_imports", "--once")
    assert outcomes(of_import) == {"children": "new"}


def test_a_reading_that_was_cut_off_while_it_was_stopped_can_be_forgotten(at_work):
    of_import = upload(at_work, table(["children", "人", YEAR, 5]))
    ImportTask.objects.all().delete()
    assert "放弃该文件" in page(at_work, of_import)
    at_work.post(f"/imports/{of_import.pk}/cancel/")
    assert not Import.objects.exists()


def test_whoever_reads_a_file_that_was_stopped_forgets_it(at_work, monkeypatch):
    of_import = upload(at_work, table(["children", "人", YEAR, 5]))

    def stopped(task):
        ImportTask.objects.all().delete()
        raise TakenAway

    monkeypatch.setattr(tasks, "_act", stopped)
    assert tasks.do_next()
    assert not Import.objects.filter(pk=of_import.pk).exists()


def test_the_command_goes_on_after_a_fault(at_work, monkeypatch, caplog):
    def fail():
        if caplog.text.count("broken off") == 2:
            os.kill(os.getpid(), signal.SIGTERM)
        raise InterfaceError("the connection already closed")

    monkeypatch.setattr(run_imports, "do_next", fail)
    monkeypatch.setattr(run_imports, "AFTER_A_FAULT", 0)
    monkeypatch.setattr(run_imports.connection, "close", lambda: None)
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        call_command("run_imports")
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert caplog.text.count("broken off") == 3
