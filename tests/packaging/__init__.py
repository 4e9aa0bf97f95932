"""What builds the files we ship."""
