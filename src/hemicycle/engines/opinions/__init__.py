"""What a consultation says, and what it does not: opinion groups, priorities, a programme that everybody pays for.

Three parts, each with `problem · solution · solver · verify · generate · formats · command`:
`statements` (agree, disagree, pass), `ranking` (top-5 ballots) and `shares` (Method of Equal Shares).
Beside them, pure: `routing` (which statement to ask next), `suppression` (small cells), `stuffing` (odd ballots).
Importing this package is cheap: NumPy and SciPy are loaded by the solvers only.
"""
