# SPDX-License-Identifier: EUPL-1.2
"""The two state machines: an initiative's life, and its candidacy in one round.

Read this folder to know every stage and every way between them; :mod:`casework.process.mandates`
says who may take them and :mod:`casework.process.services` is how. Nothing else writes a stage.
Every transition is a named person's decision, none is automatic (KL 6:38); a transition of the
life that a candidacy *carries* along is a consequence of that decision and stands in its step.
"""

from casework.process.machine import MachineQuerySet
from casework.process.models.candidacy import Candidacy
from casework.process.models.life import Process
from casework.process.models.progress import Programme, Progress
from casework.process.models.step import Step

__all__ = ["Candidacy", "MachineQuerySet", "Process", "Programme", "Progress", "Step"]
