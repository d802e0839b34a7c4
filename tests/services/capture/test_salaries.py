"""What a posting says that it pays, in its own words, and what money in it is nobody's pay."""

from __future__ import annotations

from followup_desktop.services.capture.salaries import find_salaries
from tests.tables import tabled

NAMED = [
    ("Salary: £60,000 - £70,000 per annum", "£60,000 - £70,000 per annum"),
    ("Salary range: 60-70k", "60-70k"),
    ("💰 Compensation: $120K–$150K + equity", "$120K–$150K + equity"),
    ("Gehalt: 60.000–70.000 € brutto/Jahr", "60.000–70.000 € brutto/Jahr"),
    ("Salario: 35.000 € - 42.000 € brutos al año", "35.000 € - 42.000 € brutos al año"),
    ("Rémunération : 45 k€", "45 k€"),
    ("Pay: $20", "$20"),
    ("Hourly rate: 14.50", None),
    ("Salary: competitive", None),
    ("Compensation: " + "1 and much more " * 20, None),
]
IN_TEXT = [
    ("60–70k €", "60–70k €"),
    ("60k–80k EUR", "60k–80k EUR"),
    ("€50,000 - €60,000 a year - Full-time", "€50,000 - €60,000 a year"),
    ("60.000 € – 70.000 €", "60.000 € – 70.000 €"),
    ("35.000 - 42.000 € brutos/año", "35.000 - 42.000 € brutos/año"),
    ("We pay €55.000 brutto im Jahr", "€55.000 brutto im Jahr"),
    ("30 000 € à 35 000 € par an", "30 000 € à 35 000 € par an"),
    ("The base salary for this role is $130,000.00 - $160,000.00.", "$130,000.00 - $160,000.00"),
    ("USD 120,000 to USD 140,000", "USD 120,000 to USD 140,000"),
    ("between 70,000 and 90,000 EUR", "70,000 and 90,000 EUR"),
    ("CHF 110'000 – 130'000", "CHF 110'000 – 130'000"),
    ("90 000 – 110 000 kr", "90 000 – 110 000 kr"),
    ("PLN 20 000 – 25 000 / month", "PLN 20 000 – 25 000 / month"),
    ("₹12,00,000 – ₹15,00,000 a year", "₹12,00,000 – ₹15,00,000 a year"),
    ("₹12-15 LPA", "₹12-15 LPA"),
    ("£30,000 p.a.", "£30,000 p.a."),
    ("£60k, pension", "£60k"),
    ("Up to $180K + equity", "$180K"),
    ("Salary 70k-80k", "70k-80k"),
    ("$45/hr", "$45/hr"),
    ("£85K/yr - £110K/yr", "£85K/yr - £110K/yr"),
    ("$45 - $55 per hour, contract", "$45 - $55 per hour"),
    ("12 €/Stunde", "12 €/Stunde"),
    ("£450 per day (outside IR35)", "£450 per day"),
    ("€3,200 a month", "€3,200 a month"),
]
NO_PAY = [
    "We raised $20 million",
    "Series A, $40k-$50k",
    "€5bn revenue a year",
    "we crossed $500k ARR",
    "$5-10 billion",
    "$500 sign-on bonus",
    "€2,000 referral bonus per year",
    "a €1,000 training budget a year",
    "we save our customers $2,000 a month",
    "500 employees, 20 % growth",
    "1,000-5,000 employees",
    "We have 60k users",
    "10-20 €",
    "€1 a year",
    "2024 - 2026",
    "Call 0800 60-70",
]


@tabled("line, salary", NAMED)
def test_what_is_called_the_salary_is_it(line: str, salary: str | None) -> None:
    assert [(each.text, each.is_named) for each in find_salaries(line)] == (
        [(salary, True)] if salary else []
    )


@tabled("line, salary", IN_TEXT)
def test_pay_has_a_currency_and_a_span_or_a_time(line: str, salary: str) -> None:
    (found,) = find_salaries(line)
    assert (found.text, found.is_named) == (salary, False)
    assert line[found.start : found.end] == salary


@tabled("line", NO_PAY)
def test_other_money_is_no_pay(line: str) -> None:
    assert list(find_salaries(line)) == []


@tabled("line", ["1 " * 500, "€" * 1000, "1.000" * 200, "$1 - " * 200, " " * 1000, "9" * 1000])
def test_a_long_line_is_read_in_no_time(line: str) -> None:
    """Were the expression to try every way of dividing such a line, this would not end."""
    assert list(find_salaries(line)) == []
