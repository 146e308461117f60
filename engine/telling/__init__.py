"""What was decided, in words and numbers with their origin."""
