"""The shelf of the rules by which figures are checked, with the indicators that they name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from indicators.catalogue.seeds_files import Row
from indicators.catalogue.seeds_stored import Gone, Prepared, Shelf
from indicators.models import Indicator, Rule
from indicators.recording.catalogue_change import Touched


class RuleShelf(Shelf):
    """Rules touch no results: what they find is worked out when somebody asks."""

    def read(self, rows: Sequence[Row]) -> dict[str, dict[str, str]]:
        self.by_code = Indicator.objects.in_bulk(field_name="code")
        return super().read(rows)

    def stored(self, rows: Sequence[Row]) -> Iterable[Any]:
        return Rule.objects.prefetch_related("indicators")

    def value(self, thing: Any, name: str) -> Any:
        found = super().value(thing, name)
        return ";".join(sorted(one.code for one in found.all())) if name == "indicators" else found

    def prepare(self, row: Row) -> Prepared:
        one = super().prepare(row)
        codes = [code for code in one.values["indicators"].split(";") if code]
        for code in codes:
            if code in self.by_code:
                continue
            if code in self.gone.get("indicators", ()):
                raise Gone(code)
            raise row.fault(
                f"there is no {code!r}; add it to indicators.csv or correct the cell", "indicators"
            )
        one.values["indicators"] = [self.by_code[code] for code in codes]
        return one

    def write(self, all_rows: Sequence[Prepared], change: Touched) -> None:
        named = [one.values.pop("indicators") for one in all_rows]
        for one in all_rows:
            one.thing = one.thing or Rule()
            for name, value in one.values.items():
                setattr(one.thing, name, value)
        rules = [one.thing for one in all_rows]
        Rule.objects.bulk_create(rule for rule in rules if rule.pk is None)
        columns = [name for name in self.table.stored if name not in ("code", "indicators")]
        Rule.objects.bulk_update(rules, columns)
        through = Rule.indicators.through
        through.objects.filter(rule__in=rules).delete()
        through.objects.bulk_create(
            through(rule=rule, indicator=indicator)
            for rule, indicators in zip(rules, named, strict=True)
            for indicator in indicators
        )
        change.rules_find_otherwise = change.rules_find_otherwise or bool(rules)
