"""Exact values with states, three-valued truth, and the two carriers they run on: scalars and columns."""
