namespace NanoFormer.Model;

/// <summary>How differences are summed; numbers as in the image.</summary>
public enum ErrorNorm
{
    /// <summary>Mean of the absolute differences.</summary>
    Absolute = 1,

    /// <summary>Mean of the squared differences.</summary>
    Squared = 2,
}
