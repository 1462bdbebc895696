namespace NanoFormer.Training.Configuration;

/// <summary>How the range of an activation is taken from what it was seen to be.</summary>
public enum CalibrationKind
{
    /// <summary>From the smallest to the greatest value.</summary>
    MinMax,

    /// <summary>Without the outermost values on either side.</summary>
    Percentile,

    /// <summary>The range with the least mean squared rounding and clipping error.</summary>
    Mse,
}
