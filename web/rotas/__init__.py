"""The pages of versions, and those on which a draft is published."""
