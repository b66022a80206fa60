"""Patient + Library -> Plan: what may be printed, and in what dose.

`resolve` joins the steps; `gates` refuses what must never be printed; `rules` holds the clinical rules, each a function whose
docstring is the reason it gives; `choosing` applies them where the therapist lists no exercises; `groups` is their data;
`dosing` sets the doses.
"""
