"""Files of initiatives: IATI, 5W and HXL workbooks, CSV, GeoJSON. Pure: bytes in, records and problems out."""
