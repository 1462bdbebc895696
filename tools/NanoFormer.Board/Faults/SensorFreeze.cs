namespace NanoFormer.Board;

/// <summary>How a sensor answers without measuring.</summary>
public enum SensorFreeze
{
    /// <summary>It measures.</summary>
    None,

    /// <summary>All values stay what they were.</summary>
    Values,

    /// <summary>All values are 0.</summary>
    Zeros,

    /// <summary>The acceleration on X stays what it was.</summary>
    Axis,
}
