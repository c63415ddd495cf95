-- PostgreSQL: the triggers that write history. Put in place as a whole by guards.on().

CREATE OR REPLACE FUNCTION education_duty_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- A change of its own for what was written outside the application; by the way of the one before.
CREATE OR REPLACE FUNCTION education_duty_outside_change(before bigint) RETURNS bigint
LANGUAGE sql AS $$
    INSERT INTO indicators_change (at, reason, origin, on_behalf, outside, request)
    SELECT now(), '', coalesce(max(origin), 'entered'), coalesce(bool_or(on_behalf), FALSE), TRUE, ''
    FROM indicators_change WHERE id = before
    RETURNING id
$$;

-- A change is never deleted; that what is written points to one is looked up once for all rows.
CREATE OR REPLACE FUNCTION education_duty_need_change(wanted bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM indicators_change WHERE id = wanted) THEN
        RAISE EXCEPTION 'history: there is no change %', wanted
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$;

-- Rows that one statement adds are recorded by one statement.
CREATE OR REPLACE FUNCTION education_duty_record_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM education_duty_need_change(change_id) FROM (SELECT DISTINCT change_id FROM added) AS a;
    INSERT INTO indicators_valuerevision (
        value_id, number, statement, state, state_reason, as_entered, last_place, qualifier,
        provisional, note, period_from, period_basis, as_of, part_of_year, change_id, version
    ) SELECT
        id, number, statement, state, state_reason, as_entered, last_place, qualifier,
        provisional, note, period_from, period_basis, as_of, part_of_year, change_id, version
    FROM added;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION education_duty_insert_outside() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.change_id := education_duty_outside_change(NULL);
    RETURN NEW;
END $$;

-- Outside the application: the change left as it was, or the version not one further.
CREATE OR REPLACE FUNCTION education_duty_record_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.indicator_id, NEW.jurisdiction_id, NEW.year)
        <> (OLD.id, OLD.indicator_id, OLD.jurisdiction_id, OLD.year) THEN
        RAISE EXCEPTION 'history: a value does not move to another place'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.version <> OLD.version + 1 OR NEW.change_id IS NULL OR NEW.change_id = OLD.change_id THEN
        NEW.version := OLD.version + 1;
        NEW.change_id := education_duty_outside_change(OLD.change_id);
    END IF;
    PERFORM education_duty_need_change(NEW.change_id);
    INSERT INTO indicators_valuerevision (
        value_id, number, statement, state, state_reason, as_entered, last_place, qualifier,
        provisional, note, period_from, period_basis, as_of, part_of_year, change_id, version
    ) VALUES (
        NEW.id, NEW.number, NEW.statement, NEW.state, NEW.state_reason, NEW.as_entered,
        NEW.last_place, NEW.qualifier, NEW.provisional, NEW.note, NEW.period_from,
        NEW.period_basis, NEW.as_of, NEW.part_of_year, NEW.change_id, NEW.version
    );
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION education_duty_guard_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history: versions are written by triggers only'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- A session keeps the plan. So each version is looked up by the index: a join planned for a load of
-- many would read the whole history for every single standing afterwards, and a scan planned while
-- there was little history would read it for each of many.
CREATE OR REPLACE FUNCTION education_duty_guard_standing() RETURNS trigger LANGUAGE plpgsql
    SET enable_seqscan = off AS $$
BEGIN
    PERFORM education_duty_need_change(change_id) FROM (SELECT DISTINCT change_id FROM added) AS a;
    IF EXISTS (
        SELECT 1 FROM added WHERE value_id IS DISTINCT FROM
            (SELECT r.value_id FROM indicators_valuerevision r WHERE r.id = added.revision_id)
    ) THEN
        RAISE EXCEPTION 'history: a standing is of a version of its own value'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- What came to stand is looked at by the rules; halfway through the migrations by none.
    IF to_regclass('indicators_dueexamination') IS NOT NULL THEN
        INSERT INTO indicators_dueexamination (jurisdiction_id, year)
            SELECT DISTINCT v.jurisdiction_id, v.year
            FROM added JOIN indicators_yearlyvalue v ON v.id = added.value_id;
    END IF;
    RETURN NULL;
END $$;

-- A unit's path is its parent's and its own id. What is written there is put right, but by the
-- trigger below, which moves all that lies below along with the unit.
CREATE OR REPLACE FUNCTION education_duty_path() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() = 1 THEN
        NEW.path := coalesce(
            (SELECT path FROM indicators_jurisdiction WHERE id = NEW.parent_id), ''
        ) || NEW.id || '.';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION education_duty_paths_below() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE indicators_jurisdiction SET path = NEW.path || substr(path, length(OLD.path) + 1)
    WHERE path LIKE OLD.path || '%' AND id <> NEW.id AND OLD.path <> '';
    RETURN NULL;
END $$;

CREATE TRIGGER guard_change_change BEFORE UPDATE OR DELETE ON indicators_change
    FOR EACH ROW EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_change_truncate BEFORE TRUNCATE ON indicators_change
    FOR EACH STATEMENT EXECUTE FUNCTION education_duty_refuse();

CREATE TRIGGER change_value_insert BEFORE INSERT ON indicators_yearlyvalue
    FOR EACH ROW WHEN (NEW.change_id IS NULL) EXECUTE FUNCTION education_duty_insert_outside();
CREATE TRIGGER record_value_insert AFTER INSERT ON indicators_yearlyvalue
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION education_duty_record_insert();
CREATE TRIGGER record_value_update BEFORE UPDATE ON indicators_yearlyvalue
    FOR EACH ROW EXECUTE FUNCTION education_duty_record_update();
CREATE TRIGGER guard_value_delete BEFORE DELETE ON indicators_yearlyvalue
    FOR EACH ROW EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_value_truncate BEFORE TRUNCATE ON indicators_yearlyvalue
    FOR EACH STATEMENT EXECUTE FUNCTION education_duty_refuse();

CREATE TRIGGER guard_revision_insert BEFORE INSERT ON indicators_valuerevision
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION education_duty_guard_revision();
CREATE TRIGGER guard_revision_change BEFORE UPDATE OR DELETE ON indicators_valuerevision
    FOR EACH ROW EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_revision_truncate BEFORE TRUNCATE ON indicators_valuerevision
    FOR EACH STATEMENT EXECUTE FUNCTION education_duty_refuse();

CREATE TRIGGER guard_standing_insert AFTER INSERT ON indicators_standing
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION education_duty_guard_standing();
CREATE TRIGGER guard_standing_change BEFORE UPDATE OR DELETE ON indicators_standing
    FOR EACH ROW EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_standing_truncate BEFORE TRUNCATE ON indicators_standing
    FOR EACH STATEMENT EXECUTE FUNCTION education_duty_refuse();

CREATE TRIGGER guard_event_change BEFORE UPDATE OR DELETE ON indicators_submissionevent
    FOR EACH ROW EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_event_truncate BEFORE TRUNCATE ON indicators_submissionevent
    FOR EACH STATEMENT EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_event_figure_change BEFORE UPDATE OR DELETE ON indicators_eventfigure
    FOR EACH ROW EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_event_figure_truncate BEFORE TRUNCATE ON indicators_eventfigure
    FOR EACH STATEMENT EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_remark_change BEFORE UPDATE OR DELETE ON indicators_remark
    FOR EACH ROW EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_remark_truncate BEFORE TRUNCATE ON indicators_remark
    FOR EACH STATEMENT EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_annotation_change BEFORE UPDATE OR DELETE ON indicators_annotation
    FOR EACH ROW EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_annotation_truncate BEFORE TRUNCATE ON indicators_annotation
    FOR EACH STATEMENT EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_report_event_change BEFORE UPDATE OR DELETE ON indicators_reportevent
    FOR EACH ROW EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_report_event_truncate BEFORE TRUNCATE ON indicators_reportevent
    FOR EACH STATEMENT EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_paragraph_version_change BEFORE UPDATE OR DELETE ON indicators_paragraphversion
    FOR EACH ROW EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_paragraph_version_truncate BEFORE TRUNCATE ON indicators_paragraphversion
    FOR EACH STATEMENT EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_paragraph_comment_change BEFORE UPDATE OR DELETE ON indicators_paragraphcomment
    FOR EACH ROW EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_paragraph_comment_truncate BEFORE TRUNCATE ON indicators_paragraphcomment
    FOR EACH STATEMENT EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_edition_change BEFORE UPDATE OR DELETE ON indicators_edition
    FOR EACH ROW EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_edition_truncate BEFORE TRUNCATE ON indicators_edition
    FOR EACH STATEMENT EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_correction_change BEFORE UPDATE OR DELETE ON indicators_correction
    FOR EACH ROW EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_correction_truncate BEFORE TRUNCATE ON indicators_correction
    FOR EACH STATEMENT EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_release_change BEFORE UPDATE OR DELETE ON indicators_release
    FOR EACH ROW EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_release_truncate BEFORE TRUNCATE ON indicators_release
    FOR EACH STATEMENT EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_reopening_change BEFORE UPDATE OR DELETE ON indicators_reopening
    FOR EACH ROW EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_reopening_truncate BEFORE TRUNCATE ON indicators_reopening
    FOR EACH STATEMENT EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_export_change BEFORE UPDATE OR DELETE ON indicators_export
    FOR EACH ROW EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_export_truncate BEFORE TRUNCATE ON indicators_export
    FOR EACH STATEMENT EXECUTE FUNCTION education_duty_refuse();

CREATE TRIGGER path_insert BEFORE INSERT ON indicators_jurisdiction
    FOR EACH ROW EXECUTE FUNCTION education_duty_path();
CREATE TRIGGER path_update BEFORE UPDATE ON indicators_jurisdiction
    FOR EACH ROW EXECUTE FUNCTION education_duty_path();
CREATE TRIGGER path_below AFTER UPDATE ON indicators_jurisdiction
    FOR EACH ROW WHEN (NEW.path <> OLD.path AND pg_trigger_depth() = 0)
    EXECUTE FUNCTION education_duty_paths_below();
CREATE TRIGGER guard_problem_event_change BEFORE UPDATE OR DELETE ON indicators_problemevent
    FOR EACH ROW EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_problem_event_truncate BEFORE TRUNCATE ON indicators_problemevent
    FOR EACH STATEMENT EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_problem_document_change BEFORE UPDATE OR DELETE ON indicators_problemdocument
    FOR EACH ROW EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_problem_document_truncate BEFORE TRUNCATE ON indicators_problemdocument
    FOR EACH STATEMENT EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_achievement_change BEFORE UPDATE OR DELETE ON indicators_achievementversion
    FOR EACH ROW EXECUTE FUNCTION education_duty_refuse();
CREATE TRIGGER guard_achievement_truncate BEFORE TRUNCATE ON indicators_achievementversion
    FOR EACH STATEMENT EXECUTE FUNCTION education_duty_refuse();
