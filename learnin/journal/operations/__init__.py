"""What changes in the journal: lines, files, notices, letters, jobs."""
