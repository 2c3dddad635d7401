"""The quarter, from partners' returns to the packs that are circulated: tables, pages, publication, the command."""
