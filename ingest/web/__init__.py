"""Web manuals: crawled with manners, one document a page."""
