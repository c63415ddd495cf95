from __future__ import annotations

from django import forms

from indicators.models import Act


class DecisionForm(forms.Form):
    """What the supervisor does with a submission, over the version that was seen.

    Figures are chosen by `chosen`, codes; the reason for each stands in `reason_<code>`.
    """

    act = forms.ChoiceField(
        choices=[(act, "") for act in (Act.APPROVE, Act.RETURN, Act.EXTEND, Act.REOPEN)]
    )
    version = forms.IntegerField(min_value=0)
    until = forms.DateField(required=False)

    @property
    def reason(self) -> str:
        """As it was sent; the door says what is wrong with it."""
        return str(self.data.get("reason", ""))

    @property
    def figures(self) -> dict[str, str]:
        """The chosen figures with their reasons."""
        chosen = self.data.getlist("chosen") if hasattr(self.data, "getlist") else []
        return {code: self.data.get(f"reason_{code}", "") for code in chosen}
