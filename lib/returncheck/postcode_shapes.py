"""How postcodes are written: those that there can be, wherever one stands in a text, and what is near enough to be kept
out of a report. Source: Royal Mail, postcode format and areas."""

from __future__ import annotations

import re

from .number_shapes import GAP

AREAS = (
    "A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|L[ADELNSU]?"
    "|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE"
)
OUTWARD, INWARD = r"[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]?", r"\d[ABD-HJLNP-UW-Z]{2}"
UNIT = OUTWARD + INWARD
POSTCODE = re.compile(rf"(?<![^\W_])(?:GIR{GAP}0AA|{OUTWARD}{GAP}{INWARD})(?![^\W_])", re.IGNORECASE)
OF_AN_AREA = re.compile(rf"(?:{AREAS})\d")
SPACED = re.compile(rf"(?:{AREAS})\d[A-Z\d]?\s+{INWARD}", re.IGNORECASE)  # without a space it may be a reference
LIKE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)  # of no area too, and mistyped
