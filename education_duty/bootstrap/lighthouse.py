"""Lighthouse, which judges pages in the thorough tests. It is large and nothing of it is served: a
package of its own, installed when it is first asked for."""

from pathlib import Path

from education_duty.bootstrap import fingerprint, node, tools
from education_duty.bootstrap.places import FRONTEND, VAR

PACKAGE = FRONTEND / "lighthouse"
PROGRAM = PACKAGE / "node_modules" / "lighthouse" / "cli" / "index.js"

stamps = fingerprint.Stamps(VAR / "lighthouse.json")


def command() -> list[Path]:
    """What starts it; refuses where npm cannot install it."""
    wanted = fingerprint.of_files([PACKAGE / "package.json", PACKAGE / "package-lock.json"])
    if not (stamps.fits("installed", wanted) and PROGRAM.exists()):
        what = "Installing Lighthouse"
        with tools.step(what):
            node.install(PACKAGE, what)
        stamps.set("installed", wanted)
    return [node.program(), PROGRAM]
