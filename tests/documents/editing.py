"""Edits a DOCX as an office does, by python-docx, which keeps all it does not touch."""

import io

import docx
from docx.oxml.ns import qn

from indicators.documents.docx import BOOKMARK


class Edited:
    """A file under edit."""

    def __init__(self, content):
        self.opened = docx.Document(io.BytesIO(content))
        self.body = self.opened.element.body

    def saved(self):
        made = io.BytesIO()
        self.opened.save(made)
        return made.getvalue()

    def texts_of(self, id):
        """The w:t between the bookmark's start and its end."""
        (start,) = self.body.xpath(f'//w:bookmarkStart[@w:name="{BOOKMARK}{id}"]')
        number = start.get(qn("w:id"))
        inside = []
        for one in start.itersiblings():
            if one.tag == qn("w:bookmarkEnd") and one.get(qn("w:id")) == number:
                return inside
            inside += one.iter(qn("w:t"))
        raise AssertionError(f"no end of {id}")

    def within(self, id, old, new):
        """Types over what stands in the bookmark."""
        texts = self.texts_of(id)
        whole = "".join(one.text for one in texts)
        assert old in whole
        texts[0].text = whole.replace(old, new, 1)
        for one in texts[1:]:
            one.text = ""

    def outside(self, id, old, new):
        """Replaces how the bookmark begins: what is typed stands before it."""
        self.within(id, old, "")
        (start,) = self.body.xpath(f'//w:bookmarkStart[@w:name="{BOOKMARK}{id}"]')
        run = self.opened.element.makeelement(qn("w:r"))
        text = run.makeelement(qn("w:t"))
        text.text = new
        run.append(text)
        start.addprevious(run)

    def without_mark(self, id):
        """Deletes the figure with its bookmark."""
        self.within(id, "".join(one.text for one in self.texts_of(id)), "")
        (start,) = self.body.xpath(f'//w:bookmarkStart[@w:name="{BOOKMARK}{id}"]')
        number = start.get(qn("w:id"))
        for end in self.body.xpath(f'//w:bookmarkEnd[@w:id="{number}"]'):
            end.getparent().remove(end)
        start.getparent().remove(start)

    def words(self, old, new):
        """Types over words that stand in one run."""
        (text, *_more) = [one for one in self.body.iter(qn("w:t")) if old in (one.text or "")]
        text.text = text.text.replace(old, new, 1)

    def paragraph(self, beginning):
        return next(one for one in self.opened.paragraphs if one.text.startswith(beginning))

    def added_before(self, beginning, text):
        self.paragraph(beginning).insert_paragraph_before(text)

    def removed(self, beginning):
        gone = self.paragraph(beginning)._p
        gone.getparent().remove(gone)
