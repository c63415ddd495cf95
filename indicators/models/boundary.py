"""The boundary of a unit, where an operator has loaded one; none is shipped.

A map that is shown in China bears the number under which its drawing was reviewed (审图号;
地图管理条例, 2015, article 15 and following), so a boundary without one is not kept.
"""

from __future__ import annotations

from django.db import models

from indicators.models.jurisdiction import Jurisdiction


class Boundary(models.Model):
    """`path` is SVG path data, a closed ring for each part and each hole, in whole steps of 25 m on
    the Web Mercator plane (EPSG:3857), y downwards; the corners are those of the box around it."""

    jurisdiction = models.OneToOneField(
        Jurisdiction, on_delete=models.CASCADE, related_name="boundary"
    )
    path = models.TextField()
    left = models.IntegerField()
    top = models.IntegerField()
    right = models.IntegerField()
    bottom = models.IntegerField()
    approval_number = models.CharField(max_length=50)
    source = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.jurisdiction} {self.approval_number}"
