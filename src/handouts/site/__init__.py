"""Library -> the pages of the public site, its search, filters and metadata, and a preview. Never given a patient."""
