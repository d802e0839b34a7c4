"""The Board view: a column a stage, cards that are dragged or moved by keys."""
