"""The core of gongkai: plain Python, no window."""
