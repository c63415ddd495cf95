"""LibreOffice as a real client: it opens what the product writes and saves it again."""

import shutil
import subprocess
from pathlib import Path

import pytest

# Where Debian has it; the program starts without it, and opens no document.
WRITER = Path("/usr/lib/libreoffice/program/libswlo.so")
needs_libreoffice = pytest.mark.skipif(
    not shutil.which("soffice"), reason="NO soffice: LibreOffice is not tried"
)
needs_writer = pytest.mark.skipif(
    not shutil.which("soffice") or not WRITER.exists(),
    reason="NO LibreOffice Writer: documents are not tried in it",
)
# With commas, double quotes, in UTF-8.
CSV = "csv:Text - txt - csv (StarCalc):44,34,76"


def saved_again(path, form, *options):
    """The bytes of the file as LibreOffice saves it; `form` is an ending, with a filter after a
    colon or not."""
    out = path.parent / "out"
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{path.parent}/profile", "--headless"),
            *options,
            *("--convert-to", form, "--outdir", str(out), str(path)),
        ],
        check=True,
        timeout=180,
        capture_output=True,
    )
    return (out / path.with_suffix(f".{form.partition(':')[0]}").name).read_bytes()
