"""What was filed? The submission, its cells read, and which edition fits it."""
