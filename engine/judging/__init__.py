"""Plan and filing in, everything decided out."""
