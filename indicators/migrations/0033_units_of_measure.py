"""Units of measure become data. Those that shipped so far, and the new ones, as the seeds bring them
with this version: what users have not changed follows the seeds later on."""

import django.core.validators
import indicators.models.numbers
from django.db import migrations, models

# Code, names, base, factor, dimension, whole, counting words.
UNITS = [
    ('persons', '人', 'persons', 'persons', 1, '', True, '名 个 位'),
    ('pupils', '人', 'pupils', 'pupils', 1, 'persons', True, '名 个 位'),
    ('children', '人', 'children', 'children', 1, 'persons', True, '名 个 位'),
    ('teachers', '人', 'teachers', 'teachers', 1, 'persons', True, '名 个 位'),
    ('person_times', '人次', 'person-times', 'person_times', 1, '', True, ''),
    ('schools', '所', 'schools', 'schools', 1, '', True, '个'),
    ('kindergartens', '所', 'kindergartens', 'kindergartens', 1, 'schools', True, '个'),
    ('universities', '所', 'universities', 'universities', 1, 'schools', True, '个'),
    ('items', '个', 'items', 'items', 1, '', True, '项 条 件 次 家'),
    ('places', '个', 'places', 'places', 1, '', True, ''),
    ('times', '次', 'times', 'times', 1, '', True, ''),
    ('events', '场', 'events', 'events', 1, '', True, '次'),
    ('subjects', '个', 'subjects', 'subjects', 1, '', True, ''),
    ('disciplines', '个', 'disciplines', 'disciplines', 1, '', True, ''),
    ('institutions', '个', 'institutions', 'institutions', 1, '', True, '家'),
    ('plans', '个', 'plans', 'plans', 1, '', True, '项'),
    ('measures', '条', 'measures', 'measures', 1, '', True, '项'),
    ('enterprises', '个', 'enterprises', 'enterprises', 1, '', True, '家'),
    ('item_times', '项次', 'item-times', 'item_times', 1, '', True, '项'),
    ('rooms', '间', 'rooms', 'rooms', 1, '', True, '个'),
    ('devices', '台', 'devices', 'devices', 1, '', True, '套 部'),
    ('volumes', '册', 'volumes', 'volumes', 1, '', True, '本'),
    ('classes', '班', 'classes', 'classes', 1, '', True, '个班 个 班级'),
    ('lessons', '节', 'lessons', 'lessons', 1, '', True, '节课 课时'),
    ('class_hours', '课时', 'class hours', 'class_hours', 1, '', True, '学时 节'),
    ('square_metres', '平方米', 'square metres', 'square_metres', 1, '', False, '㎡ m² 平米 平方'),
    ('yuan', '元', 'yuan', 'yuan', 1, '', False, ''),
    ('percent', '%', '%', 'percent', 1, '100', False, ''),
    ('percentage_points', '个百分点', 'percentage points', 'percentage_points', 1, '100', False, '百分点'),
    ('permille', '‰', '‰', 'permille', 1, '1000', False, ''),
    ('ratio', '比（1：x）', 'ratio (1:x)', 'ratio', 1, '1', False, ''),
    ('rank', '位', 'rank', 'rank', 1, '', True, '名'),
    ('yuan_per_pupil', '元/人', 'yuan per pupil', 'yuan_per_pupil', 1, 'yuan / persons', False, '元 元/生'),
    ('yuan_per_pupil_and_year', '元/生·年', 'yuan per pupil and year', 'yuan_per_pupil_and_year', 1, 'yuan / persons', False, '元 元/生 元/人 元/人·年 元/生/年 元/人/年'),
    ('square_metres_per_pupil', '平方米/人', 'square metres per pupil', 'square_metres_per_pupil', 1, 'square_metres / persons', False, '平方米 平方米/生 ㎡ ㎡/人 ㎡/生 m² m²/人 m²/生'),
    ('volumes_per_pupil', '册/人', 'volumes per pupil', 'volumes_per_pupil', 1, 'volumes / persons', False, '册 册/生 本 本/人 本/生'),
    ('pupils_per_class', '人/班', 'pupils per class', 'pupils_per_class', 1, 'persons / classes', False, '人 名 生/班 名/班'),
    ('pupils_per_school', '人/所', 'pupils per school', 'pupils_per_school', 1, 'persons / schools', False, '人 名 生/所 名/所 人/校'),
    ('persons_per_hundred_pupils', '人/百名学生', 'persons per hundred pupils', 'persons_per_hundred_pupils', 1, 'persons / persons * 100', False, '人 名 名/百名学生 人/百生 名/百生'),
    ('devices_per_hundred_pupils', '台/百名学生', 'devices per hundred pupils', 'devices_per_hundred_pupils', 1, 'devices / persons * 100', False, '台 台/百生 套/百名学生'),
    ('yi_yuan', '亿元', 'hundred million yuan', 'yuan', 100000000, '', False, ''),
    ('wan_yuan', '万元', 'ten thousand yuan', 'yuan', 10000, '', False, ''),
    ('wan_persons', '万人', 'ten thousand persons', 'persons', 10000, '', False, ''),
    ('wan_pupils', '万人', 'ten thousand pupils', 'pupils', 10000, '', False, ''),
    ('wan_children', '万人', 'ten thousand children', 'children', 10000, '', False, ''),
    ('wan_person_times', '万人次', 'ten thousand person-times', 'person_times', 10000, '', False, ''),
    ('wan_places', '万个', 'ten thousand places', 'places', 10000, '', False, ''),
    ('wan_events', '万场', 'ten thousand events', 'events', 10000, '', False, ''),
    ('wan_square_metres', '万平方米', 'ten thousand square metres', 'square_metres', 10000, '', False, ''),
    ('wan_volumes', '万册', 'ten thousand volumes', 'volumes', 10000, '', False, ''),
    ('wan_devices', '万台', 'ten thousand devices', 'devices', 10000, '', False, ''),
]
TABLE = "units_of_measure"


def add_units(apps, schema_editor):
    measures = [
        {
            "code": code,
            "name_zh": name_zh,
            "name_en": name_en,
            "base": base,
            "factor": factor,
            "dimension": dimension,
            "whole": whole,
            "words": words,
        }
        for code, name_zh, name_en, base, factor, dimension, whole, words in UNITS
    ]
    Measure = apps.get_model("indicators", "UnitOfMeasure")
    SeedRecord = apps.get_model("indicators", "SeedRecord")
    Measure.objects.bulk_create(Measure(**fields) for fields in measures)
    SeedRecord.objects.bulk_create(
        SeedRecord(
            table=TABLE,
            key=fields["code"],
            row={
                **fields,
                "factor": str(fields["factor"]),
                "whole": "yes" if fields["whole"] else "no",
            },
        )
        for fields in measures
    )


def forget_seeds(apps, schema_editor):
    apps.get_model("indicators", "SeedRecord").objects.filter(table=TABLE).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0032_confirmations'),
    ]

    operations = [
        migrations.AlterField(
            model_name='indicator',
            name='display_unit',
            field=models.CharField(blank=True, max_length=40, verbose_name='display unit'),
        ),
        migrations.AlterField(
            model_name='indicator',
            name='unit',
            field=models.CharField(blank=True, max_length=40, verbose_name='unit'),
        ),
        migrations.CreateModel(
            name='UnitOfMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_zh', models.CharField(max_length=200, verbose_name='name (Chinese)')),
                ('name_en', models.CharField(blank=True, max_length=200, verbose_name='name (English)')),
                ('code', models.CharField(max_length=40, unique=True, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9_]{0,79}$', 'A code has small letters, digits and underscores, and begins with a letter.')], verbose_name='code')),
                ('base', models.CharField(blank=True, help_text='The unit that it holds; empty for one in which figures are kept themselves.', max_length=40, verbose_name='base unit')),
                ('factor', indicators.models.numbers.ExactNumberField(default=1, help_text='How many of its base unit it holds: 10, 100, 1000 and so on; 1 of a base.', verbose_name='factor')),
                ('dimension', models.CharField(blank=True, help_text='What a formula has to give for it, in codes of units: square_metres / persons, or devices / persons * 100; 1 for a ratio of two likes. Empty where it counts something of its own.', max_length=200, verbose_name='dimension')),
                ('whole', models.BooleanField(default=False, help_text='For what is counted, not measured.', verbose_name='whole numbers only')),
                ('words', models.CharField(blank=True, help_text='What else a person may write behind a number, separated by spaces; the Chinese name is read anyway.', max_length=200, verbose_name='counting words')),
            ],
            options={
                'verbose_name': 'unit of measure',
                'verbose_name_plural': 'units of measure',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('base', ''), _negated=True), name='unitofmeasure_has_a_base'), models.CheckConstraint(condition=models.Q(models.Q(('base', models.F('code')), ('factor', 1)), models.Q(models.Q(('base', models.F('code')), _negated=True), ('factor__gt', 1)), _connector='OR'), name='unitofmeasure_holds_its_base'), models.CheckConstraint(condition=models.Q(('base', models.F('code')), models.Q(('dimension', ''), ('whole', False), ('words', '')), _connector='OR'), name='unitofmeasure_base_says_the_rest')],
            },
        ),
        migrations.RunPython(add_units, forget_seeds, elidable=False),
    ]
