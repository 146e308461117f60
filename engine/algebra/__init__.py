"""Exact values with states, three-valued truth, and the carriers that they run on."""
