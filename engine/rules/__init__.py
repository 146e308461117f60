"""What does a rule file hold? One edition of the rules, as policy staff write it."""
