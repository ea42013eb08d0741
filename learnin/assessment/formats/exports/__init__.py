"""Files that tables of answers leave in."""
