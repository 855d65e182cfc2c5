"""A phone in the terminal: real content on the pure core, with a clock that one can move."""
