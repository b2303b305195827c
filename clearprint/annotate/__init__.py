"""Pictures and copies that show what was understood or found."""
