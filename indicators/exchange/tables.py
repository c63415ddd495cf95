"""The exports that were kept, as a table."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from indicators.models import Export

NOTHING = "—"


class ExportTable(tables.Table):
    """The latest first; sorted by time and kind, which the database has at hand."""

    class Meta:
        model = Export
        fields = ("made_at", "actor", "jurisdiction", "kind", "format", "name", "asked", "rows")
        template_name = "exchange/_exports.html"
        order_by = ("-made_at",)
        orderable = False
        attrs = {"class": "figures"}

    made_at = tables.Column(orderable=True, order_by=("made_at", "pk"))
    kind = tables.Column(orderable=True, order_by=("kind", "made_at", "pk"))

    def render_made_at(self, value: Any) -> str:
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"

    def render_actor(self, value: Any) -> SafeString:
        return format_html("{} <code>{}</code>", value.get_full_name(), value.username)

    def render_name(self, value: str) -> SafeString:
        return format_html("<code>{}</code>", value)

    def render_asked(self, value: dict[str, Any]) -> SafeString:
        said = " ".join(f"{key}={one}" for key, one in value.items())
        return format_html("<code>{}</code>", said)
