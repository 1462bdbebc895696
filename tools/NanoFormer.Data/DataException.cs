namespace NanoFormer.Data;

/// <summary>A data set or recording that cannot be used; the message names the file and the place in it.</summary>
/// <param name="error">The kind of fault.</param>
/// <param name="message">A sentence for the reader of the message.</param>
/// <param name="inner">The fault underneath, if any.</param>
public sealed class DataException(DataError error, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The kind of fault.</summary>
    public DataError Error { get; } = error;
}
