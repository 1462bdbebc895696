namespace NanoFormer.Search;

/// <summary>A search that cannot go on.</summary>
/// <param name="error">The kind of fault.</param>
/// <param name="message">A sentence for the user.</param>
/// <param name="inner">The fault underneath, if any.</param>
public sealed class SearchException(SearchError error, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The kind of fault.</summary>
    public SearchError Error { get; } = error;
}
