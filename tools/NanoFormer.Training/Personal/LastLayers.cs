using NanoFormer.Data;
using NanoFormer.Training.Evaluation;

namespace NanoFormer.Training.Personal;

/// <summary>The last layers of a model's networks, each of which is fitted by itself. A model of a single network has one.</summary>
internal sealed class LastLayers
{
    private readonly LastLayer[] _layers;

    private LastLayers(LastLayer[] layers) => _layers = layers;

    /// <summary>The last layers of a graph; null where classes do not come from linear layers.</summary>
    public static LastLayers? Of(Graph graph)
    {
        LastLayer?[] layers = [.. GraphEnsemble.MembersOf(graph).Select(LastLayer.Of)];
        return layers.Contains(null) ? null : new LastLayers(layers!);
    }

    /// <summary>What each layer gets of windows; <paramref name="done"/> is called after each window of each.</summary>
    public LayerInputs[] Look(WindowSet windows, Action done, CancellationToken cancellation) =>
        [.. _layers.Select(layer => layer.Look(windows, done, cancellation))];

    /// <summary>How often <see cref="Look"/> calls back for a window.</summary>
    public int Count => _layers.Length;

    /// <summary>The model with its layers fitted to a wearer (<see cref="LastLayer.Fit"/>).</summary>
    public Graph Fit(LayerInputs[] own, LayerInputs[] others) =>
        GraphEnsemble.Of([.. _layers.Select((layer, i) => layer.Fit(own[i], others[i]))]);

    /// <summary>The class that a model of this kind answers for what its last layers get, the first of equals.</summary>
    public static int[] Answers(Graph graph, LayerInputs[] inputs)
    {
        sbyte[][][] outputs = [.. GraphEnsemble.MembersOf(graph).Zip(inputs, LastLayer.Outputs)];
        return [.. outputs[0].Select((answer, i) => IntegerAnswers.ClassOf(GraphEnsemble.Together(graph, [.. outputs.Select(own => own[i])]), answer.Length))];
    }
}
