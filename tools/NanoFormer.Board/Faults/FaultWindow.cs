namespace NanoFormer.Board;

/// <summary>A stretch of virtual time.</summary>
/// <param name="FromSeconds">Start, included.</param>
/// <param name="ToSeconds">End, excluded.</param>
public readonly record struct FaultWindow(double FromSeconds, double ToSeconds)
{
    /// <summary>Start in microseconds.</summary>
    public long FromMicroseconds => (long)Math.Round(FromSeconds * 1e6);

    /// <summary>End in microseconds.</summary>
    public long ToMicroseconds => (long)Math.Round(ToSeconds * 1e6);

    /// <summary>True when a time in microseconds lies inside.</summary>
    public bool Contains(long microseconds) => microseconds >= FromMicroseconds && microseconds < ToMicroseconds;
}
