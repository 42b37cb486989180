"""The command lines `hemicycle solve opinions | ranking | shares`."""
