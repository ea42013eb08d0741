"""The third stage of the chain: from the question to the answers of a needs assessment."""
