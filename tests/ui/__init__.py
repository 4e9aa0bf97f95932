"""The window, driven as a clerk drives it: by keys, clicks and the clipboard."""
