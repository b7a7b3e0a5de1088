"""Every query. Functions take a connection and give objects of the domain, or plain records."""
