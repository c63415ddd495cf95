from __future__ import annotations

from django import forms

from indicators.models import Act

REASON_OF = "reason_"


class DecisionForm(forms.Form):
    """What the supervisor does with a submission, over the version that was seen; `confirmed` that
    the summary of an approval was read, `moves` the digest of the list of approved figures that it
    moves besides.

    Figures are chosen by `chosen`, codes; the reason for each stands in `reason_<code>`. What was
    typed for others comes along as well, so that none of it is lost.
    """

    act = forms.ChoiceField(
        choices=[(act, "") for act in (Act.APPROVE, Act.RETURN, Act.EXTEND, Act.REOPEN)]
    )
    version = forms.IntegerField(min_value=0)
    until = forms.DateField(required=False)
    confirmed = forms.BooleanField(required=False)
    moves = forms.CharField(required=False)

    @property
    def reason(self) -> str:
        """As it was sent; the door says what is wrong with it."""
        return str(self.data.get("reason", ""))

    @property
    def figures(self) -> dict[str, str]:
        """The chosen figures with their reasons."""
        chosen = self.data.getlist("chosen") if hasattr(self.data, "getlist") else []
        return {code: self.data.get(f"{REASON_OF}{code}", "") for code in chosen}

    @property
    def reasons(self) -> dict[str, str]:
        """All reasons that were typed, by code, whether or not the figure is chosen."""
        return {
            name.removeprefix(REASON_OF): text
            for name, text in self.data.items()
            if name.startswith(REASON_OF) and text.strip()
        }
