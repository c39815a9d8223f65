"""Restoration: which crew repairs what and when, which mobile unit goes where, and what each step brings back."""
