"""The question bank: questions written once, in every language, to make questionnaires from."""

from .assembling import book
from .items import Bank, Choice, Condition, Item, Module, Scale
from .reading import SHARED, BankUnreadable, read

__all__ = ["SHARED", "Bank", "BankUnreadable", "Choice", "Condition", "Item", "Module", "Scale", "book", "read"]
