using NanoFormer.Data;
using TorchSharp;

namespace NanoFormer.Training.Import;

/// <summary>Weights by the trainer's names as the float network that they are of.</summary>
public static class EncoderWeights
{
    /// <summary>The network: windows in the units of the channels to the probabilities of the classes and the score.</summary>
    /// <param name="config">Describes it.</param>
    /// <param name="weights">Its parameters and norms by name.</param>
    /// <param name="windowSamples">Samples in a window.</param>
    /// <exception cref="ConfigException">
    /// <see cref="ConfigError.Mismatch"/>: the configuration does not fit the windows, or a tensor is missing, has another shape or no
    /// place.
    /// </exception>
    /// <exception cref="InterchangeException">
    /// <see cref="InterchangeError.OperatorNotExpressible"/>: linear attention.
    /// </exception>
    /// <exception cref="DllNotFoundException">libtorch is not installed.</exception>
    public static FloatNetwork ToNetwork(TrainingConfig config, IReadOnlyDictionary<string, WeightTensor> weights, int windowSamples)
    {
        TorchRuntime.Load();
        int channels = config.Input.Ranges.Count;
        int classes = weights.GetValueOrDefault("head.bias")?.Values.Length ?? 1;
        ConfigValidator.ValidateFor(config, windowSamples, channels);
        using var scope = torch.NewDisposeScope();
        Encoder[] networks = [.. Enumerable.Range(0, config.Ensemble).Select(place =>
        {
            var network = Encoder.Create(config.Architecture, windowSamples, channels, classes);
            network.TakeWeights(WeightNames.OfMember(weights, place));
            return network;
        })];
        string? unknown = weights.Keys.Except(WeightNames.OfAll([.. networks.Select(network => network.Weights())]).Keys).FirstOrDefault();
        Rules.RequireFit(unknown is null, $"The weights '{unknown}'", "have no place in the architecture");
        var converted = FloatNetworkOperators.Convert(config, NoWindows(windowSamples, channels), [.. networks.Select(network => network.Folded())]);
        return converted with { Channels = [], Labels = [] };
    }

    /// <summary>Windows of which nothing is known but their shape.</summary>
    private static WindowSet NoWindows(int windowSamples, int channels) => new()
    {
        WindowSamples = windowSamples,
        RateHz = 1,
        Channels = [.. Enumerable.Range(0, channels).Select(_ => new ChannelInfo("", "", 1))],
        ClassNames = [],
        Samples = [],
        Labels = [],
        Subjects = [],
    };
}
