"""The terminal: draws what the engine says, and decides exit codes. It computes nothing."""

import gc

gc.set_threshold(100_000, 20, 20)  # a command is over soon, and what it makes is kept till then: little to collect
