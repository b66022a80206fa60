"""Patient + Library -> Plan: what may be printed, and in what dose.

`resolve` is the sentence; `gates` refuses what must never be printed; `rules` are the therapist's reasons, one a function;
`choosing` fills a sheet by them when the therapist lists nothing; `groups` is their data; `dosing` starts low.
"""
