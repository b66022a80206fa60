"""What can be built but should not be published. A rule is a small generator of problems; its docstring is its reason."""
