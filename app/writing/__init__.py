"""Writing with help: what is asked, the sentences made of the answers, and their place."""
