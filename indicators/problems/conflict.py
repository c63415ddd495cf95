"""A form that came too late: what was typed stays, what stands now is told beside it.

Sent once more it goes over what its sender has now seen, and over nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from indicators.models import Measure, Problem


def renew(form: Any, thing: Problem | Measure, fields: Sequence[str] = ()) -> None:
    """`thing` is what the form's version is of, `fields` those that it says otherwise."""
    now = type(thing)._default_manager.get(pk=thing.pk)
    differ = {
        name: getattr(now, name)
        for name in fields
        if form.cleaned_data.get(name) != getattr(now, name)
    }
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = str(now.version)
    for name, value in differ.items():
        said = value if isinstance(value, str) else value and date_format(value, "Y-m-d")
        form.add_error(
            name, forms.ValidationError(_("Now it says: %(now)s") % {"now": said or "—"})
        )
