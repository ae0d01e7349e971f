"""ptimer: minutes of therapy in, billable units out."""

__version__ = "0.1.0"
