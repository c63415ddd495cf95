"""What the floors of pages ask the database: each as much as a page needs, and nothing else."""

from __future__ import annotations

SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > now()"
ACCOUNT = "SELECT * FROM indicators_user WHERE id = %s"
ROLES = (
    "SELECT m.*, u.* FROM indicators_membership m"
    " JOIN indicators_jurisdiction u ON u.id = m.jurisdiction_id WHERE m.user_id = %s"
)
CATALOGUE = "SELECT token FROM indicators_cataloguestamp WHERE id = 1"
AREAS = "SELECT * FROM indicators_dutyarea ORDER BY position"
# Years with a figure: a step of the index for each, not a look at every row.
YEARS = (
    "SELECT y FROM generate_series(%s::int, %s) y WHERE EXISTS (SELECT 1"
    " FROM indicators_yearlyresult r WHERE r.jurisdiction_id = %s AND r.year = y AND r.basis <> '')"
)
FIGURES = (
    "SELECT r.year, r.number, r.status, r.basis, r.origin, r.indicator_id, r.jurisdiction_id,"
    " r.qualifier, r.last_place, r.expected, r.reported, r.counted, r.missing_units, r.statement,"
    " r.state, r.reason, r.part_of_year, r.computed, r.computed_statement, r.computed_origin,"
    " r.agrees, r.status_reason, r.revision_id,"
    " v.as_entered, v.state_reason, v.period_from, v.period_basis"
    " FROM indicators_yearlyresult r LEFT JOIN indicators_valuerevision v ON v.id = r.revision_id"
    " WHERE r.tier = 'reported' AND r.year = ANY(%s)"
)
# What was reopened, and whether the year's round is running.
REOPENED = (
    "SELECT f.indicator_id, s.jurisdiction_id, r.evaluation_year, c.at"
    " FROM indicators_eventfigure f JOIN indicators_submissionevent e ON e.id = f.event_id"
    " JOIN indicators_change c ON c.id = e.change_id"
    " JOIN indicators_submission s ON s.id = e.submission_id"
    " JOIN indicators_round r ON r.id = s.round_id"
    " WHERE e.act = 'reopen' AND s.jurisdiction_id = ANY(%s)"
)
RUNNING = (
    "SELECT 1 FROM indicators_round WHERE evaluation_year = %s"
    " AND opened_at IS NOT NULL AND closed_at IS NULL LIMIT 1"
)


# Of each unit and light, how many figures there are and how many of them were reported.
COUNTS = (
    "SELECT r.jurisdiction_id, r.status, count(*), count(*) FILTER (WHERE r.number IS NOT NULL"
    " OR r.statement <> '' OR r.state = 'not_applicable') FROM indicators_yearlyresult r"
    " JOIN indicators_indicator i ON i.id = r.indicator_id WHERE r.tier = 'reported'"
    " AND r.basis <> '' AND r.year = %s + i.lag AND r.jurisdiction_id = ANY(%s) GROUP BY 1, 2"
)
DOUBTS = (
    "SELECT d.jurisdiction_id, d.year, d.indicator_id FROM indicators_doubt d"
    " WHERE d.jurisdiction_id = ANY(%s)"
)
# What figures may rest on, but for what was stated.
DOUBTS_BEHIND = (
    "SELECT d.jurisdiction_id, d.year, d.indicator_id FROM indicators_doubt d"
    " WHERE d.indicator_id = ANY(%s) AND d.year = ANY(%s)"
)
STATED = (
    "SELECT r.jurisdiction_id, r.year, r.indicator_id FROM indicators_yearlyresult r"
    " WHERE r.basis = 'stated' AND r.tier = 'reported'"
    " AND r.jurisdiction_id = ANY(%s) AND r.year = ANY(%s)"
)
DOUBT_OF = (
    "SELECT d.*, l.* FROM indicators_doubt d JOIN indicators_rule l ON l.id = d.rule_id"
    " WHERE d.indicator_id = %s AND d.year = ANY(%s)"
)
# What is listed of a figure below it: its versions, and what is pinned to it.
VERSIONS = (
    "SELECT e.* FROM indicators_yearlyvalue v JOIN indicators_valuerevision e ON e.value_id = v.id"
    " WHERE v.indicator_id = %s AND v.jurisdiction_id = %s AND v.year = %s"
)
PINNED = (
    "SELECT a.*, w.full_name, w.username FROM indicators_annotation a"
    " JOIN indicators_user w ON w.id = a.author_id"
    " WHERE a.indicator_id = %s AND a.jurisdiction_id = %s AND a.year = %s"
)
# All of them, with how many there are, and what is odd about those that are listed.
DOUBTS_LISTED = (
    "SELECT u.name_zh, d.year, i.name_zh, l.name_zh, count(*) OVER () FROM indicators_doubt d"
    " JOIN indicators_jurisdiction u ON u.id = d.jurisdiction_id"
    " JOIN indicators_indicator i ON i.id = d.indicator_id"
    " JOIN indicators_rule l ON l.id = d.rule_id ORDER BY u.code, d.year LIMIT %s"
)
CORRECTIONS = "SELECT * FROM indicators_correction WHERE jurisdiction_id = ANY(%s) ORDER BY id"
ROUNDS = (
    "SELECT * FROM indicators_round WHERE evaluation_year = %s AND opened_at IS NOT NULL"
    " AND city_id = ANY(%s)"
)
CATALOGUE_ROWS = (
    "SELECT i.code, i.name_zh, i.unit, a.name_zh, i.quantity_kind FROM indicators_indicator i"
    " JOIN indicators_dutyarea a ON a.id = i.duty_area_id ORDER BY a.position, i.position"
)
# What of a figure was the latest before a moment, added up over units by the database.
STOOD = (
    "SELECT indicator_id, sum(number) FROM (SELECT DISTINCT ON (v.id) v.indicator_id, e.number"
    " FROM indicators_standing s JOIN indicators_yearlyvalue v ON v.id = s.value_id"
    " JOIN indicators_change c ON c.id = s.change_id"
    " JOIN indicators_valuerevision e ON e.id = s.revision_id"
    " WHERE s.tier = 'reported' AND c.at < %s AND v.year = %s AND v.jurisdiction_id = ANY(%s)"
    " ORDER BY v.id, s.id DESC) latest GROUP BY 1"
)
OF_UNIT = f"{FIGURES} AND r.jurisdiction_id = %s"
OF_INDICATOR = f"{FIGURES} AND r.indicator_id = %s AND r.jurisdiction_id = ANY(%s)"
OF_SEVERAL = f"{FIGURES} AND r.indicator_id = ANY(%s) AND r.jurisdiction_id = ANY(%s)"
