"""A naive reading of the design, kept apart from the engine: only the syntax tree is shared."""
