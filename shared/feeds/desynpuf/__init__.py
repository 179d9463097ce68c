"""Reads CMS's synthetic claims (DE-SynPUF, 2008-2010): beneficiary summaries and inpatient claims of a folder."""
