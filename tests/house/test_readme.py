"""What the README says in tables is what the code says: roles, commands, variables, the map."""

import ast
import re
from types import SimpleNamespace

import pytest
from django.core.management import get_commands, load_command_class
from django.utils import translation

from education_duty.bootstrap.places import PROJECT, ROOT
from indicators import models
from indicators.models import Role
from indicators.models.scope import Scope

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


def names_in(cell):
    """`EDUCATION_DUTY_EMAIL_USER`, `_PASSWORD`: the same beginning, another end."""
    first, *more = re.findall(r"`(\w+)`", cell)
    return [first, *(first.rsplit("_", 1)[0] + end for end in more)]


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
        told |= set(names_in(row[0]))
    assert told == variables


MODES = ("development", "demo", "production")
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]


def in_words(value):
    """A default as the table says it."""
    if value in ("", []):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value == LOOPBACK:
        return "loopback"
    if str(value).startswith("sqlite:///"):
        return "SQLite in `var/`"
    return f"`{value}`" if isinstance(value, str) else str(value)


def defaults_in(mode):
    """What each variable is where it is not set: the settings' own expressions, worked out."""
    tree = ast.parse((PROJECT / "settings.py").read_text(encoding="utf-8"))
    known = {
        "MODE": mode,
        "PRODUCTION": mode == "production",
        "LOOPBACK_HOSTS": LOOPBACK,
        "checks_at_start": SimpleNamespace(in_url=str),
        "own": "var/development.sqlite3",
    }
    found = {}
    for call in ast.walk(tree):
        match call:
            case ast.Call(
                func=ast.Attribute(value=ast.Name("env"), attr=kind),
                args=[ast.Constant(name), default],
            ) if kind != "prefixed":
                code = compile(ast.Expression(default), "settings.py", "eval")
                full = name if name == "DATABASE_URL" else f"EDUCATION_DUTY_{name}"
                found[full] = in_words(eval(code, dict(known)))
    if mode == "production":
        found["DATABASE_URL"] = "none"  # it is read without one
    # The bootstrap's own: a switch, which is off.
    return found | {"EDUCATION_DUTY_OWN_ENVIRONMENT": "no"}


@pytest.fixture(scope="module")
def defaults():
    """The words of each variable: `no; yes in production` where modes differ."""
    of_modes = {mode: defaults_in(mode) for mode in MODES}
    said = {}
    for name, usual in of_modes["development"].items():
        others = {}
        for mode in MODES:
            if (here := of_modes[mode][name]) != usual:
                others.setdefault(here, []).append(mode)
        said[name] = "; ".join(
            [usual, *(f"{word} in {' and '.join(where)}" for word, where in others.items())]
        )
    return said


@pytest.mark.parametrize("row", table("variable"), ids=lambda row: row[0])
def test_a_variable_is_told_with_its_default(row, defaults):
    """Behind a colon the cell may say what it means."""
    assert {defaults[name] for name in names_in(row[0])} == {row[2].split(": ")[0]}


def test_a_default_is_worked_out_for_each_mode(defaults):
    assert defaults["EDUCATION_DUTY_ALLOWED_HOSTS"] == "loopback; none in production"
    assert defaults["EDUCATION_DUTY_DATABASE_POOL_SIZE"] == "8"


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


def test_the_words_of_the_code_are_those_of_the_code():
    told = README.split("Words of the code:")[1].split("\n\n")[0]
    names = re.findall(r"`([A-Z]\w+)`", told)
    assert len(names) == 9
    there = {Scope.__name__, *models.__all__}
    assert set(names) - there == set()
