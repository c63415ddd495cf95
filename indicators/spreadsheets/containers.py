"""What lies in an OLE container, the file format of old Office and of locked new Office files.

Goes in: bytes; comes out: whether it is a workbook, or why it is not read. Names of streams stand
in the container in UTF-16, which is all that is looked for.
"""

from indicators.spreadsheets.limits import UnreadableFile

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def check_container(content: bytes) -> None:
    """Passes a workbook of Excel 5 to 2003; raises UnreadableFile for anything else."""
    if _has(content, "EncryptedPackage"):
        raise UnreadableFile("encrypted")
    if not (_has(content, "Workbook") or _has(content, "Book")):
        raise UnreadableFile("unknown_type", found=_what(content))
    if _has(content, "_VBA_PROJECT_CUR"):
        raise UnreadableFile("macros")


def _has(content: bytes, stream: str) -> bool:
    """The name fills its field up with zeros."""
    return stream.encode("utf-16-le") + b"\0\0" in content


def _what(content: bytes) -> str:
    if _has(content, "WordDocument"):
        return "text document"
    return "presentation" if _has(content, "PowerPoint Document") else "binary"
