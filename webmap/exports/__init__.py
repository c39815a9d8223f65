"""Files to take away: tables for spreadsheets, the map's features for other GIS programs."""
