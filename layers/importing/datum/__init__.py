"""Where coordinates of other offices lie: reference systems, web maps' offsets, and whether the result is plausible."""
