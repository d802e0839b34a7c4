"""Item models over plain rows: what the lists and tables of the views show."""
