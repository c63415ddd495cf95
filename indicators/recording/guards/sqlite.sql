-- SQLite: the triggers that write history. Each statement is put in place by guards.on().
-- REPLACE deletes a row without firing DELETE triggers, so an INSERT onto an existing key is refused.

CREATE TRIGGER guard_change_insert BEFORE INSERT ON indicators_change
BEGIN
    SELECT RAISE(ABORT, 'history: a change is never replaced')
    WHERE EXISTS (SELECT 1 FROM indicators_change WHERE id = NEW.id);
END;

CREATE TRIGGER guard_change_update BEFORE UPDATE ON indicators_change
BEGIN
    SELECT RAISE(ABORT, 'history: a change is never changed');
END;

CREATE TRIGGER guard_change_delete BEFORE DELETE ON indicators_change
BEGIN
    SELECT RAISE(ABORT, 'history: a change is never deleted');
END;

CREATE TRIGGER guard_value_insert BEFORE INSERT ON indicators_yearlyvalue
BEGIN
    SELECT RAISE(ABORT, 'history: a value is not replaced')
    WHERE EXISTS (
        SELECT 1 FROM indicators_yearlyvalue
        WHERE id = NEW.id
            OR (indicator_id = NEW.indicator_id AND jurisdiction_id = NEW.jurisdiction_id
                AND year = NEW.year)
    );
    SELECT RAISE(ABORT, 'history: there is no such change')
    WHERE NEW.change_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM indicators_change WHERE id = NEW.change_id);
END;

-- A row without a change was added outside the application, which is a change of its own.
CREATE TRIGGER record_value_insert AFTER INSERT ON indicators_yearlyvalue
BEGIN
    INSERT INTO indicators_change (at, reason, origin, on_behalf, outside, request)
    SELECT strftime('%Y-%m-%d %H:%M:%f', 'now'), '', 'entered', 0, 1, ''
    WHERE NEW.change_id IS NULL;
    UPDATE indicators_yearlyvalue SET change_id = (SELECT max(id) FROM indicators_change)
    WHERE id = NEW.id AND NEW.change_id IS NULL;
    INSERT INTO indicators_valuerevision (
        value_id, number, statement, state, state_reason, as_entered, last_place, qualifier,
        provisional, note, period_from, period_basis, as_of, part_of_year, change_id, version
    ) SELECT
        id, number, statement, state, state_reason, as_entered, last_place, qualifier,
        provisional, note, period_from, period_basis, as_of, part_of_year, change_id, version
    FROM indicators_yearlyvalue WHERE id = NEW.id;
END;

CREATE TRIGGER guard_value_update BEFORE UPDATE ON indicators_yearlyvalue
WHEN NEW.id <> OLD.id OR NEW.indicator_id <> OLD.indicator_id
    OR NEW.jurisdiction_id <> OLD.jurisdiction_id OR NEW.year <> OLD.year
BEGIN
    SELECT RAISE(ABORT, 'history: a value does not move to another place');
END;

CREATE TRIGGER guard_value_change BEFORE UPDATE ON indicators_yearlyvalue
WHEN NEW.change_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM indicators_change WHERE id = NEW.change_id)
BEGIN
    SELECT RAISE(ABORT, 'history: there is no such change');
END;

-- Outside the application: the change left as it was, or the version not one further. What the
-- trigger for added rows completes has no version yet.
CREATE TRIGGER record_value_update AFTER UPDATE ON indicators_yearlyvalue
WHEN EXISTS (SELECT 1 FROM indicators_valuerevision WHERE value_id = NEW.id)
BEGIN
    INSERT INTO indicators_change (at, reason, origin, on_behalf, outside, request)
    SELECT strftime('%Y-%m-%d %H:%M:%f', 'now'), '',
        coalesce((SELECT origin FROM indicators_change WHERE id = OLD.change_id), 'entered'),
        coalesce((SELECT on_behalf FROM indicators_change WHERE id = OLD.change_id), 0), 1, ''
    WHERE NEW.version <> OLD.version + 1 OR NEW.change_id IS NULL
        OR NEW.change_id IS OLD.change_id;
    UPDATE indicators_yearlyvalue
    SET version = OLD.version + 1, change_id = (SELECT max(id) FROM indicators_change)
    WHERE id = NEW.id AND (
        NEW.version <> OLD.version + 1 OR NEW.change_id IS NULL
        OR NEW.change_id IS OLD.change_id
    );
    INSERT INTO indicators_valuerevision (
        value_id, number, statement, state, state_reason, as_entered, last_place, qualifier,
        provisional, note, period_from, period_basis, as_of, part_of_year, change_id, version
    ) SELECT
        id, number, statement, state, state_reason, as_entered, last_place, qualifier,
        provisional, note, period_from, period_basis, as_of, part_of_year, change_id, version
    FROM indicators_yearlyvalue WHERE id = NEW.id;
END;

CREATE TRIGGER guard_value_delete BEFORE DELETE ON indicators_yearlyvalue
BEGIN
    SELECT RAISE(ABORT, 'history: a value is withdrawn, not deleted');
END;

-- No trigger depth on SQLite: a version is accepted only if it is the value's row as it is now.
CREATE TRIGGER guard_revision_insert BEFORE INSERT ON indicators_valuerevision
BEGIN
    SELECT RAISE(ABORT, 'history: versions are written by triggers only')
    WHERE EXISTS (
        SELECT 1 FROM indicators_valuerevision
        WHERE id = NEW.id OR (value_id = NEW.value_id AND version = NEW.version)
    ) OR NOT EXISTS (
        SELECT 1 FROM indicators_yearlyvalue
        WHERE id = NEW.value_id AND version = NEW.version AND change_id IS NEW.change_id
            AND number IS NEW.number
            AND statement IS NEW.statement
            AND state IS NEW.state
            AND state_reason IS NEW.state_reason
            AND as_entered IS NEW.as_entered
            AND last_place IS NEW.last_place
            AND qualifier IS NEW.qualifier
            AND provisional IS NEW.provisional
            AND note IS NEW.note
            AND period_from IS NEW.period_from
            AND period_basis IS NEW.period_basis
            AND as_of IS NEW.as_of
            AND part_of_year IS NEW.part_of_year
    );
END;

CREATE TRIGGER guard_revision_update BEFORE UPDATE ON indicators_valuerevision
BEGIN
    SELECT RAISE(ABORT, 'history: a version is never changed');
END;

CREATE TRIGGER guard_revision_delete BEFORE DELETE ON indicators_valuerevision
BEGIN
    SELECT RAISE(ABORT, 'history: a version is never deleted');
END;

CREATE TRIGGER guard_standing_insert BEFORE INSERT ON indicators_standing
BEGIN
    SELECT RAISE(ABORT, 'history: a standing is of a version of its own value, and new')
    WHERE EXISTS (SELECT 1 FROM indicators_standing WHERE id = NEW.id)
        OR NOT EXISTS (
            SELECT 1 FROM indicators_valuerevision
            WHERE id = NEW.revision_id AND value_id = NEW.value_id
        );
    SELECT RAISE(ABORT, 'history: there is no such change')
    WHERE NOT EXISTS (SELECT 1 FROM indicators_change WHERE id = NEW.change_id);
END;

CREATE TRIGGER standing_is_to_examine AFTER INSERT ON indicators_standing
BEGIN
    INSERT INTO indicators_dueexamination (jurisdiction_id, year)
    SELECT jurisdiction_id, year FROM indicators_yearlyvalue WHERE id = NEW.value_id;
END;

CREATE TRIGGER guard_standing_update BEFORE UPDATE ON indicators_standing
BEGIN
    SELECT RAISE(ABORT, 'history: a standing is never changed');
END;

CREATE TRIGGER guard_standing_delete BEFORE DELETE ON indicators_standing
BEGIN
    SELECT RAISE(ABORT, 'history: a standing is never deleted');
END;

CREATE TRIGGER guard_event_insert BEFORE INSERT ON indicators_submissionevent
BEGIN
    SELECT RAISE(ABORT, 'history: an event is never replaced')
    WHERE EXISTS (SELECT 1 FROM indicators_submissionevent WHERE id = NEW.id);
END;

CREATE TRIGGER guard_event_update BEFORE UPDATE ON indicators_submissionevent
BEGIN
    SELECT RAISE(ABORT, 'history: an event is never changed');
END;

CREATE TRIGGER guard_event_delete BEFORE DELETE ON indicators_submissionevent
BEGIN
    SELECT RAISE(ABORT, 'history: an event is never deleted');
END;

CREATE TRIGGER guard_event_figure_insert BEFORE INSERT ON indicators_eventfigure
BEGIN
    SELECT RAISE(ABORT, 'history: a figure of an event is never replaced')
    WHERE EXISTS (SELECT 1 FROM indicators_eventfigure WHERE id = NEW.id);
END;

CREATE TRIGGER guard_event_figure_update BEFORE UPDATE ON indicators_eventfigure
BEGIN
    SELECT RAISE(ABORT, 'history: a figure of an event is never changed');
END;

CREATE TRIGGER guard_event_figure_delete BEFORE DELETE ON indicators_eventfigure
BEGIN
    SELECT RAISE(ABORT, 'history: a figure of an event is never deleted');
END;

CREATE TRIGGER guard_remark_insert BEFORE INSERT ON indicators_remark
BEGIN
    SELECT RAISE(ABORT, 'history: a remark is never replaced')
    WHERE EXISTS (SELECT 1 FROM indicators_remark WHERE id = NEW.id);
END;

CREATE TRIGGER guard_remark_update BEFORE UPDATE ON indicators_remark
BEGIN
    SELECT RAISE(ABORT, 'history: a remark is never changed');
END;

CREATE TRIGGER guard_remark_delete BEFORE DELETE ON indicators_remark
BEGIN
    SELECT RAISE(ABORT, 'history: a remark is never deleted');
END;

CREATE TRIGGER guard_report_event_insert BEFORE INSERT ON indicators_reportevent
BEGIN
    SELECT RAISE(ABORT, 'history: an event of a report is never replaced')
    WHERE EXISTS (SELECT 1 FROM indicators_reportevent WHERE id = NEW.id);
END;

CREATE TRIGGER guard_report_event_update BEFORE UPDATE ON indicators_reportevent
BEGIN
    SELECT RAISE(ABORT, 'history: an event of a report is never changed');
END;

CREATE TRIGGER guard_report_event_delete BEFORE DELETE ON indicators_reportevent
BEGIN
    SELECT RAISE(ABORT, 'history: an event of a report is never deleted');
END;

CREATE TRIGGER guard_paragraph_version_insert BEFORE INSERT ON indicators_paragraphversion
BEGIN
    SELECT RAISE(ABORT, 'history: a version of a paragraph is never replaced')
    WHERE EXISTS (SELECT 1 FROM indicators_paragraphversion WHERE id = NEW.id);
END;

CREATE TRIGGER guard_paragraph_version_update BEFORE UPDATE ON indicators_paragraphversion
BEGIN
    SELECT RAISE(ABORT, 'history: a version of a paragraph is never changed');
END;

CREATE TRIGGER guard_paragraph_version_delete BEFORE DELETE ON indicators_paragraphversion
BEGIN
    SELECT RAISE(ABORT, 'history: a version of a paragraph is never deleted');
END;

CREATE TRIGGER guard_paragraph_comment_insert BEFORE INSERT ON indicators_paragraphcomment
BEGIN
    SELECT RAISE(ABORT, 'history: a comment is never replaced')
    WHERE EXISTS (SELECT 1 FROM indicators_paragraphcomment WHERE id = NEW.id);
END;

CREATE TRIGGER guard_paragraph_comment_update BEFORE UPDATE ON indicators_paragraphcomment
BEGIN
    SELECT RAISE(ABORT, 'history: a comment is never changed');
END;

CREATE TRIGGER guard_paragraph_comment_delete BEFORE DELETE ON indicators_paragraphcomment
BEGIN
    SELECT RAISE(ABORT, 'history: a comment is never deleted');
END;

CREATE TRIGGER guard_edition_insert BEFORE INSERT ON indicators_edition
BEGIN
    SELECT RAISE(ABORT, 'history: an edition is never replaced')
    WHERE EXISTS (SELECT 1 FROM indicators_edition WHERE id = NEW.id);
END;

CREATE TRIGGER guard_edition_update BEFORE UPDATE ON indicators_edition
BEGIN
    SELECT RAISE(ABORT, 'history: an edition is never changed');
END;

CREATE TRIGGER guard_edition_delete BEFORE DELETE ON indicators_edition
BEGIN
    SELECT RAISE(ABORT, 'history: an edition is never deleted');
END;

CREATE TRIGGER guard_correction_insert BEFORE INSERT ON indicators_correction
BEGIN
    SELECT RAISE(ABORT, 'history: a correction is never replaced')
    WHERE EXISTS (SELECT 1 FROM indicators_correction WHERE id = NEW.id);
END;

CREATE TRIGGER guard_correction_update BEFORE UPDATE ON indicators_correction
BEGIN
    SELECT RAISE(ABORT, 'history: a correction is never changed');
END;

CREATE TRIGGER guard_correction_delete BEFORE DELETE ON indicators_correction
BEGIN
    SELECT RAISE(ABORT, 'history: a correction is never deleted');
END;

CREATE TRIGGER guard_release_insert BEFORE INSERT ON indicators_release
BEGIN
    SELECT RAISE(ABORT, 'history: a release is never replaced')
    WHERE EXISTS (SELECT 1 FROM indicators_release WHERE id = NEW.id);
END;

CREATE TRIGGER guard_release_update BEFORE UPDATE ON indicators_release
BEGIN
    SELECT RAISE(ABORT, 'history: a release is never changed');
END;

CREATE TRIGGER guard_release_delete BEFORE DELETE ON indicators_release
BEGIN
    SELECT RAISE(ABORT, 'history: a release is never deleted');
END;

CREATE TRIGGER guard_reopening_insert BEFORE INSERT ON indicators_reopening
BEGIN
    SELECT RAISE(ABORT, 'history: a reopening is never replaced')
    WHERE EXISTS (SELECT 1 FROM indicators_reopening WHERE id = NEW.id);
END;

CREATE TRIGGER guard_reopening_update BEFORE UPDATE ON indicators_reopening
BEGIN
    SELECT RAISE(ABORT, 'history: a reopening is never changed');
END;

CREATE TRIGGER guard_reopening_delete BEFORE DELETE ON indicators_reopening
BEGIN
    SELECT RAISE(ABORT, 'history: a reopening is never deleted');
END;

CREATE TRIGGER guard_export_insert BEFORE INSERT ON indicators_export
BEGIN
    SELECT RAISE(ABORT, 'history: an export is never replaced')
    WHERE EXISTS (SELECT 1 FROM indicators_export WHERE id = NEW.id);
END;

CREATE TRIGGER guard_export_update BEFORE UPDATE ON indicators_export
BEGIN
    SELECT RAISE(ABORT, 'history: an export is never changed');
END;

CREATE TRIGGER guard_export_delete BEFORE DELETE ON indicators_export
BEGIN
    SELECT RAISE(ABORT, 'history: an export is never deleted');
END;

-- A unit's path is its parent's and its own id. What is written there is put right, and all that
-- lies below moves along.
CREATE TRIGGER path_insert AFTER INSERT ON indicators_jurisdiction
BEGIN
    UPDATE indicators_jurisdiction SET path = coalesce(
        (SELECT path FROM indicators_jurisdiction WHERE id = NEW.parent_id), ''
    ) || NEW.id || '.' WHERE id = NEW.id;
END;

CREATE TRIGGER path_update AFTER UPDATE ON indicators_jurisdiction
BEGIN
    UPDATE indicators_jurisdiction SET path = coalesce(
        (SELECT path FROM indicators_jurisdiction WHERE id = NEW.parent_id), ''
    ) || NEW.id || '.' || substr(path, length(OLD.path) + 1)
    WHERE id <> NEW.id AND OLD.path <> '' AND path LIKE OLD.path || '%';
    UPDATE indicators_jurisdiction SET path = coalesce(
        (SELECT path FROM indicators_jurisdiction WHERE id = NEW.parent_id), ''
    ) || NEW.id || '.' WHERE id = NEW.id;
END;

CREATE TRIGGER guard_problem_event_insert BEFORE INSERT ON indicators_problemevent
WHEN EXISTS (SELECT 1 FROM indicators_problemevent WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'history: an event of a problem is never replaced'); END;
CREATE TRIGGER guard_problem_event_update BEFORE UPDATE ON indicators_problemevent
BEGIN SELECT RAISE(ABORT, 'history: an event of a problem is never changed'); END;
CREATE TRIGGER guard_problem_event_delete BEFORE DELETE ON indicators_problemevent
BEGIN SELECT RAISE(ABORT, 'history: an event of a problem is never deleted'); END;

CREATE TRIGGER guard_problem_document_insert BEFORE INSERT ON indicators_problemdocument
WHEN EXISTS (SELECT 1 FROM indicators_problemdocument WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'history: a document of a problem is never replaced'); END;
CREATE TRIGGER guard_problem_document_update BEFORE UPDATE ON indicators_problemdocument
BEGIN SELECT RAISE(ABORT, 'history: a document of a problem is never changed'); END;
CREATE TRIGGER guard_problem_document_delete BEFORE DELETE ON indicators_problemdocument
BEGIN SELECT RAISE(ABORT, 'history: a document of a problem is never deleted'); END;

CREATE TRIGGER guard_annotation_insert BEFORE INSERT ON indicators_annotation
WHEN EXISTS (
    SELECT 1 FROM indicators_annotation WHERE id = NEW.id OR takes_back_id = NEW.takes_back_id
)
BEGIN SELECT RAISE(ABORT, 'history: an annotation is never replaced'); END;
CREATE TRIGGER guard_annotation_update BEFORE UPDATE ON indicators_annotation
BEGIN SELECT RAISE(ABORT, 'history: an annotation is never changed'); END;
CREATE TRIGGER guard_annotation_delete BEFORE DELETE ON indicators_annotation
BEGIN SELECT RAISE(ABORT, 'history: an annotation is never deleted'); END;

CREATE TRIGGER guard_achievement_insert BEFORE INSERT ON indicators_achievementversion
WHEN EXISTS (
    SELECT 1 FROM indicators_achievementversion
    WHERE id = NEW.id OR achievement_id = NEW.achievement_id AND version = NEW.version
)
BEGIN SELECT RAISE(ABORT, 'history: a version of an achievement is never replaced'); END;
CREATE TRIGGER guard_achievement_update BEFORE UPDATE ON indicators_achievementversion
BEGIN SELECT RAISE(ABORT, 'history: a version of an achievement is never changed'); END;
CREATE TRIGGER guard_achievement_delete BEFORE DELETE ON indicators_achievementversion
BEGIN SELECT RAISE(ABORT, 'history: a version of an achievement is never deleted'); END;
