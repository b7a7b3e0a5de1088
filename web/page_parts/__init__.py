"""What pages have in common: navigation, words, fields and components."""
