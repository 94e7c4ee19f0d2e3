"""What a procedure says, read from its structure and its language by rules.

statements -> time limits -> duties, triggers, references, contacts, stages. The rules run over what the
register keeps of a version (text, sections, passages), so that a version can be read anew at any time.
"""

from ingest.procedures.reading import RULES, read_procedure

__all__ = ["RULES", "read_procedure"]
