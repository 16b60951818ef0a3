"""What an order that was never served would have earned, from slates that another order logged."""
