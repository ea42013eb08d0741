"""What is wrong in files of initiatives, in words for people."""
