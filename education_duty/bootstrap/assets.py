"""Front-end files: single files out of locked npm packages, put where pages find them."""

import shutil
from pathlib import Path

from education_duty.bootstrap import fingerprint, node, tools
from education_duty.bootstrap.places import ASSETS, FRONTEND, ROOT, TEST_ASSETS, VAR, Refusal

BOX_PLOT = "@sgratzl/chartjs-chart-boxplot/build"

# What pages load, and what only tests do, which is never served, and the name of each there. A
# file's map comes along under the name the file calls it by, for hashing static files demands that
# what is named be there.
FILES = {
    ASSETS: {
        "chart.js/dist/chart.umd.js": "chart.umd.js",
        "chart.js/dist/chart.umd.js.map": "chart.umd.js.map",
        "chartjs-plugin-annotation/dist/chartjs-plugin-annotation.min.js": "annotation.umd.js",
        f"{BOX_PLOT}/index.umd.min.js": "boxplot.umd.js",
        f"{BOX_PLOT}/index.umd.min.js.map": "index.umd.min.js.map",
    },
    TEST_ASSETS: {"axe-core/axe.min.js": "axe.min.js"},
}

stamps = fingerprint.Stamps(VAR / "assets.json")


def in_place() -> bool:
    return stamps.fits("files", _wanted()) and all(copy.exists() for _, copy in _copies())


def put_in_place() -> None:
    """Install the packages by npm and copy single files out of them."""
    what = "Installing front-end assets"
    with tools.step(what):
        node.install(FRONTEND, what)
        for source, copy in _copies():
            if not source.exists():
                name = source.relative_to(ROOT)
                raise Refusal(f"{name} is not in the package that npm installed (assets.FILES).")
            copy.parent.mkdir(exist_ok=True)
            shutil.copyfile(source, copy)
    stamps.set("files", _wanted())


def _wanted() -> str:
    locked = [FRONTEND / "package.json", FRONTEND / "package-lock.json"]
    return fingerprint.of_files(locked, *(f"{source} {copy}" for source, copy in _copies()))


def _copies() -> list[tuple[Path, Path]]:
    return [
        (FRONTEND / "node_modules" / file, folder / name)
        for folder, files in FILES.items()
        for file, name in files.items()
    ]
