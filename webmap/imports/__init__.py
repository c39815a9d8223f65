"""Files that people upload to be imported: kept, read in a process of their own, checked, committed."""
