"""What stands at an address that leads nowhere."""
