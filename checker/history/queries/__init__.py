"""What a dashboard, an API or a document asks of a history. Every answer is frozen and comes from one connection of
``History.reading``, so that answers of one page agree. ``today`` (ISO 8601) decides which waivers are in force."""
