-- PostgreSQL: what DESIGN calls "History that holds". Put in place as a whole by guards.on().

CREATE OR REPLACE FUNCTION education_duty_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- Rows that one statement adds are recorded by one statement.
CREATE OR REPLACE FUNCTION education_duty_record_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO indicators_valuerevision (
        value_id, indicator_id, jurisdiction_id, year, number, statement, state,
        state_reason, as_entered, last_place, qualifier, provisional, origin, note,
        period_from, period_basis, as_of, part_of_year, changed_at, changed_by_id,
        change_reason, version, outside
    ) SELECT
        id, indicator_id, jurisdiction_id, year, number, statement, state,
        state_reason, as_entered, last_place, qualifier, provisional, origin, note,
        period_from, period_basis, as_of, part_of_year, coalesce(changed_at, now()),
        changed_by_id, change_reason, version, changed_at IS NULL
    FROM added;
    RETURN NULL;
END $$;

-- Outside the application: who, when and why left as they were, or the version not one further.
CREATE OR REPLACE FUNCTION education_duty_record_update() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    outside boolean := NEW.version <> OLD.version + 1
        OR (NEW.changed_at, NEW.changed_by_id, NEW.change_reason)
            IS NOT DISTINCT FROM (OLD.changed_at, OLD.changed_by_id, OLD.change_reason);
BEGIN
    IF (NEW.id, NEW.indicator_id, NEW.jurisdiction_id, NEW.year)
        <> (OLD.id, OLD.indicator_id, OLD.jurisdiction_id, OLD.year) THEN
        RAISE EXCEPTION 'history: a value does not move to another place'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF outside THEN
        NEW.version := OLD.version + 1;
        NEW.changed_at := now();
        NEW.changed_by_id := NULL;
        NEW.change_reason := '';
    END IF;
    INSERT INTO indicators_valuerevision (
        value_id, indicator_id, jurisdiction_id, year, number, statement, state,
        state_reason, as_entered, last_place, qualifier, provisional, origin, note,
        period_from, period_basis, as_of, part_of_year, changed_at, changed_by_id,
        change_reason, version, outside
    ) VALUES (
        NEW.id, NEW.indicator_id, NEW.jurisdiction_id, NEW.year, NEW.number, NEW.statement,
        NEW.state, NEW.state_reason, NEW.as_entered, NEW.last_place, NEW.qualifier,
        NEW.provisional, NEW.origin, NEW.note, NEW.period_from, NEW.period_basis,
        NEW.as_of, NEW.part_of_year, NEW.changed_at, NEW.changed_by_id, NEW.change_reason,
        NEW.version, outside
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
    IF EXISTS (
        SELECT 1 FROM added WHERE value_id IS DISTINCT FROM
            (SELECT r.value_id FROM indicators_valuerevision r WHERE r.id = added.revision_id)
    ) THEN
        RAISE EXCEPTION 'history: a standing is of a version of its own value'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

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
