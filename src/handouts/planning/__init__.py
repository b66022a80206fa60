"""Patient + Library -> Plan: what may be printed, and in what dose.

`resolve` is the sentence; `gates` refuses what must never be printed; `dosing` starts low. The rules that choose
exercises when the therapist lists none will stand in `rules`; until then a patient file names its exercises.
"""
