"""Written reports: one page model for each report, shown as text, HTML or PDF in any of six languages."""
