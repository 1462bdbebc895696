namespace NanoFormer.Data.Import;

/// <summary>What to do with a time stamp that lies before the one before it.</summary>
public enum BackwardTimeRepair
{
    /// <summary>Refuse it.</summary>
    Refuse,

    /// <summary>Leave out samples until time goes on.</summary>
    Drop,

    /// <summary>Begin a new recording: the clock was set, or a second session follows.</summary>
    Split,

    /// <summary>Order the samples by time: they arrived out of order.</summary>
    Sort,
}
