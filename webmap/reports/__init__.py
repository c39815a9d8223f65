"""What is made of an incident for others: documents, maps, charts and files. All of it rests on a `ReportSource`."""
