"""Files the journal writes."""
