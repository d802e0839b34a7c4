"""One module for each kind of file that can be read; ``formats`` has the row of each.

``recognise(data, name)`` says how surely the content, with the file's name as a hint, is of the kind;
``read(data, reading)`` gives a ``Document`` and raises ``Refused``.
"""
