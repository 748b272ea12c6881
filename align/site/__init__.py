"""The report over all pairs of a batch: tables, a workbook, and a site that needs no server."""
