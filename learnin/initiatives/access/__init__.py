"""Who may reach what belongs to initiatives. A stranger learns nothing: 404; a reader who may not act: 403."""
