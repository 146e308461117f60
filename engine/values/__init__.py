"""Exact numbers, units, dates, working days, cells and the models they are filed in; problems and their places."""
