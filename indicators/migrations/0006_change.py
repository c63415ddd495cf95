"""Who, when and why move to a table of changes, to the letter; no version is made by it.

What was written with the same who, when, why and way was one write, and becomes one change.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

REVISION, VALUE = "indicators_valuerevision", "indicators_yearlyvalue"
STANDING, EVENT = "indicators_standing", "indicators_submissionevent"
CHANGE = "indicators_change"
ACTS = (
    f"SELECT since AS at, set_by_id AS actor_id, reason FROM {STANDING}"
    f" UNION SELECT at, actor_id, reason FROM {EVENT}"
)


def same(at, actor, reason):
    """The condition that the change c is by that person, of that moment and reason."""
    return (
        f"c.at = {at} AND coalesce(c.actor_id, 0) = coalesce({actor}, 0) AND c.reason = {reason}"
    )


def fill(apps, schema_editor):
    run = schema_editor.execute
    run(f"CREATE INDEX change_filled ON {CHANGE} (at)")
    behalf = "origin = 'on_behalf'"
    way = f"CASE WHEN {behalf} THEN 'entered' ELSE origin END"
    run(
        f"INSERT INTO {CHANGE} (at, actor_id, reason, origin, on_behalf, outside, request)"
        f" SELECT DISTINCT changed_at, changed_by_id, change_reason, {way}, {behalf}, outside, ''"
        f" FROM {REVISION} ORDER BY changed_at"
    )
    run(
        f"INSERT INTO {CHANGE} (at, actor_id, reason, origin, on_behalf, outside, request)"
        f" SELECT a.at, a.actor_id, a.reason, 'entered', FALSE, FALSE, '' FROM ({ACTS}) AS a"
        f" WHERE NOT EXISTS (SELECT 1 FROM {CHANGE} c"
        f" WHERE {same('a.at', 'a.actor_id', 'a.reason')}) ORDER BY a.at"
    )
    run(
        f"UPDATE {REVISION} SET change_id = (SELECT min(c.id) FROM {CHANGE} c WHERE"
        f" {same('changed_at', 'changed_by_id', 'change_reason')} AND c.outside = {REVISION}.outside"
        f" AND c.on_behalf = ({REVISION}.{behalf}) AND c.origin ="
        f" CASE WHEN {REVISION}.{behalf} THEN 'entered' ELSE {REVISION}.origin END)"
    )
    run(
        f"UPDATE {VALUE} SET change_id = (SELECT r.change_id FROM {REVISION} r"
        f" WHERE r.value_id = {VALUE}.id AND r.version = {VALUE}.version)"
    )
    by_whom = same(f"{STANDING}.since", f"{STANDING}.set_by_id", f"{STANDING}.reason")
    run(
        f"UPDATE {STANDING} SET change_id = coalesce("
        f"(SELECT c.id FROM {REVISION} r JOIN {CHANGE} c ON c.id = r.change_id"
        f" WHERE r.id = {STANDING}.revision_id AND {by_whom}),"
        f" (SELECT min(c.id) FROM {CHANGE} c WHERE {by_whom}))"
    )
    by_whom = same(f"{EVENT}.at", f"{EVENT}.actor_id", f"{EVENT}.reason")
    run(
        f"UPDATE {EVENT} SET change_id = (SELECT min(c.id) FROM {CHANGE} c WHERE {by_whom})"
    )
    run("DROP INDEX change_filled")
    settle(schema_editor)


def empty(apps, schema_editor):
    run = schema_editor.execute

    def take(table, **columns):
        run(
            f"UPDATE {table} SET ("
            + ", ".join(columns)
            + ") = (SELECT "
            + ", ".join(columns.values())
            + f" FROM {CHANGE} c WHERE c.id = {table}.change_id)"
        )

    way = "CASE WHEN c.on_behalf AND c.origin = 'entered' THEN 'on_behalf' ELSE c.origin END"
    version = {
        "changed_at": "c.at",
        "changed_by_id": "c.actor_id",
        "change_reason": "c.reason",
        "origin": way,
    }
    take(REVISION, **version, outside="c.outside")
    take(VALUE, **version)
    take(STANDING, since="c.at", set_by_id="c.actor_id", reason="c.reason")
    take(EVENT, at="c.at", actor_id="c.actor_id", reason="c.reason")
    run(
        f"UPDATE {REVISION} SET (indicator_id, jurisdiction_id, year) ="
        f" (SELECT indicator_id, jurisdiction_id, year FROM {VALUE} v WHERE v.id = value_id)"
    )
    settle(schema_editor)


def settle(schema_editor):
    """PostgreSQL alters no table while foreign keys of its rows wait to be proven."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


def to_change(model, *, null, related_name):
    field = models.ForeignKey(
        "indicators.change",
        db_index=False,
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        **({"verbose_name": "change"} if model == "yearlyvalue" else {}),
    )
    return {"model_name": model, "name": "change", "field": field}


def user(**options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=django.db.models.deletion.PROTECT,
        null=True,
        related_name="+",
        **options,
    )


def own_key(to):
    return models.ForeignKey(
        to, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+"
    )


POINTING = {
    "yearlyvalue": "+",
    "valuerevision": "revisions",
    "standing": "standings",
    "submissionevent": "events",
}
REPLACED = {
    "yearlyvalue": ["changed_at", "changed_by", "change_reason", "origin"],
    "valuerevision": [
        *("changed_at", "changed_by", "change_reason", "origin", "outside"),
        *("indicator", "jurisdiction", "year"),
    ],
    "standing": ["since", "set_by", "reason"],
    "submissionevent": ["at", "actor", "reason"],
}
ORIGINS = [
    ("entered", "Entered"),
    ("on_behalf", "Entered on behalf"),
    ("imported", "Imported"),
    ("seed", "Published report"),
    ("demonstration", "Demonstration"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0005_result_counted"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="changed at")),
                (
                    "reason",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="reason of the change"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=ORIGINS, default="entered", max_length=20, verbose_name="origin"
                    ),
                ),
                ("on_behalf", models.BooleanField(default=False, verbose_name="on behalf")),
                (
                    "outside",
                    models.BooleanField(default=False, verbose_name="made outside the application"),
                ),
                ("request", models.CharField(blank=True, max_length=36, verbose_name="request")),
                ("transaction", models.UUIDField(null=True, verbose_name="transaction")),
                (
                    "actor",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "change",
                "verbose_name_plural": "changes",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(origin__in=[code for code, _name in ORIGINS]),
                        name="change_origin_known",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(origin="on_behalf"),
                        name="change_on_behalf_has_its_column",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint("yearlyvalue", "yearlyvalue_origin_known"),
        *(
            migrations.AddField(**to_change(model, null=True, related_name=name))
            for model, name in POINTING.items()
        ),
        # So that a way back can add them before they are filled.
        migrations.AlterField("valuerevision", "indicator", own_key("indicators.indicator")),
        migrations.AlterField("valuerevision", "jurisdiction", own_key("indicators.jurisdiction")),
        migrations.AlterField(
            "valuerevision", "year", models.PositiveSmallIntegerField(null=True)
        ),
        migrations.AlterField("standing", "since", models.DateTimeField(null=True)),
        migrations.AlterField("submissionevent", "at", models.DateTimeField(null=True)),
        migrations.AlterField("submissionevent", "actor", user()),
        migrations.RunPython(fill, empty),
        *(
            migrations.AlterField(**to_change(model, null=False, related_name=name))
            for model, name in POINTING.items()
            if model != "yearlyvalue"
        ),
        *(
            migrations.RemoveField(model, name)
            for model, names in REPLACED.items()
            for name in names
        ),
    ]
