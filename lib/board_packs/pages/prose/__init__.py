"""People's prose on pages: figures as references to cells, what a careful reader would question, signed comments."""

from .comments import comment

__all__ = ["comment"]
