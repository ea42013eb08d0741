"""Files of the needs assessment, read and written without a database: workbooks, forms, answers."""
