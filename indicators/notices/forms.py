from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indicators.models import MutedNotice, NoticeKind, User

CHOOSABLE = [kind for kind in NoticeKind if kind != NoticeKind.RETURNED]


class KindsForm(forms.Form):
    """What the person wants to be told; what was returned is always told."""

    kinds = forms.MultipleChoiceField(
        label=_("Tell me of"),
        choices=[(kind.value, kind.label) for kind in CHOOSABLE],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Returned figures are always told."),
    )

    def __init__(self, user: User, data: Any = None) -> None:
        self.user = user
        muted = set(MutedNotice.objects.filter(user=user).values_list("kind", flat=True))
        wanted = [kind.value for kind in CHOOSABLE if kind not in muted]
        super().__init__(data, initial={"kinds": wanted}, label_suffix="")

    def save(self) -> None:
        wanted = set(self.cleaned_data["kinds"])
        MutedNotice.objects.filter(user=self.user, kind__in=wanted).delete()
        muted = [kind for kind in CHOOSABLE if kind not in wanted]
        MutedNotice.objects.bulk_create(
            [MutedNotice(user=self.user, kind=kind) for kind in muted], ignore_conflicts=True
        )
