"""Does a rule set hold together? RuleSet → Plan (`planner.py`), or every problem at once."""
