"""The only openers of fragile file formats: plain Python, limits first, below everything else."""
