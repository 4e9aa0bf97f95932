"""Speed, each figure beside a floor taken in the same run; started by `dev.py bench`."""
