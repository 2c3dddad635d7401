"""What a page is made of: the book that a notebook opens, sentences, charts, tables as a person reads them."""
