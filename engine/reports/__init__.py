"""From an evaluation to what people read."""
