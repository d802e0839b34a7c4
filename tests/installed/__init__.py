"""The package installed in bare systems and used there as a user would; run by ``make prove``, as root."""
