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


def pdf(text, page="margin: 28mm"):
    """Set as official papers are, so that lines break inside words and numbers."""
    source = f'#set page(paper: "a4", {page})\n#set text(lang: "zh", size: 16pt, font: "{FONT}")\n'
    for line in text.split("\n"):
        if line.strip():
            source += f"#text({json.dumps(line.strip(), ensure_ascii=False)})\n\n"
    return typst.compile(source.encode())


def locked_by(filter):
    """A PDF that opens with a password only, by the filter's numbers; of 256 bits, by a cipher
    that another library would be needed for."""
    zeros = "00" * 48
    keys = f"/O <{zeros}> /U <{zeros}> /OE <{zeros}> /UE <{zeros}> /Perms <{zeros}>"
    crypt = "/CF << /StdCF << /CFM /AESV3 >> >> /StmF /StdCF /StrF /StdCF"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        f"<< /Filter /Standard {filter} /P -44 {keys} {crypt} >>",
    )
    made, places = "%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(f"{len(made):010} 00000 n \n")
        made += f"{number} 0 obj\n{one}\nendobj\n"
    table = f"xref\n0 5\n0000000000 65535 f \n{''.join(places)}"
    trailer = "trailer << /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<00> <00>] >>"
    return f"{made}{table}{trailer}\nstartxref\n{len(made)}\n%%EOF\n".encode()


def _run(text):
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
