"""First floor: what is stored, one module a subject.

Querysets scope by user: `for_user(user)` leaves out what the user may not see (vocabulary in
`scope`). Nothing here computes; values are written by `recording`, results by `results`.
"""

from indicators.models.account import Membership, Role, SignedInRequest, User
from indicators.models.achievement import (
    ACHIEVEMENT_CONTENT,
    ONE_LINE,
    Achievement,
    AchievementKind,
    AchievementLevel,
    AchievementVersion,
)
from indicators.models.annotation import Annotation
from indicators.models.api_token import ApiToken, KeptAnswer
from indicators.models.boundary import Boundary
from indicators.models.catalogue import (
    Aggregation,
    CatalogueStamp,
    Definition,
    Direction,
    DutyArea,
    Indicator,
    PeriodKind,
    QuantityKind,
    ReportingLevel,
    Stage,
)
from indicators.models.change import (
    Change,
    Origin,
    current_request,
    current_transaction,
    way_of,
)
from indicators.models.citation import Citation, CitationForm
from indicators.models.confirmation import Confirmation
from indicators.models.correction import Correction, Reopening
from indicators.models.doubt import Doubt, DoubtMark, DueExamination
from indicators.models.edition import Edition
from indicators.models.entry_unit import EntryUnit
from indicators.models.export import Export, ExportFormat, ExportKind
from indicators.models.first_start import FirstStartCode
from indicators.models.import_task import ImportAct, ImportTask
from indicators.models.imports import (
    CellKind,
    Import,
    ImportChoice,
    ImportMapping,
    ImportOutcome,
    ImportRow,
    ImportState,
)
from indicators.models.jurisdiction import (
    Jurisdiction,
    JurisdictionChange,
    names_apart,
    unit_with_slug,
)
from indicators.models.measure import Measure, ProblemDocument, ProblemEvent
from indicators.models.notice import MutedNotice, Notice, NoticeKind
from indicators.models.problem import (
    Criterion,
    Problem,
    ProblemAct,
    ProblemSource,
    ProblemState,
)
from indicators.models.proposal import CatalogueProposal, ProposalAct
from indicators.models.release import Release
from indicators.models.report import (
    BoundFigure,
    FigureForm,
    Paragraph,
    ParagraphComment,
    ParagraphVersion,
    Report,
    ReportAct,
    ReportEvent,
    ReportState,
    SentencePattern,
)
from indicators.models.result import (
    LIT,
    Basis,
    Completeness,
    Status,
    YearlyResult,
)
from indicators.models.round import Round
from indicators.models.rule import Finding, Rule, RuleComparator, RuleKind, Severity
from indicators.models.saved_question import SavedQuestion
from indicators.models.seed import SeedRecord
from indicators.models.sign_in import SignInLock, SignInRecord, SignInResult
from indicators.models.start_code import StartCode
from indicators.models.submission import (
    Act,
    EventFigure,
    Remark,
    Submission,
    SubmissionEvent,
    SubmissionState,
)
from indicators.models.target import (
    Comparator,
    Framework,
    FrameworkBasis,
    Target,
    TargetLevel,
)
from indicators.models.unit_of_measure import UnitOfMeasure
from indicators.models.units_in_force import UNITS, read_units
from indicators.models.value import (
    PeriodBasis,
    Qualifier,
    Standing,
    State,
    Statement,
    Tier,
    ValueRevision,
    YearlyValue,
)

__all__ = [
    "ACHIEVEMENT_CONTENT",
    "LIT",
    "ONE_LINE",
    "UNITS",
    "Achievement",
    "AchievementKind",
    "AchievementLevel",
    "AchievementVersion",
    "Act",
    "Aggregation",
    "Annotation",
    "ApiToken",
    "Basis",
    "BoundFigure",
    "Boundary",
    "CatalogueProposal",
    "CatalogueStamp",
    "CellKind",
    "Change",
    "Citation",
    "CitationForm",
    "Comparator",
    "Completeness",
    "Confirmation",
    "Correction",
    "Criterion",
    "Definition",
    "Direction",
    "Doubt",
    "DoubtMark",
    "DueExamination",
    "DutyArea",
    "Edition",
    "EntryUnit",
    "EventFigure",
    "Export",
    "ExportFormat",
    "ExportKind",
    "FigureForm",
    "Finding",
    "FirstStartCode",
    "Framework",
    "FrameworkBasis",
    "Import",
    "ImportAct",
    "ImportChoice",
    "ImportMapping",
    "ImportOutcome",
    "ImportRow",
    "ImportState",
    "ImportTask",
    "Indicator",
    "Jurisdiction",
    "JurisdictionChange",
    "KeptAnswer",
    "Measure",
    "Membership",
    "MutedNotice",
    "Notice",
    "NoticeKind",
    "Origin",
    "Paragraph",
    "ParagraphComment",
    "ParagraphVersion",
    "PeriodBasis",
    "PeriodKind",
    "Problem",
    "ProblemAct",
    "ProblemDocument",
    "ProblemEvent",
    "ProblemSource",
    "ProblemState",
    "ProposalAct",
    "Qualifier",
    "QuantityKind",
    "Release",
    "Remark",
    "Reopening",
    "Report",
    "ReportAct",
    "ReportEvent",
    "ReportState",
    "ReportingLevel",
    "Role",
    "Round",
    "Rule",
    "RuleComparator",
    "RuleKind",
    "SavedQuestion",
    "SeedRecord",
    "SentencePattern",
    "Severity",
    "SignInLock",
    "SignInRecord",
    "SignInResult",
    "SignedInRequest",
    "Stage",
    "Standing",
    "StartCode",
    "State",
    "Statement",
    "Status",
    "Submission",
    "SubmissionEvent",
    "SubmissionState",
    "Target",
    "TargetLevel",
    "Tier",
    "UnitOfMeasure",
    "User",
    "ValueRevision",
    "YearlyResult",
    "YearlyValue",
    "current_request",
    "current_transaction",
    "names_apart",
    "read_units",
    "unit_with_slug",
    "way_of",
]
