namespace NanoFormer.Board;

/// <summary>The table of <see cref="SyntheticWearer"/>, read from wearer-parameters.json, which says where its numbers come from.</summary>
/// <param name="Gaits">Rhythmic activities by label.</param>
/// <param name="Postures">Static activities by label.</param>
internal sealed record WearerParameters(
    IReadOnlyDictionary<string, GaitParameters> Gaits,
    IReadOnlyDictionary<string, PostureParameters> Postures)
{
    /// <summary>The shipped table.</summary>
    public static WearerParameters Shipped { get; } = EmbeddedData.ReadJson<WearerParameters>("wearer-parameters.json");
}

/// <summary>A gait: gravity, stride frequency, harmonics of the stride and what is left unexplained.</summary>
/// <param name="StrideHz">Strides (two steps) per second.</param>
/// <param name="Gravity">Direction of gravity's reaction, x y z.</param>
/// <param name="Irregular">Standard deviation of the non-periodic motion, six channels, g and degrees per second.</param>
/// <param name="Harmonics">By channel: [amplitude, phase in degrees] of stride harmonics 1 to 8.</param>
internal sealed record GaitParameters(
    double StrideHz,
    float[] Gravity,
    double[] Irregular,
    IReadOnlyDictionary<string, double[][]> Harmonics);

/// <summary>A posture: gravity, and the standard deviations of slow sway and fast tremor on six channels.</summary>
/// <param name="Gravity">Direction of gravity's reaction, x y z.</param>
/// <param name="Sway">Standard deviation below about 1 Hz, g and degrees per second.</param>
/// <param name="Tremor">Standard deviation above about 1 Hz, g and degrees per second.</param>
internal sealed record PostureParameters(float[] Gravity, double[] Sway, double[] Tremor);
