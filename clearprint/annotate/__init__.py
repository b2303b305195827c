"""Pictures that show what was understood or found."""
