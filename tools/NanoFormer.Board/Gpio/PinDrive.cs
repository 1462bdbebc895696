namespace NanoFormer.Board;

/// <summary>What a chip's output does to the wire.</summary>
public enum PinDrive
{
    /// <summary>High impedance: the pull resistors decide.</summary>
    Released,

    /// <summary>Pulled to ground.</summary>
    Low,

    /// <summary>Pushed to the supply.</summary>
    High,
}
