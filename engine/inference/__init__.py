"""Flags, findings and caps: a program of Horn clauses over tokens, and the executors that close it."""
