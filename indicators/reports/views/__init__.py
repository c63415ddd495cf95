"""Pages of reports: the report, one paragraph, an edition."""
