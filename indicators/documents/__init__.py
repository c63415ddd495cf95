"""First floor of files: an official document with bound figures, written and read. No Django.

Goes in: a Document.
"""

from indicators.documents.document import Document, Figure, Paragraph, Piece, Table

__all__ = ["Document", "Figure", "Paragraph", "Piece", "Table"]
