"""What the pages above the stages draw."""
