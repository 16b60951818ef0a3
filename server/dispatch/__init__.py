"""The dispatcher: it follows the feed, asks volunteers about tasks in waves, and tidies up after them."""
