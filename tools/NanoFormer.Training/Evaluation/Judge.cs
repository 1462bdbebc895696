using NanoFormer.Data;
using NanoFormer.Evaluation;
using NanoFormer.Evaluation.Robustness;
using NanoFormer.Training.Cards;
using NanoFormer.Training.Phases;
using static TorchSharp.torch;

namespace NanoFormer.Training.Evaluation;

/// <summary>Judges the float network (or several that answer together), its teacher, its descendant that computes as the device, and the integer graph alike.</summary>
internal sealed class Judge(
    IReadOnlyList<TrainedNetwork> networks, Graph graph, InputScaling scaling, TrainingConfig config, IProgress<TrainingProgress>? progress)
{
    private const int BatchSize = 512;

    /// <summary>Windows from one report of progress to the next.</summary>
    private const int ReportInterval = 100;

    /// <param name="set">The windows.</param>
    /// <param name="baselines">Windows of the baselines, where those are of installations; else null.</param>
    /// <param name="cancellation">Stops it.</param>
    public SetResult Run(WindowSet set, WindowSet? baselines, CancellationToken cancellation)
    {
        using var tensors = new WindowTensors(set);
        sbyte[][] fake = Batches(tensors, Together);
        sbyte[][] integer = IntegerAnswers.Compute(graph, set, done => Report(done, set.Count), cancellation);
        var (scores, alarm) = (Scores(integer), graph.AlarmThreshold - (double?)sbyte.MinValue);
        if (baselines is not null && config.Data.Recordings?.Installation is { } installation && alarm is { } threshold)
        {
            var limits = InstallationLimits.Learn(baselines, Scores(Compute(baselines)), threshold, installation.LimitFactor);
            (scores, alarm) = (limits.Relative(set, scores), 1);
        }

        int[] answers = [.. integer.Select(outputs => IntegerAnswers.ClassOf(outputs, graph.ClassCount))];
        return new SetResult(
            set.Count,
            FloatMatrix(new EncoderEnsemble([.. networks.Select(network => network.Float)]), set, tensors),
            graph.ClassCount > 0 ? Matrix(set, answers) : null,
            TeacherOf(networks) is { } teacher ? FloatMatrix(teacher, set, tensors) : null,
            Agreement.Of(fake, integer, graph.ClassCount),
            alarm is { } limit ? scores.Average(score => score >= limit ? 1.0 : 0) : null)
        {
            Anomalies = AnomalyResult.Of(set, scores, alarm),
            Faults = graph.AlarmThreshold is not null && config.Faults is { Injection: var faults }
                ? FaultTable.Measure(set, faults, windows => Scores(Compute(windows)), alarm)
                : null,
            MacroAuc = graph.ClassCount > 0 ? MacroAucOf(set, integer) : null,
            Worst = graph.ClassCount > 0 ? SubjectClaim.Worst(set, answers) : null,
        };

        sbyte[][] Compute(WindowSet windows) => IntegerAnswers.Compute(graph, windows, _ => { }, cancellation);
    }

    /// <summary>Mean area under the curve of each class against the rest; of those that occur beside others.</summary>
    private double MacroAucOf(WindowSet set, sbyte[][] outputs) => Enumerable.Range(0, graph.ClassCount)
        .Select(c => new RocCurve([.. outputs.Select(row => (double)row[c])], [.. set.Labels.Select(label => label == c)]).Area)
        .Where(area => !double.IsNaN(area)).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Scores as the firmware counts them, from 0; none without a score.</summary>
    private double[] Scores(IEnumerable<sbyte[]> outputs) =>
        graph.AlarmThreshold is null ? [] : [.. outputs.Select(row => (double)row[^1] - sbyte.MinValue)];

    /// <summary>The accuracy of a float network, 0..1; NaN without classes.</summary>
    public static double FloatAccuracy(Encoder network, WindowSet set, InputScaling scaling)
    {
        using var tensors = new WindowTensors(set);
        return network.Options.Classes ? Matrix(set, FloatClasses(new EncoderEnsemble([network]), tensors, scaling)).Accuracy : double.NaN;
    }

    /// <summary>All teachers, of whichever network; null without any.</summary>
    private static EncoderEnsemble? TeacherOf(IEnumerable<TrainedNetwork> networks) =>
        networks.SelectMany(network => network.Teacher?.Members ?? []).ToArray() is { Length: > 0 } members ? new EncoderEnsemble(members) : null;

    private IEnumerable<sbyte[]> Together(Tensor inputs)
    {
        sbyte[][][] answers = [.. networks.Select(network => network.Device.Answer(network.Folded, inputs))];
        return answers[0].Select((_, i) => GraphEnsemble.Together(graph, [.. answers.Select(own => own[i])]));
    }

    private ConfusionMatrix? FloatMatrix(EncoderEnsemble network, WindowSet set, WindowTensors tensors) =>
        network.HasClasses ? Matrix(set, FloatClasses(network, tensors, scaling)) : null;

    private static ConfusionMatrix Matrix(WindowSet set, IEnumerable<int> answers) => new(set.ClassNames.Count, set.Labels, [.. answers]);

    private static int[] FloatClasses(EncoderEnsemble network, WindowTensors windows, InputScaling scaling) =>
        Batches(windows, scaling, inputs => network.Logits(inputs).argmax(-1).data<long>().Select(c => (int)c));

    private T[] Batches<T>(WindowTensors windows, Func<Tensor, IEnumerable<T>> answer) => Batches(windows, scaling, answer);

    private static T[] Batches<T>(WindowTensors windows, InputScaling scaling, Func<Tensor, IEnumerable<T>> answer)
    {
        using var inference = no_grad();
        List<T> answers = [];
        for (int start = 0; start < windows.Count; start += BatchSize)
        {
            using var scope = NewDisposeScope();
            answers.AddRange(answer(scaling.Apply(windows.Values[TensorIndex.Slice(start, Math.Min(start + BatchSize, windows.Count))])));
        }

        return [.. answers];
    }

    private void Report(int done, int total)
    {
        if (done % ReportInterval == 0 || done == total)
        {
            progress?.Report(new TrainingProgress(TrainingPhase.Evaluation, done, total, double.NaN, double.NaN));
        }
    }
}

/// <summary>How the float twin and the integer model did on one set of windows.</summary>
/// <param name="Windows">Windows judged.</param>
/// <param name="Float">Answers of the float network, before fine-tuning with rounding; null for a model without classes.</param>
/// <param name="Integer">Answers of the integer graph; null for a model without classes.</param>
/// <param name="Teacher">Answers of the float teacher; null without one.</param>
/// <param name="Agreement">How close the network that computes as the device is to the integer graph.</param>
/// <param name="Alarms">Part of the windows whose anomaly score reaches the alarm's threshold, 0..1; null without a score.</param>
public sealed record SetResult(
    int Windows, ConfusionMatrix? Float, ConfusionMatrix? Integer, ConfusionMatrix? Teacher, Agreement Agreement, double? Alarms)
{
    /// <summary>How the score tells anomalies; null without a score, or where the labels do not tell them.</summary>
    public AnomalyResult? Anomalies { get; init; }

    /// <summary>How the score tells injected faults; null for a model that was not trained with any.</summary>
    public FaultTable? Faults { get; init; }

    /// <summary>Mean over the classes of the area under the curve of each against the rest; null without classes.</summary>
    public double? MacroAuc { get; init; }

    /// <summary>The subject or file that the integer graph is worst on; null without classes, and for a single one.</summary>
    public SubjectClaim? Worst { get; init; }
}
