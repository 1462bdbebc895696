namespace NanoFormer.Data.Faults;

/// <summary>What can be wrong with a machine or its sensor.</summary>
public enum FaultKind
{
    /// <summary>A rotor out of balance: a vibration on two axes of the accelerometer, and on two of the gyroscope.</summary>
    Imbalance,

    /// <summary>A channel that stays at one value.</summary>
    Stuck,

    /// <summary>A channel that reads 0.</summary>
    Dropped,

    /// <summary>Single wild samples of a channel.</summary>
    Spikes,

    /// <summary>A step of a channel.</summary>
    Bias,

    /// <summary>A channel that runs away evenly.</summary>
    Drift,

    /// <summary>White noise on a channel.</summary>
    Noise,
}
