"""The same text as a Word document, as a PDF, and in the encodings of text files."""

import io
import json
import zipfile
from xml.sax.saxutils import escape

import typst

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FONT = "Noto Serif CJK SC"


def docx(text, *, document=None):
    """A paragraph a line, each cut into runs as an editor does who has changed a word."""
    paragraphs = "".join(
        f"<w:p>{_run(line[:5])}{_run(line[5:])}</w:p>" for line in text.split("\n") if line.strip()
    )
    return packed({"word/document.xml": document or body(paragraphs)})


def body(inside):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}" xmlns:mc="mc">'
        f"<w:body>{inside}</w:body></w:document>"
    )


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def pdf(text):
    """Set as official papers are, so that lines break inside words and numbers."""
    source = (
        f'#set page(paper: "a4", margin: 28mm)\n#set text(lang: "zh", size: 16pt, font: "{FONT}")\n'
    )
    for line in text.split("\n"):
        if line.strip():
            source += f"#text({json.dumps(line.strip(), ensure_ascii=False)})\n\n"
    return typst.compile(source.encode())


def _run(text):
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
