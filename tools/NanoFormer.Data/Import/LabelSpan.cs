namespace NanoFormer.Data.Import;

/// <summary>A row of a table of labels.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="File">What the table calls the recording; empty when it does not say.</param>
/// <param name="Subject">Who was recorded; empty when it does not say.</param>
/// <param name="Label">The class.</param>
/// <param name="Start">Where it begins, in the table's unit; a date in seconds since 1970.</param>
/// <param name="End">Where it ends.</param>
public sealed record LabelSpan(int Line, string File, string Subject, string Label, double Start, double End);
