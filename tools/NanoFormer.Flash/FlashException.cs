namespace NanoFormer.Flash;

/// <summary>A board cannot be flashed, or did not start as it should.</summary>
/// <param name="error">The kind of fault.</param>
/// <param name="message">What is wrong, and what to do about it.</param>
/// <param name="inner">The fault underneath, if any.</param>
public sealed class FlashException(FlashError error, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The kind of fault.</summary>
    public FlashError Error { get; } = error;
}
