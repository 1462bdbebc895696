using NanoFormer.Data;

namespace NanoFormer.Training.Export;

/// <summary>Turns a folded network and its quantizations into the integer graph that the engines run.</summary>
internal static class GraphExport
{
    private const int LongestChannelName = 15;

    /// <summary>The graph for windows like <paramref name="windows"/>: probabilities of the classes, then the score; of several networks the mean.</summary>
    public static Graph Run(
        TrainingConfig config, WindowSet windows, IEnumerable<(Encoder Network, DeviceForward Device)> networks, int? alarmThreshold = null)
    {
        var graph = GraphEnsemble.Of([.. networks.Select(member =>
        {
            var builder = NewBuilder(config, windows);
            builder.AlarmThreshold = alarmThreshold;
            var operators = new GraphOperators(builder, windows.Channels, config.Input, name => member.Device.Quantizer[name]);
            return builder.Build(member.Network.Run(operators).Outputs(operators));
        })]);
        return config.Architecture.Streaming ? StepProgram.AddTo(graph) : graph;
    }

    /// <summary>A builder for a graph of these windows.</summary>
    public static GraphBuilder NewBuilder(TrainingConfig config, WindowSet windows)
    {
        var channels = windows.Channels.Select(c => new InputChannel(Shorten(c.Name), c.Unit, c.Scale)).ToArray();
        int rate = (int)Math.Round(windows.RateHz * 1000);
        return new GraphBuilder(config.Name, new InputSpecification(channels, windows.WindowSamples, config.Input.HopSamples, rate))
        {
            Labels = LabelsOf(config.Architecture, windows),
            ClassCount = config.Architecture.Classes ? windows.ClassNames.Count : 0,
            GateThresholdPermille = config.Input.GateThresholdPermille,
            Postures = config.Input.Postures.Aggregate(0u, (bits, name) => bits | (1u << windows.ClassNames.Index().First(c => c.Item == name).Index)),
            Voters = config.Input.Voters,
        };
    }

    /// <summary>Names of a network's outputs: the classes, then the score.</summary>
    public static IReadOnlyList<string> LabelsOf(ArchitectureOptions architecture, WindowSet windows) =>
    [
        .. architecture.Classes ? windows.ClassNames : [],
        .. architecture.Score is null ? (string[])[] : ["anomaly"],
    ];

    /// <summary>Data sets may name their channels at length, an image may not.</summary>
    private static string Shorten(string name) => name.Length <= LongestChannelName ? name : name[..LongestChannelName];
}
