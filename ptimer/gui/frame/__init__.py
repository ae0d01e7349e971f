"""The window around every screen: header, message bar, body, footer, keys."""
