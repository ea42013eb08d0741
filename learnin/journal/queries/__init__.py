"""What we know: lines, documents, notices, letters, jobs."""
