"""What can be built but should not be published: small generators, one a rule, whose docstring is the reason."""
