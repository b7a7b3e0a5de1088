"""Drafts: how one stands, and each change to it."""
