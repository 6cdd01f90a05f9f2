"""A record → pages over HTTP: the live page, its evidence, its stream, and feeds. Needs the extra `onrecord[serve]`."""
