"""Benchmarks: what LearnIn costs, each number beside a floor measured in the same run. One file each."""
