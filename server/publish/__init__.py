"""What others take over: the catalogue, the files of a release, the feed and the exports.

A release is made once for each version of the data that is served, from a store that is only read
(:mod:`server.publish.release`); the routes serve its files and describe them.
"""
