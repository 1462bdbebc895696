namespace NanoFormer.Data.Import;

/// <summary>What can be wrong with recorded data.</summary>
public enum FindingKind
{
    /// <summary>A file lacks a column that was asked for.</summary>
    MissingColumn,

    /// <summary>The name of a file does not have the form that was stated.</summary>
    BadFileName,

    /// <summary>A row or line that cannot be read: fields are missing, or are not numbers, or a checksum is wrong.</summary>
    BadRow,

    /// <summary>A value is empty, NaN or infinite.</summary>
    MissingValue,

    /// <summary>A time stamp equals the one before it.</summary>
    DuplicateTime,

    /// <summary>A time stamp lies before the one before it.</summary>
    BackwardTime,

    /// <summary>Time stamps closer than half a sample period: the samples are not evenly spaced.</summary>
    UnevenTime,

    /// <summary>Recordings whose rates differ by more than 2 %, or from the stated rate.</summary>
    MixedRates,

    /// <summary>A value does not fit int16 in the stated steps.</summary>
    OutOfRange,

    /// <summary>A label that looks like a misspelling of a more frequent one.</summary>
    SuspectLabel,

    /// <summary>A label outside the stated list.</summary>
    UnknownLabel,

    /// <summary>A source holds no samples, or too few to tell a rate.</summary>
    NoSamples,

    /// <summary>A step in time longer than a sample period allows; the recording is cut there and loses nothing.</summary>
    Gap,

    /// <summary>Samples that were counted by the device but are not in the log; the recording is cut there.</summary>
    LostSamples,

    /// <summary>A log names another label or subject than the user does.</summary>
    OtherName,

    /// <summary>A recording in a log of which beginning, end or times contradict each other: two people's or devices' in one.</summary>
    Contradiction,

    /// <summary>A recording that is in the logs twice; it is read once.</summary>
    Duplicate,

    /// <summary>A line that was damaged or broken, put right as its checksum proves; or the cut-off end of a log.</summary>
    Salvaged,

    /// <summary>The bytes of a file are not text in the stated encoding.</summary>
    BadEncoding,

    /// <summary>Several columns have the name that was asked for.</summary>
    DuplicateColumn,

    /// <summary>An empty line between rows without time stamps, which may end a recording.</summary>
    BlankLine,

    /// <summary>The last row of a file that ends within it; it is left out.</summary>
    UnfinishedRow,

    /// <summary>Lines that are not rows: remarks, and what comes before the header.</summary>
    PassedOver,

    /// <summary>Time stamps of packets instead of samples.</summary>
    BurstyTime,

    /// <summary>Time stamps that make no sense in the stated unit.</summary>
    TimeUnit,

    /// <summary>Values that fit another physical unit better than the stated one.</summary>
    SuspectUnit,

    /// <summary>A single value far beyond all others of its channel.</summary>
    Outlier,

    /// <summary>Samples that another recording holds, too.</summary>
    DuplicateRecording,

    /// <summary>A labelled span that ends before it begins, or begins before the first sample.</summary>
    BadSpan,

    /// <summary>Labelled spans of different classes that share samples.</summary>
    SpanOverlap,

    /// <summary>A labelled span of a recording that is not there.</summary>
    SpanWithoutFile,

    /// <summary>A labelled span that goes beyond the recording's samples.</summary>
    SpanBeyond,
}
