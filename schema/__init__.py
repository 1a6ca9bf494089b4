"""The records, as frozen pydantic models: papers, blocks, tables, evidence, periods, figures, targets, deadlines,
inspections, judgements, findings, metrics and issues. It knows nothing of everything else.
"""
