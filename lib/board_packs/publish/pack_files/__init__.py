"""The files of a pack: its index, last page and zip, and the workbook of the tables behind its pages."""
