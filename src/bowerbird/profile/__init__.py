"""What each shopper likes, as their events tell it and as they put it right."""
