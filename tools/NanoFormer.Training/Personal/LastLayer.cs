using NanoFormer.Data;
using static TorchSharp.torch;

namespace NanoFormer.Training.Personal;

/// <summary>The last layer of a model of classes: the part that is fitted to a wearer, while everything before it stays.</summary>
internal sealed class LastLayer
{
    private const double LabelSmoothing = 0.1;
    private const double OthersWeight = 0.1;
    private const double ChangeWeight = 0.001;
    private const double LearningRate = 0.05;
    private const int Steps = 300;

    private readonly Graph _graph;
    private readonly Linear _step;
    private readonly FloatLinear _reals;

    private LastLayer(Graph graph, Linear step, FloatLinear reals)
    {
        _graph = graph;
        _step = step;
        _reals = reals;
    }

    /// <summary>The last layer of a graph; null where the classes do not come from a linear layer.</summary>
    public static LastLayer? Of(Graph graph) => graph.ClassLayer is { } step
        ? new LastLayer(graph, step, Dequantizer.Run(graph).Steps.OfType<FloatLinear>().Last())
        : null;

    /// <summary>What the layer gets of windows; <paramref name="done"/> is called after each.</summary>
    public LayerInputs Look(WindowSet windows, Action done, CancellationToken cancellation)
    {
        var executor = new ReferenceExecutor(_graph);
        sbyte[][] seen = new sbyte[windows.Count][];
        Parallel.For(0, windows.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            seen[i] = executor.Trace(windows.Window(i).ToArray())[(ActivationTensor)_step.Input];
            done();
        });
        return new LayerInputs(seen, windows.Labels);
    }

    /// <summary>
    /// The model with the layer fitted to a wearer: logistic regression of the labels, which also counts what others' windows lose and how
    /// far the layer moves. The outputs span what all these inputs give; test vectors are left out.
    /// </summary>
    public Graph Fit(LayerInputs own, LayerInputs others)
    {
        using var scope = NewDisposeScope();
        var (mine, theirs) = (Reals(own), Reals(others));
        var all = cat([mine, theirs]);
        var (mean, deviation) = (all.mean([0]), all.std(0).clamp_min(1e-6));
        var weights = tensor(_reals.Weights.Values, [_step.Output.Columns, _step.Input.Columns]);
        var biases = tensor(_reals.Biases.Values);
        var change = nn.Parameter(zeros_like(weights));
        var shift = nn.Parameter(zeros_like(biases));
        var mineLoss = Loss(mine, own.Labels);
        var theirsLoss = Loss(theirs, others.Labels);
        using var optimizer = optim.Adam([change, shift], LearningRate);
        var schedule = optim.lr_scheduler.CosineAnnealingLR(optimizer, Steps);
        for (int step = 0; step < Steps; step++)
        {
            using var inner = NewDisposeScope();
            var loss = mineLoss() + OthersWeight * theirsLoss() + ChangeWeight * (change.square().sum() + shift.square().sum());
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
            schedule.step();
        }

        var moved = change.detach() / deviation;
        return Rounded(weights + moved, biases + shift.detach() - moved.matmul(mean), all);

        Func<Tensor> Loss(Tensor inputs, int[] labels)
        {
            var (before, standard, asked) = (inputs.matmul(weights.t()) + biases, (inputs - mean) / deviation, tensor(labels, ScalarType.Int64));
            return () => nn.functional.cross_entropy(before + standard.matmul(change.t()) + shift, asked, label_smoothing: LabelSmoothing);
        }
    }

    /// <summary>The int8 outputs of a model of this kind for each of its last layer's inputs.</summary>
    public static sbyte[][] Outputs(Graph graph, LayerInputs inputs)
    {
        var step = graph.ClassLayer!;
        return [.. inputs.Values.Select(OutputsOf)];

        sbyte[] OutputsOf(sbyte[] values)
        {
            sbyte[] answer = new sbyte[step.Output.Columns];
            Linear.Compute(values, step.Weights.Int8Values, new ChannelConstants(step.ChannelConstants), step.Output.ZeroPoint, step.Clamp, answer);
            if (graph.Operators[^1] is Softmax softmax)
            {
                Softmax.Compute(answer.ToArray(), answer.Length, softmax.Exponentials.Scale, answer);
            }

            return answer;
        }
    }

    /// <summary>
    /// The model with other real weights <c>[N, K]</c> and biases <c>[N]</c> of this layer, its outputs spanning what inputs <c>[n, K]</c> give.
    /// </summary>
    private Graph Rounded(Tensor weights, Tensor biases, Tensor inputs)
    {
        var logits = inputs.matmul(weights.t()) + biases;
        var span = new ActivationRange(logits.min().item<float>(), logits.max().item<float>());
        var layer = IntegerLayer.FromLinear(AffineLayer.Linear(weights, biases), _step.Input.Scale.ToReal());
        return GraphBuilder.WithClassLayer(_graph, layer.Weights, layer.WeightScales, layer.Biases, span.ToQuantization());
    }

    private Tensor Reals(LayerInputs inputs)
    {
        var input = (ActivationTensor)_step.Input;
        var steps = tensor(inputs.Values.SelectMany(values => values).Select(value => (float)(value - input.ZeroPoint)).ToArray());
        return steps.reshape(inputs.Values.Length, input.Columns) * input.Scale.ToReal();
    }
}

/// <summary>What a model's last layer gets of windows.</summary>
/// <param name="Values">int8 of each window.</param>
/// <param name="Labels">Class of each.</param>
internal sealed record LayerInputs(sbyte[][] Values, int[] Labels)
{
    /// <summary>Those for which <paramref name="keep"/> holds of their index.</summary>
    public LayerInputs Where(Func<int, bool> keep)
    {
        int[] kept = [.. Enumerable.Range(0, Labels.Length).Where(keep)];
        return new LayerInputs([.. kept.Select(i => Values[i])], [.. kept.Select(i => Labels[i])]);
    }
}
