using NanoFormer.Data;
using NanoFormer.Data.Faults;

namespace NanoFormer.Evaluation.Robustness;

/// <summary>A fault put into every window, drawn again for each.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Options">How strongly.</param>
public sealed record InjectedFault(FaultKind Kind, FaultOptions Options) : Perturbation(Kind.ToString().ToLowerInvariant(), "injected")
{
    private const int Seed = 1;

    /// <inheritdoc/>
    protected override Action<double[]> Change(WindowSet windows)
    {
        var random = new Random(Seed);
        var injector = new FaultInjector(Options, windows.Channels.Count, windows.RateHz);
        return window => injector.Inject(window, Kind, random);
    }
}
