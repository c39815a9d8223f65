"""Editing layers record by record: operations on frames give the records that change, and what is wrong with them.

Everything is in EPSG:4490 longitude and latitude and pure: frames in, changes out. Nothing is stored here.
"""
