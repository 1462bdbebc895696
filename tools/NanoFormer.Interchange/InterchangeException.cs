namespace NanoFormer.Interchange;

/// <summary>A file cannot be written or read.</summary>
public sealed class InterchangeException(InterchangeError error, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why.</summary>
    public InterchangeError Error { get; } = error;
}
