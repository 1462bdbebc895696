using NanoFormer.Data;

namespace NanoFormer.Evaluation.Robustness;

/// <summary>The perturbations that every model is tried with.</summary>
public static class Perturbations
{
    private const int Seed = 1;

    private static readonly double[] SignalToNoise = [30, 20, 10];
    private static readonly double[] Angles = [5, 15, 30, 90];
    private static readonly double[] DroppedParts = [0.01, 0.05, 0.2];
    private static readonly double[] RateErrors = [-0.1, -0.05, 0.05, 0.1];
    private static readonly double[] Ranges = [0.75, 0.5, 0.25];

    /// <summary>Those that apply to some channels: a mount can only be turned where there are sensors with three axes.</summary>
    /// <param name="channels">The channels of the windows.</param>
    /// <param name="triads">Indices of the channels x, y, z of each sensor with three axes.</param>
    public static IReadOnlyList<Perturbation> For(IReadOnlyList<ChannelInfo> channels, IReadOnlyList<IReadOnlyList<int>> triads) =>
    [
        .. SignalToNoise.Select(decibels => new AddedNoise(decibels, Seed)),
        .. triads.Count == 0 ? [] : Angles.Select(angle => new MountRotation(angle, triads, Seed)),
        .. DroppedParts.Select(part => new DroppedSamples(part, Seed)),
        .. RateErrors.Select(part => new RateError(part)),
        .. channels.Select((channel, i) => new DeadAxis(i, channel.Name)),
        .. Ranges.Select(part => new Saturation(part)),
    ];
}
