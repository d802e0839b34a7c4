"""Messages to an employer: their templates, what is put into them, and what becomes of them."""
