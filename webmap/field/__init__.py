"""What people report from the place: stored as they told it, confirmed or declined by a duty officer."""
