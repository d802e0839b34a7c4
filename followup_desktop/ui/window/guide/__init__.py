"""The guide inside the program: its pages, and the window that shows them."""
