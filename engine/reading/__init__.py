"""Files in, models out: the only part of the engine that reads them."""
