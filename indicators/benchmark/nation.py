"""A nation beside a city: what a page costs must not grow with what it does not show.

Goes in: two empty databases. In each, a made-up tree is filled through the door: a city of 41
districts, and a nation of 31 provinces and 3,000 counties, both with the same indicators and years.
Then each is served by a gunicorn of its own, and a supervisor's pages are asked of both turn about.
Comes out: how much longer a page takes in the nation, how much more memory the process that serves
it ever needed, and how the peak of `rebuild_results --check` grows with the years.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from http.client import HTTPConnection
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from education_duty.bootstrap.places import ROOT, say
from indicators.benchmark import database, pages
from indicators.benchmark.bare import connected
from indicators.benchmark.city import (
    LAST_YEAR,
    SEED,
    City,
    Size,
    doubt_some,
    forbid_to_fall,
    make_city,
    make_unit,
)
from indicators.benchmark.server import forget_peak, memory_of, serving
from indicators.models import Comparator, Indicator, Jurisdiction, Origin, Target, User, YearlyValue
from indicators.recording import Entry, save_values

BOUNDS = {"nation_over_city": 1.5, "page_memory_growth_mib": 32.0, "rebuild_peak_growth": 1.1}
DASHBOARDS_BOUNDS = {
    "page_over_floor": 1.5,
    "nation_over_city": 1.5,
    "page_memory_growth_mib": 32.0,
    "unchanged_over_page": 0.1,
}
SIZE = Size(units=3000, indicators=100, years=10)
# Says to a process what to `carry_out`.
ASKED = "EDUCATION_DUTY_BENCHMARK_ASKED"
DASHBOARDS = (
    *("overview", "brief", "outlook", "compare", "changes", "heat_map"),
    *("only_increase", "profile", "reliability", "units", "custom_table", "doubts", "indicators"),
)
PROVINCES = 31
TIMES = 30
ASKED_AGAIN = 200
CITY_UNITS = 41
HOST = "127.0.0.1"
KEPT_OPEN = 1.0  # seconds that a connection is trusted to be; gunicorn ends it after two


def measure_dashboards(
    server: str, size: Size, *, inside: dict[str, str], quick: bool
) -> dict[str, Any]:
    """The ratios of DASHBOARDS_BOUNDS by name: of every page of the dashboards in the nation to its
    floor and to the same in the city, and of an answer that nothing changed to the page itself."""
    with (
        database.made(server, "city") as city_url,
        database.made(server, "nation") as nation_url,
    ):
        ask = partial(_command, inside=inside, size=size)
        city, nation = (
            ask(url, {"part": part, "years": [0, size.years]})
            for url, part in ((city_url, "city"), (nation_url, "nation"))
        )
        times = 2 if quick else TIMES
        paged = _pages(city_url, nation_url, city, nation, times=times, which="dashboards")
        floors = ask(nation_url, {"floors": times})
    return {
        "page_over_floor": max(page["ratio"] for page in floors.values()),
        "nation_over_city": max(page["ratio"] for page in paged.values()),
        "page_memory_growth_mib": max(page["memory_growth_mib"] for page in paged.values()),
        "unchanged_over_page": max(page["unchanged_over_page"] for page in paged.values()),
        "pages": paged,
        "medians": floors,
        "values": {"city": city["values"], "nation": nation["values"]},
    }


def measure(server: str, size: Size, *, inside: dict[str, str], quick: bool) -> dict[str, Any]:
    """The ratios of BOUNDS by name, and what they are made of. `inside` says to the commands that
    are started which part is theirs."""
    few = max(1, size.years * 3 // 10)
    with (
        database.made(server, "city") as city_url,
        database.made(server, "nation") as nation_url,
    ):
        ask = partial(_command, inside=inside, size=size)
        city = ask(city_url, {"part": "city", "years": [0, size.years]})
        peaks = {}
        nation: dict[str, Any] = {}
        for years in (range(few), range(few, size.years)):
            if years:
                nation = ask(nation_url, {"part": "nation", "years": [years.start, years.stop]})
                say(f"Checking what stands of {years.stop} years ...")
                peaks[years.stop] = _peak_of_check(nation_url)
                say(f"    at most {peaks[years.stop]:.0f} MiB")
        paged = _pages(city_url, nation_url, city, nation, times=2 if quick else TIMES)
    growth = max(peaks.values()) / peaks[few]
    return {
        "nation_over_city": max(page["ratio"] for page in paged.values()),
        "page_memory_growth_mib": max(page["memory_growth_mib"] for page in paged.values()),
        "rebuild_peak_growth": round(growth, 3),
        "rebuild_peaks_mib": {str(years): round(peak, 1) for years, peak in peaks.items()},
        "pages": paged,
        "values": {"city": city["values"], "nation": nation["values"]},
    }


def carry_out(asked: dict[str, Any], size: Size) -> dict[str, Any]:
    """What a process was asked to do with its database, and what comes of it: to fill a `part` of
    so many `years`, or to hold the pages against their `floors`, so many times."""
    if "floors" in asked:
        with connected() as bare:
            found = pages.measure(_made(size), bare, times=asked["floors"])
        return {name: pair.in_milliseconds() for name, pair in found.items()}
    return fill(asked["part"], size, range(*asked["years"]))


def fill(part: str, size: Size, years: range) -> dict[str, Any]:
    """Fill this process's database with the years, by place; what is to be asked of it."""
    if Jurisdiction.objects.exists():
        made = _made(size)
    elif part == "city":
        made = make_city(Size(min(CITY_UNITS, size.units), size.indicators, size.years))
    else:
        made = make_city(size, below=_provinces, level=Jurisdiction.Level.NATION)
    wanted = [made.years[place] for place in years]
    if not Target.objects.filter(comparator=Comparator.NOT_BELOW_LAST_YEAR).exists():
        forbid_to_fall(made)
        doubt_some(made)
    groups: dict[int, list[Jurisdiction]] = {}
    for unit in made.units:
        groups.setdefault(unit.parent_id or 0, []).append(unit)
    saved, begun = 0, time.perf_counter()
    for place, units in enumerate(groups.values()):
        batch = list(_entries(made, units, wanted))
        save_values(batch, actor=None, reason="", origin=Origin.SEED)
        saved += len(batch)
        pace = saved / (time.perf_counter() - begun)
        say(f"  {part}: {place + 1} of {len(groups)}, {saved} figures, {pace:.0f} a second")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as it does by itself, a little later
    client = Client()
    client.force_login(made.supervisor)
    first = made.entered[0].code
    return {
        "session": client.session.session_key,
        "values": YearlyValue.objects.count(),
        "pages": {
            "home": reverse("home:home"),
            "overview": reverse("dashboards:overview"),
            "units": reverse("dashboards:units"),
            "indicator": reverse("dashboards:indicator", args=[first]),
            "figure": reverse("dashboards:figure", args=[first, made.top.code, LAST_YEAR]),
        },
        "dashboards": {
            **{name: reverse(f"dashboards:{name}") for name in DASHBOARDS},
            "days": f"{reverse('dashboards:days')}?jurisdiction={made.above.code}",
            "indicator": reverse("dashboards:indicator", args=[first]),
            "figure": reverse("dashboards:figure", args=[first, made.top.code, LAST_YEAR]),
        },
    }


def _provinces(top: Jurisdiction, size: Size) -> list[Jurisdiction]:
    """31 of them, or fewer where there are few counties, which are shared out among them."""
    number = min(PROVINCES, size.units)
    provinces = [
        make_unit(f"{11 + place}0000", f"第{place + 1}省", "province", parent=top)
        for place in range(number)
    ]
    return [
        make_unit(
            f"{11 + at % number}{at // number + 1:04}",
            f"第{at + 1}县",
            "county",
            parent=provinces[at % number],
        )
        for at in range(size.units)
    ]


def _made(size: Size) -> City:
    """What was made before, read back."""
    units = Jurisdiction.objects.order_by("pk")
    leaves = units.filter(children__isnull=True)
    return City(
        size,
        units.get(parent__isnull=True),
        list(leaves),
        list(Indicator.objects.filter(code__startswith="count_").order_by("position")),
        User.objects.get(username="supervisor"),
    )


def _entries(made: City, units: Sequence[Jurisdiction], years: Sequence[int]) -> Iterator[Entry]:
    """The same figures, whichever years are asked for."""
    for unit in units:
        dice = random.Random(f"{SEED} {unit.code}")
        for indicator in made.entered:
            size = dice.randint(2_000, 40_000)
            for year in made.years:
                size = size * dice.randint(97, 106) // 100
                if year in years:
                    yield Entry(indicator, unit, year, 0, text=str(size))


def _command(
    url: str, asked: dict[str, Any], *, inside: dict[str, str], size: Size
) -> dict[str, Any]:
    """`carry_out` in a process of its own, whose settings name the database."""
    env = database.environment(url) | inside
    env[ASKED] = json.dumps(asked)
    arguments = [f"--{name}={number}" for name, number in asdict(size).items()]
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "benchmark", "nation", *arguments],
        env=env,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _peak_of_check(url: str) -> float:
    """MiB that `rebuild_results --check` needed at most."""
    code = (
        "import resource, sys; from django.core.management import execute_from_command_line as run;"
        "run(['manage.py', 'rebuild_results', '--check']);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    env = database.environment(url) | {"DJANGO_SETTINGS_MODULE": "education_duty.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    say(f"    {done.stdout.splitlines()[0]}")
    return int(done.stdout.splitlines()[-1]) / 1024


class _Served:
    """A web process that is asked over a connection that stays open, as a proxy and a browser do
    (`.github/operating.md`)."""

    def __init__(self, port: int, worker: int, session: str, pages: dict[str, str]) -> None:
        self.worker, self.session, self.pages = worker, session, pages
        self._link = HTTPConnection(HOST, port, timeout=300)
        self._used = -KEPT_OPEN

    def get(self, page: str) -> float:
        """Seconds that the page took."""
        return self._asked(page, {200})[0]

    def unchanged(self, page: str) -> float:
        """Seconds that it took to say that the page is as it was, once it is known how that was.
        Where something else writes on the server meanwhile, it is asked again."""
        for _turn in range(ASKED_AGAIN):
            etag = self._asked(page, {200})[2]
            seconds, status, _etag = self._asked(page, {200, 304}, etag)
            if status == 304:
                return seconds
        raise RuntimeError(f"{self.pages[page]} is never as it was")

    def _asked(self, page: str, expected: set[int], etag: str = "") -> tuple[float, int, str]:
        """Seconds that the answer took, its status and its ETag."""
        headers = {"Cookie": f"sessionid={self.session}"} | (
            {"If-None-Match": etag} if etag else {}
        )
        if time.monotonic() - self._used > KEPT_OPEN:
            self._link.close()
            self._link.connect()
        begun = time.perf_counter()
        self._link.request("GET", self.pages[page], headers=headers)
        answer = self._link.getresponse()
        answer.read()
        seconds, self._used = time.perf_counter() - begun, time.monotonic()
        if answer.status not in expected:
            raise RuntimeError(f"{self.pages[page]} answers {answer.status}")
        return seconds, answer.status, answer.headers.get("ETag", "")


def _pages(
    city_url: str,
    nation_url: str,
    city: dict[str, Any],
    nation: dict[str, Any],
    *,
    times: int,
    which: str = "pages",
) -> dict[str, dict[str, float]]:
    """Medians of both in milliseconds, their ratio, and by how many MiB the peak is higher; of the
    dashboards also what it takes to say that a page is as it was."""
    found = {}
    with (
        serving(env=database.environment(city_url)) as (city_port, city_worker),
        serving(env=database.environment(nation_url)) as (nation_port, nation_worker),
    ):
        small = _Served(city_port, city_worker, city["session"], city[which])
        large = _Served(nation_port, nation_worker, nation["session"], nation[which])
        for page in small.pages:
            for served in (small, large):
                for _warm in range(3):
                    served.get(page)
                forget_peak(served.worker)
            taken = [(small.get(page), large.get(page)) for _turn in range(times)]
            of_city, of_nation = (median(side) for side in zip(*taken, strict=True))
            peaks = [memory_of(served.worker)[1] for served in (small, large)]
            found[page] = {
                "city": round(of_city * 1000, 2),
                "nation": round(of_nation * 1000, 2),
                "ratio": round(of_nation / of_city, 2),
                "memory_growth_mib": round(peaks[1] - peaks[0], 1),
            }
            if which == "dashboards":
                unchanged = median(large.unchanged(page) for _turn in range(times))
                found[page]["unchanged_over_page"] = round(unchanged / of_nation, 3)
            say(f"  {page}: {found[page]}")
    return found
