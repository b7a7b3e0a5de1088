"""Who makes a request, which pages they may open, and the headers and cookies sent to browsers."""
