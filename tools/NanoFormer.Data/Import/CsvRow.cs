namespace NanoFormer.Data.Import;

/// <summary>A row of a CSV file.</summary>
internal readonly record struct CsvRow(SourceSample Sample, string Subject, string Recording);
