"""The terminal: draws what the engine says, and decides exit codes. It computes nothing."""
