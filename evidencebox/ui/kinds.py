"""The kinds of exposed data, as people read them."""

from __future__ import annotations

KINDS = {
    "ssn": "SSN",
    "itin": "ITIN",
    "tin": "Taxpayer number",
    "driver_license": "Driver's licence",
    "passport": "Passport number",
    "bank_account": "Bank account",
    "card": "Card number",
    "credit": "Credit",
    "salary": "Salary",
    "debt": "Debt",
    "address": "Postal address",
    "phone": "Telephone number",
    "email": "E-mail address",
    "birth_date": "Birth date",
    "medical": "Medical",
    "mental_health": "Mental health",
    "drug_history": "Drug history",
    "polygraph": "Polygraph",
    "sexual_abuse": "Sexual abuse",
    "discipline": "Discipline",
    "background": "Background investigation",
    "intelligence": "Intelligence",
    "credential": "Credential",
    "biometric": "Biometric data",
    "family": "Family",
    "minor": "A minor",
}
