"""The pages on which people sign in and look after accounts."""
