namespace NanoFormer.Data.Import;

/// <summary>What to do with a sample that lacks a value.</summary>
public enum MissingValueRepair
{
    /// <summary>Refuse it.</summary>
    Refuse,

    /// <summary>Leave the sample out; the recording is cut there.</summary>
    Drop,

    /// <summary>Repeat the channel's last value.</summary>
    Hold,

    /// <summary>Draw a straight line between the channel's neighbouring values.</summary>
    Interpolate,
}
