using NanoFormer.Data;
using NanoFormer.Training.Evaluation;
using NanoFormer.Training.Phases;
using TorchSharp;
using static System.FormattableString;

namespace NanoFormer.Training.Personal;

/// <summary>
/// Fits a trained model to its wearer: the folded network goes on learning with the device's arithmetic, from the wearer's windows and as
/// many of the people it was trained on, so that it forgets nothing.
/// </summary>
/// <param name="config">How the model was trained.</param>
/// <param name="weights">Its float weights, by the trainer's names.</param>
/// <param name="old">Its integer graph.</param>
/// <param name="options">How to fit it.</param>
public sealed class Personalizer(
    TrainingConfig config, IReadOnlyDictionary<string, WeightTensor> weights, Graph old, PersonalOptions options)
{
    /// <summary>Share of a class's windows that are taken for one other class from which on its label is doubted.</summary>
    private const double Doubtful = 0.9;

    /// <summary>Fits the model, and tells how it did on windows it did not learn from.</summary>
    /// <param name="own">The wearer's windows.</param>
    /// <param name="others">Windows of the people that the model was trained on.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="PersonalException">
    /// <see cref="PersonalError.WrongLabels"/>, or <see cref="PersonalError.NoBetter"/>: the old model is to be kept.
    /// </exception>
    public (Graph Graph, IReadOnlyList<PersonalClass> Classes) Run(
        PersonalWindows own, WindowSet others, CancellationToken cancellation = default)
    {
        if (!options.TrustLabels)
        {
            RefuseDoubtful(own.Learnt, Answers(old, own.Learnt, cancellation));
        }

        TorchRuntime.Load();
        torch.set_num_threads(1);
        torch.manual_seed(options.Seed);
        using var scope = torch.NewDisposeScope();
        var graph = Fit(own.Learnt, others, cancellation);
        var classes = Compare(own, Answers(old, own.Judged, cancellation), Answers(graph, own.Judged, cancellation));
        int before = classes.Sum(c => c.ErrorsBefore);
        int after = classes.Sum(c => c.ErrorsAfter);
        return after < before
            ? (graph, classes)
            : throw new PersonalException(PersonalError.NoBetter,
                Invariant($"Of {own.Judged.Count} windows that were not learnt from, the model gets {before} wrong and the fitted one {after}: ")
                + "nothing was written, keep the model as it is.");
    }

    private Graph Fit(WindowSet own, WindowSet others, CancellationToken cancellation)
    {
        var learnt = Mix(own, others);
        using var windows = new WindowTensors(learnt);
        using var scaling = new InputScaling(config.Input);
        var epochs = new EpochLoop(
            windows, new Augmentation(config.Augmentation, learnt.Channels), scaling, config.FloatTraining.BatchSize,
            config.FloatTraining.GradientNorm);
        var tuning = config with
        {
            Quantization = config.Quantization with
            {
                Epochs = options.Epochs,
                ObserveEpochs = Math.Min(2, options.Epochs),
                LearningRate = options.LearningRate,
            },
            FloatTraining = config.FloatTraining with { WeightDecay = 0 },
        };
        var network = Encoder.Create(config.Architecture, learnt.WindowSamples, learnt.Channels.Count, learnt.ClassNames.Count);
        network.TakeWeights(weights);
        var folded = network.Folded();
        var device = new DeviceForward(tuning, learnt);
        QuantizationPhase.Calibrate(epochs, folded, device, [.. Enumerable.Range(0, learnt.Count)]);
        var runner = new PhaseRunner(epochs, new Checkpoint(null, ""), null, cancellation);
        QuantizationPhase.Tune(runner, "personal", folded, device, tuning, tuning.FloatTraining);
        return GraphExport.Run(config, learnt, folded, name => device.Quantizer[name])
            .WithTestWindows(SyntheticWindows.For(learnt, config.Input));
    }

    /// <summary>The wearer's windows, repeated, and as many of the others, drawn at random.</summary>
    private WindowSet Mix(WindowSet own, WindowSet others)
    {
        int count = own.Count * options.Repeats;
        var random = new Random(options.Seed);
        int[] drawn = [.. Enumerable.Range(0, count).Select(_ => random.Next(others.Count))];
        return own.Take([.. Enumerable.Range(0, count).Select(i => i % own.Count)]).Concat(others.Take(drawn));
    }

    private static int[] Answers(Graph graph, WindowSet windows, CancellationToken cancellation) =>
        [.. IntegerAnswers.Compute(graph, windows, _ => { }, cancellation).Select(outputs => IntegerAnswers.ClassOf(outputs, graph.ClassCount))];

    private static void RefuseDoubtful(WindowSet windows, int[] answers)
    {
        foreach (var group in windows.Labels.Zip(answers).GroupBy(pair => pair.First, pair => pair.Second))
        {
            var usual = group.CountBy(answer => answer).MaxBy(pair => pair.Value);
            if (usual.Key != group.Key && usual.Value >= Doubtful * group.Count())
            {
                throw new PersonalException(PersonalError.WrongLabels,
                    Invariant($"The model takes {usual.Value} of {group.Count()} windows labelled {windows.ClassNames[group.Key]} for ")
                    + $"{windows.ClassNames[usual.Key]}: were they labelled by mistake? If not, give --trust-labels.");
            }
        }
    }

    private static PersonalClass[] Compare(PersonalWindows own, int[] before, int[] after)
    {
        int[] labels = own.Judged.Labels;
        return
        [
            .. own.Judged.ClassNames.Select((name, label) => new PersonalClass(
                name, own.Learnt.Labels.Count(l => l == label), labels.Count(l => l == label), Errors(before, label), Errors(after, label))),
        ];

        int Errors(int[] answers, int label) => answers.Zip(labels).Count(pair => pair.Second == label && pair.First != label);
    }
}

/// <summary>How to fit a model to its wearer.</summary>
public sealed record PersonalOptions
{
    /// <summary>Windows of each class to learn from, at most: as many of every recording.</summary>
    public int Windows { get; init; } = 20;

    /// <summary>Passes over the windows.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Learning rate at the start; it falls to 0 along a cosine.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How often each of the wearer's windows comes in a pass, each time changed at random.</summary>
    public int Repeats { get; init; } = 6;

    /// <summary>Seed of everything random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether labels count that the model doubts.</summary>
    public bool TrustLabels { get; init; }
}
