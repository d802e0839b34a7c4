"""What goes into the packages, and the documents."""
