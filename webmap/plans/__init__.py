"""Plans for people and programs: the plan's page, its document, and the level that figures ask for."""
