"""What the README says in tables is what the code says: roles, commands, variables, the map."""

import re

import pytest
from django.core.management import get_commands, load_command_class
from django.utils import translation

from education_duty.bootstrap.places import PROJECT, ROOT
from indicators.models import Role

README = (ROOT / "README.md").read_text(encoding="utf-8")
# Known by what happens without them; not said in the table.
UNSAID = {"EDUCATION_DUTY_DEBUG"}


def table(first_column):
    """The cells of the table whose heading begins with the words."""
    lines = iter(README.splitlines())
    for line in lines:
        if line.startswith(f"| {first_column} |"):
            next(lines)
            break
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return rows


def test_every_role_is_told_with_its_name_in_the_application():
    with translation.override("zh-hans"):
        roles = [f"{role.value} {role.label}" for role in Role]
    assert [row[0] for row in table("role")] == roles


@pytest.mark.parametrize("row", [row for row in table("command") if "benchmark" not in row[0]])
def test_a_command_is_told_as_it_tells_itself(row):
    name = row[0].strip("`").split()[0]
    sentence = load_command_class("indicators", name).help
    assert row[1].replace("`", "") == sentence[0].lower() + sentence[1:].removesuffix(".")


def test_every_command_is_told():
    ours = {name for name, app in get_commands().items() if app == "indicators"}
    told = {row[0].strip("`").split()[0] for row in table("command")}
    told |= set(re.findall(r"^python3 manage\.py (\w+)$", README, flags=re.M))
    assert told & ours == ours


@pytest.fixture
def variables():
    """The variables that the settings read, and the bootstrap."""
    text = (PROJECT / "settings.py").read_text(encoding="utf-8")
    read = re.findall(r'env\.(?!prefixed)\w+\(\s*"([A-Z_]+)"', text)
    ours = {f"EDUCATION_DUTY_{name}" for name in read}
    ours = {name.replace("EDUCATION_DUTY_DATABASE_URL", "DATABASE_URL") for name in ours}
    for file in (PROJECT / "bootstrap").glob("*.py"):
        ours |= set(re.findall(r'"(EDUCATION_DUTY_OWN_\w+)"', file.read_text(encoding="utf-8")))
    return ours - UNSAID


def test_every_variable_is_told_and_none_that_nothing_reads(variables):
    told = set()
    for row in table("variable"):
        first, *more = re.findall(r"`(\w+)`", row[0])
        told.add(first)
        # `EDUCATION_DUTY_EMAIL_HOST`, `_PORT`: the same beginning, another end.
        told |= {first.rsplit("_", 1)[0] + end for end in more}
    assert told == variables


def test_every_folder_of_the_map_is_there_and_every_room_is_on_it():
    drawn = README.split("```\nseeds/")[1].split("```")[0]
    named = set(re.findall(r"(\w+)/", drawn))
    rooms = {
        folder.name
        for folder in (ROOT / "indicators").iterdir()
        if (folder / "__init__.py").exists()
    }
    assert rooms - {"migrations", "management"} <= named
    there = {"indicators", "education_duty", "templates", "tests"}
    assert named - rooms - there == set()
