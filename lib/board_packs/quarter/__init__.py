"""A quarter before its pages: what is asked for, the returns received, the tables built from them."""
