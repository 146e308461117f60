"""jixiao (绩效): rules in, a submission in, an explained evaluation out. See README for the rooms of the house."""

__version__ = "0.1.0"
