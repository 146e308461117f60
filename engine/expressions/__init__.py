"""The small language of formulas and conditions: text → tree → type, and back to canonical text."""
