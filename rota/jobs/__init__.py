"""What goes on without anybody: runs are planned, nights begun, messages sent."""
