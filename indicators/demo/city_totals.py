"""How high each figure is: the city's totals, and what a district's part of them follows.

The totals meet the published report wherever it gives a figure: those of 2021 and 2022 as it rounds
them, shares through their parts. All others are assumptions, plausible in size and course, and no
statistic (seeds/README.md says so to readers). Amounts of the city's own level are not known, so
the districts' amounts add up to all of the city's.
"""

from __future__ import annotations

from indicators.demo.series import (
    EVEN,
    RESIDENTS,
    WAN,
    Difference,
    Leaning,
    Series,
    Shared,
    Stated,
    of_years,
)


def _amount(code: str, of: str, *wan: int, leaning: Leaning, spread: int, part: bool) -> Shared:
    """2019 to 2021 in 万元, which is also how exactly they are told."""
    totals = of_years(2019, *wan, times=WAN)
    return Shared(code, "yuan", of, totals, leaning, spread, part, step=WAN)


FUNDING: list[Series] = [
    Shared(
        "average_enrolment",
        "pupils",
        RESIDENTS,
        of_years(2019, 5_238_164, 5_301_427, 5_349_083),
        leaning=(104, 99, 97, 103),
    ),
    # 805亿元 in 2021, 6.1 % more than in 2020.
    _amount(
        "general_public_budget_education_expenditure",
        "average_enrolment",
        *(7_278_614, 7_587_136, 8_049_718),
        leaning=(107, 96, 97, 103),
        spread=60,
        part=False,
    ),
    # A share of 16.65 % in 2021, 1.14 points more than in 2020.
    _amount(
        "general_public_budget_expenditure",
        RESIDENTS,
        *(48_476_829, 48_921_037, 48_350_612),
        leaning=(116, 98, 88, 97),
        spread=60,
        part=False,
    ),
    _amount(
        "education_operating_expenditure",
        "general_public_budget_education_expenditure",
        *(5_752_337, 6_003_918, 6_401_829),
        leaning=(99, 100, 101, 101),
        spread=40,
        part=True,
    ),
    _amount(
        "public_operating_expenditure",
        "education_operating_expenditure",
        *(1_680_416, 1_759_253, 1_882_547),
        leaning=(108, 99, 94, 95),
        spread=60,
        part=True,
    ),
    _amount(
        "education_fiscal_appropriation",
        "general_public_budget_education_expenditure",
        *(7_151_236, 7_456_327, 7_903_618),
        leaning=EVEN,
        spread=8,
        part=True,
    ),
    _amount(
        "recurrent_fiscal_revenue",
        "general_public_budget_expenditure",
        *(17_198_429, 17_690_358, 18_431_527),
        leaning=(138, 101, 62, 58),
        spread=90,
        part=True,
    ),
]

PRESCHOOL: list[Series] = [
    Shared(
        "preschool_total",
        "children",
        RESIDENTS,
        of_years(2019, 985_236, 996_418, 1_006_847),
        leaning=(98, 97, 102, 112),
    ),
    # 54.45 %
    Shared(
        "preschool_public",
        "children",
        "preschool_total",
        of_years(2019, 501_642, 527_193, 548_251),
        leaning=(106, 98, 96, 99),
        spread=130,
        part=True,
    ),
    Difference("preschool_private", "children", "preschool_total", less="preschool_public"),
    Shared(
        "preschool_private_at_own_price",
        "children",
        "preschool_private",
        of_years(2019, 104_487, 83_716, 68_951),
        leaning=(150, 95, 70, 65),
        spread=300,
        part=True,
    ),
    # 93.15 %
    Difference(
        "preschool_inclusive", "children", "preschool_total", less="preschool_private_at_own_price"
    ),
    # 91.01 %
    Shared(
        "population_3_to_5",
        "children",
        "preschool_total",
        of_years(2019, 1_108_237, 1_106_419, 1_106_262),
        leaning=(97, 99, 103, 104),
        spread=25,
    ),
]

COMPULSORY: list[Series] = [
    Shared(
        "compulsory_enrolment",
        "pupils",
        RESIDENTS,
        of_years(2019, 2_948_271, 2_985_136, 3_021_648),
        leaning=(94, 97, 106, 118),
    ),
    # 3.32 %
    Shared(
        "private_compulsory_enrolment",
        "pupils",
        "compulsory_enrolment",
        of_years(2019, 136_247, 121_094, 100_347),
        leaning=(150, 105, 75, 60),
        spread=350,
        part=True,
    ),
    # 100 %
    Shared(
        "population_6_to_14",
        "persons",
        "compulsory_enrolment",
        of_years(2019, 2_954_336, 2_988_407, 3_020_385),
        leaning=(97, 100, 102, 102),
        spread=15,
    ),
    Shared(
        "lower_secondary_final_year_pupils",
        "pupils",
        "compulsory_enrolment",
        of_years(2019, 327_128, 332_416, 338_917),
        leaning=(95, 100, 103, 103),
        spread=40,
        part=True,
    ),
    # 95.67 %
    Shared(
        "cohort_primary_entrants",
        "pupils",
        "lower_secondary_final_year_pupils",
        of_years(2019, 344_327, 348_829, 354_244),
        leaning=(95, 100, 103, 104),
        spread=25,
    ),
    Shared(
        "compulsory_schools",
        "schools",
        "compulsory_enrolment",
        of_years(2019, 3_562, 3_549, 3_541),
        leaning=(72, 100, 117, 125),
        spread=120,
    ),
    Shared(
        "schools_below_standard",
        "schools",
        "compulsory_schools",
        of_years(2019, 714, 603, 495),
        leaning=(60, 95, 120, 130),
        spread=300,
        part=True,
    ),
    # 86 %
    Difference(
        "schools_meeting_standard", "schools", "compulsory_schools", less="schools_below_standard"
    ),
    Shared(
        "schools_by_themselves",
        "schools",
        "compulsory_schools",
        of_years(2019, 1_103, 886, 667),
        leaning=(55, 95, 122, 130),
        spread=300,
        part=True,
    ),
    # above 80 %
    Difference("schools_in_groups", "schools", "compulsory_schools", less="schools_by_themselves"),
]

SENIOR_SECONDARY: list[Series] = [
    Shared(
        "senior_secondary_enrolment",
        "pupils",
        RESIDENTS,
        of_years(2019, 1_010_327, 1_028_614, 1_049_236),
        leaning=(95, 103, 101, 102),
        spread=80,
    ),
    # 98.61 %
    Shared(
        "population_15_to_17",
        "persons",
        "senior_secondary_enrolment",
        of_years(2019, 1_035_149, 1_047_436, 1_064_018),
        leaning=(96, 99, 102, 105),
        spread=25,
    ),
    Shared(
        "internship_survey_respondents",
        "pupils",
        "senior_secondary_enrolment",
        of_years(2019, 118_243, 121_527, 125_319, 129_416),
        leaning=(110, 108, 86, 82),
        spread=150,
        part=True,
    ),
    Shared(
        "internship_survey_not_satisfied",
        "pupils",
        "internship_survey_respondents",
        of_years(2019, 10_173, 9_584, 8_907, 8_271),
        leaning=(90, 98, 110, 112),
        spread=250,
        part=True,
    ),
    # above 93 %
    Difference(
        "internship_survey_satisfied",
        "pupils",
        "internship_survey_respondents",
        less="internship_survey_not_satisfied",
    ),
]

RELIEF: list[Series] = [
    Shared(
        "pupils_of_schools_without_service",
        "pupils",
        "compulsory_enrolment",
        of_years(2021, 60_427, 32_914),
        leaning=(60, 95, 120, 130),
        spread=300,
        part=True,
    ),
    Difference(
        "after_school_service_school_pupils",
        "pupils",
        "compulsory_enrolment",
        less="pupils_of_schools_without_service",
    ),
    Shared(
        "pupils_outside_service",
        "pupils",
        "after_school_service_school_pupils",
        of_years(2021, 227_916, 59_837),
        leaning=(90, 95, 110, 112),
        spread=250,
        part=True,
    ),
    # 98 %
    Difference(
        "after_school_service_pupils",
        "pupils",
        "after_school_service_school_pupils",
        less="pupils_outside_service",
    ),
    Shared(
        "academic_training_institutions_of_old",
        "institutions",
        RESIDENTS,
        {2021: 4_623},
        leaning=(150, 95, 70, 62),
        spread=200,
    ),
    Shared(
        "academic_training_institutions",
        "institutions",
        "academic_training_institutions_of_old",
        of_years(2021, 402, 18),
        spread=200,
        part=True,
    ),
    # 99.61 %
    Difference(
        "academic_training_institutions_closed",
        "institutions",
        "academic_training_institutions_of_old",
        less="academic_training_institutions",
    ),
    # 48所
    Shared(
        "public_private_schools_separated",
        "schools",
        "private_compulsory_enrolment",
        of_years(2021, 19, 48),
        spread=200,
    ),
    # 11万个
    Shared(
        "public_compulsory_places_added",
        "places",
        RESIDENTS,
        of_years(2019, 92_430, 97_360, 103_580, 110_240),
        leaning=(165, 92, 66, 62),
        spread=250,
        step=10,
    ),
]

PEOPLE: list[Series] = [
    # 33.3万人次
    Shared(
        "putonghua_tests",
        "person_times",
        RESIDENTS,
        of_years(2019, 298_417, 306_926, 319_738, 333_184),
        leaning=(140, 92, 75, 82),
        spread=180,
    ),
    # 42余万人次
    Shared(
        "skilled_workers_trained_for_enterprises",
        "person_times",
        RESIDENTS,
        of_years(2019, 371_528, 388_246, 405_917, 426_328),
        leaning=(130, 105, 74, 68),
        spread=200,
    ),
    # 253人
    Shared(
        "seconded_teachers_returned",
        "persons",
        RESIDENTS,
        of_years(2019, 388, 341, 297, 253),
        spread=400,
    ),
]

# In an order in which each comes after what it follows.
SERIES = [
    *FUNDING,
    *PRESCHOOL,
    *COMPULSORY,
    *SENIOR_SECONDARY,
    *RELIEF,
    *PEOPLE,
]
# Steps on the way, which nobody reports.
BETWEEN = {
    "preschool_private",
    "preschool_private_at_own_price",
    "schools_below_standard",
    "schools_by_themselves",
    "internship_survey_not_satisfied",
    "pupils_of_schools_without_service",
    "pupils_outside_service",
    "academic_training_institutions_of_old",
}


STATEMENTS = [
    Stated("party_organisation_coverage", of_years(2019, 0, 0, 0, 0), "全覆盖"),
    Stated("arts_literacy_assessment_coverage", of_years(2019, 6, 4, 1, 0), "全覆盖"),
    Stated("after_school_service_5_2_coverage", of_years(2021, 5, 0), "全覆盖"),
    Stated("security_guards_coverage", of_years(2019, 7, 3, 1, 0), "全面达标"),
    Stated("school_guard_post_coverage", of_years(2019, 9, 5, 2, 0), "全面达标"),
    Stated("closed_campus_coverage", of_years(2019, 4, 2, 0, 0), "全面达标"),
    Stated("alarm_network_coverage", of_years(2019, 11, 6, 2, 0), "全面达标"),
]
