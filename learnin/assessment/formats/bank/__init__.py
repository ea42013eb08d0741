"""The question bank: questions written once, in every language, to make questionnaires from."""

from .assembling import book
from .indicators import Brought, brought
from .items import Bank, Brings, Choice, Condition, Item, Module, Scale
from .reading import SHARED, BankUnreadable, read

__all__ = [
    "SHARED",
    "Bank",
    "BankUnreadable",
    "Brings",
    "Brought",
    "Choice",
    "Condition",
    "Item",
    "Module",
    "Scale",
    "book",
    "brought",
    "read",
]
