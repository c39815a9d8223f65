"""A planner's study of where supply sites stand best: from the district and an incident to an answer in words."""
