namespace NanoFormer.Data.Import;

/// <summary>How places in a source are named in messages.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Word">What is counted: <c>line</c> or <c>sample</c>.</param>
public sealed record SourcePlace(string File, string Word)
{
    /// <summary>The place of a sample.</summary>
    public string Of(int number) => FormattableString.Invariant($"{File}, {Word} {number}");

    /// <summary>The place of a value.</summary>
    public string Of(int number, string column) => $"{Of(number)}, column {column}";
}
