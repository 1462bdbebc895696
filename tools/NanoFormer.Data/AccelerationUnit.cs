namespace NanoFormer.Data;

/// <summary>The units that data sets give acceleration in.</summary>
public static class AccelerationUnit
{
    /// <summary>One of a unit in g; null for a unit of anything else.</summary>
    /// <param name="unit">As channels name it, such as <c>m/s^2</c>.</param>
    public static double? InG(string unit) => unit switch
    {
        "g" => 1,
        "mg" => 1e-3,
        "m/s2" or "m/s^2" => 1 / 9.80665,
        _ => null,
    };
}
