"""The code with which the first account of an installation is made."""

from django.db import models


class FirstStartCode(models.Model):
    """The one code that is good now, as a SHA-256; there is none once an account exists."""

    digest = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="firststartcode_is_one")
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
