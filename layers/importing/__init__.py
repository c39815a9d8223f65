"""Files of other offices into records: read, understood, checked, mended."""
