"""What goes on by itself: runs are worked on, nights begun, messages sent."""
