"""The terminal: draws what the engine says, and decides exit codes. It computes nothing."""

import gc
import os

gc.set_threshold(100_000, 20, 20)  # a command is over soon, and what it makes is kept till then: little to collect
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # there are none; looking for some reads every installed package
