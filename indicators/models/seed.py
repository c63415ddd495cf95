from django.db import models


class SeedRecord(models.Model):
    """A row of the seeds as last loaded: what differs from it was changed by users and is kept."""

    table = models.CharField(max_length=40)
    key = models.CharField(max_length=300)
    row = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "key"], name="seedrecord_unique")]

    def __str__(self) -> str:
        return f"{self.table}: {self.key}"
