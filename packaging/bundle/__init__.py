"""Builds what the office installs: one layout, described in layout.toml, rendered per system."""
