"""Which engine is it?"""

__version__ = "0.1.0"
